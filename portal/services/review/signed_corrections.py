"""The citizen's answer to a request for correction: mended, looked over with what was before, signed anew.

What was signed at first names the old answers; so the whole text is signed again, as the answers say now. Until then
nothing of the case changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...db import db, lock
from ...models import Account, Case, Correction, Signature
from ..cases import contacts, news
from ..cases import names as case_names
from ..cases.timeline import add_event, get_case
from ..files import documents
from ..identity.codes import CodeProblem
from ..journeys.answers import canonical_text, display
from ..journeys.journey import Journey
from ..journeys.letters import follow_answers
from ..journeys.people import found_by
from ..messages.notices import write_to_office
from ..passports.catalogue import get_passport
from ..passports.schema import Passport
from ..records import audit
from ..signatures.signing import Signed
from ..signatures.text_hash import text_hash
from .corrections import NothingToCorrect, asked_fields, close, find_correction


@dataclass(frozen=True)
class Change:
    """An answer that was mended, as people read it; "" where there was or is none."""

    label: str
    was: str
    now: str


@dataclass(frozen=True)
class Mended:
    """A correction that waits for its signature: the text to sign, and what it changes."""

    text: str
    changes: tuple[Change, ...]
    given_at: dt.datetime


def keep_answers(account: Account, number: str, values: Mapping[str, Any], now: dt.datetime) -> None:
    """Keep the mended answers, those that were asked for and no others, until they are signed.

    Raises CaseNotFound, NothingToCorrect.
    """
    with db.atomic():
        lock(f"case:{number}")
        correction = _asked(get_case(account, number))
        given = {name: values[name] for name in correction.fields if name in values}
        Correction.update(given=given, given_at=now).where(Correction.id == correction.id).execute()


def find_mended(account: Account, number: str, lang: str) -> Mended | None:
    """What waits for the account's signature; None where nothing does. Raises CaseNotFound."""
    case = get_case(account, number)
    correction = find_correction(case)
    if correction is None or correction.given is None or correction.given_at is None:
        return None
    passport = get_passport(case.service, case.edition)
    answers = _answers(case, correction, passport, _new_files(case, correction, passport))
    changes = (
        Change(spec.label.in_(lang), *(display(spec, given.get(spec.id), lang) for given in (case.answers, answers)))
        for spec in asked_fields(correction, passport)
    )
    text = canonical_text(Journey(passport, answers, case.facts), account, lang)
    return Mended(text, tuple(changes), correction.given_at)


def sign_correction(account: Account, number: str, signature: Signed, lang: str, now: dt.datetime) -> None:
    """Take the mended answers and their signature, and the files that were given for them.

    Raises CaseNotFound, NothingToCorrect, and the problems of a code, after its try was counted.
    """
    with db.atomic():
        lock(f"case:{number}")
        case = get_case(account, number)
        correction = _asked(case)
        if correction.given is None:
            raise NothingToCorrect(number)
        passport = get_passport(case.service, case.edition)
        answers = _answers(case, correction, passport, _new_files(case, correction, passport))
        text = canonical_text(Journey(passport, answers, case.facts), account, lang)
        try:
            evidence = signature.prove(text, now)
        except CodeProblem as problem:
            refused = problem  # the try just counted has to be committed
        else:
            _take(account, case, correction, passport, answers, now)
            Signature.create(
                case=case, method=signature.method, signer_iin=account.iin, text=text, text_hash=text_hash(text),
                evidence=evidence, signed_at=now,
            )  # fmt: skip
            return
    raise refused


def _asked(case: Case) -> Correction:
    correction = find_correction(case)
    if correction is None:
        raise NothingToCorrect(case.number)
    return correction


def _files(correction: Correction, passport: Passport) -> list[str]:
    return [spec.id for spec in asked_fields(correction, passport) if spec.type == "upload"]


def _new_files(case: Case, correction: Correction, passport: Passport) -> dict[str, list[str]]:
    """The files that were given anew and are tied to no case yet, by question."""
    given = {
        field: [document.key for document in documents.list_documents(case.draft_key, field)]
        for field in _files(correction, passport)
    }
    return {field: keys for field, keys in given.items() if keys}


def _answers(case: Case, correction: Correction, passport: Passport, files: Mapping[str, Any]) -> dict[str, Any]:
    """All answers as they will be: letters that were drafted from others follow them."""
    uploads = _files(correction, passport)
    given = {name: value for name, value in (correction.given or {}).items() if name not in uploads}
    answers = {**case.answers, **given, **files}
    before, after = (Journey(passport, each, case.facts) for each in (case.answers, answers))
    return answers | follow_answers(before, after).rewritten


def _take(
    account: Account, case: Case, correction: Correction, passport: Passport, answers: dict[str, Any], now: dt.datetime
) -> None:
    documents.attach_new(case, _files(correction, passport))
    changed = [name for name in correction.fields if case.answers.get(name) != answers.get(name)]
    before = {name: case.answers.get(name) for name in changed}
    Case.update(answers=answers).where(Case.id == case.id).execute()
    names, numbers = found_by(passport, answers, case.facts)
    case_names.write_names(case, (account.name, *names), numbers)
    mended = {name: answers.get(name) for name in correction.fields}
    contacts.correct_phone(case, asked_fields(correction, passport), mended)
    close(case, passport, now)
    add_event(case, "corrected", now, "citizen", fields=list(correction.fields), changed=changed, before=before)
    news.bring(case, "answered")
    write_to_office(case, "corrected", now)
    audit.record(f"account:{account.id}", "correct", f"case:{case.id}", now, fields=list(correction.fields))
