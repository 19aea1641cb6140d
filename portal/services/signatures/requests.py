"""What is prepared for somebody to sign with an EDS: a manifest with a nonce, for one text, once, for some hours."""

from __future__ import annotations

import datetime as dt
import secrets

from ...db import db
from ...models import Account, Document, Draft, SigningRequest
from ..eds.manifest import Attachment, Manifest
from ..journeys.journey import Journey
from .text_hash import text_hash

LIFETIME = dt.timedelta(hours=3)  # long enough to carry a file to the computer where the key is


def prepare(account: Account, draft: Draft, journey: Journey, lang: str, text: str, now: dt.datetime) -> SigningRequest:
    """A new manifest of this text; what was prepared for the draft before is forgotten."""
    manifest = Manifest(
        draft=draft.key,
        service=journey.passport.id,
        edition=journey.passport.edition,
        language=lang,
        signer=account.iin,
        text=text.split("\n"),
        answers=journey.relevant_answers(),
        attachments=_attachments(journey),
        nonce=secrets.token_urlsafe(32),
        made_at=now,
    )
    with db.atomic():
        SigningRequest.delete().where(SigningRequest.draft_key == draft.key).execute()
        return SigningRequest.create(
            key=secrets.token_urlsafe(16),
            account=account,
            draft_key=draft.key,
            text_hash=text_hash(text),
            manifest=manifest.write().decode(),
            made_at=now,
            expires_at=now + LIFETIME,
        )


def find_request(account: Account, draft_key: str, text: str, now: dt.datetime) -> SigningRequest | None:
    """What this person may sign now for this text of the draft."""
    return SigningRequest.get_or_none(
        SigningRequest.draft_key == draft_key,
        SigningRequest.account == account,
        SigningRequest.text_hash == text_hash(text),
        SigningRequest.expires_at > now,
    )


def forget_old(now: dt.datetime) -> int:
    """Delete what nobody signed in time; how many."""
    return int(SigningRequest.delete().where(SigningRequest.expires_at <= now).execute())


def _attachments(journey: Journey) -> list[Attachment]:
    answers = journey.relevant_answers()
    asked = {
        key: spec.id
        for step in journey.steps
        for spec in step.fields
        if spec.type == "upload"
        for key in answers.get(spec.id) or ()
    }
    found = {row.key: row for row in Document.select().where(Document.key.in_(list(asked)))}
    return [
        Attachment(field, found[key].name, found[key].sha256, found[key].size)
        for key, field in asked.items()
        if key in found
    ]
