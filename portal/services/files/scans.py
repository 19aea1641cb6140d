"""Scanning what waits: files that came while the virus scanner did not answer, looked at as soon as it does."""

from __future__ import annotations

import contextlib
import datetime as dt

from ...db import db
from ...gateways import Gateways
from ...gateways.antivirus import ScannerDown, is_real
from ...gateways.storage import FileMissing, StorageDown
from ...models import Account, Document, Draft
from ..cases.timeline import add_event
from ..jobs.leases import pause, take
from ..jobs.rows import waiting, work_through
from ..keys import loose, vault
from ..keys.ring import SealBroken
from ..messages.notices import tell
from ..passports.catalogue import get_passport
from ..records import audit
from .documents import CLEAN, ORIGINAL, PENDING, discard_files, note_answer
from .room import INFECTED

LEASE = dt.timedelta(minutes=2)  # longer than two scans take
RETRY, RETRY_MOST = dt.timedelta(seconds=30), dt.timedelta(minutes=15)
BROKEN = "broken"  # in place of a virus's name: the bytes are not as they were sealed


def scan_due(gateways: Gateways, now: dt.datetime, limit: int = 20) -> int:
    """Scan what waits; how many files have an answer now. At the first silence the others wait for the next round."""
    due = (
        Document.select(Document, Account)
        .join(Account)
        .where(Document.state == PENDING, Document.next_scan_at <= now, waiting("scan_files", Document.id, now))
        .order_by(Document.next_scan_at)
        .limit(limit)
    )
    done = 0

    def look_at(document: Document) -> bool:
        nonlocal done
        if not take(document, next_scan_at=now + LEASE):
            return False
        try:
            found = _scan(document, gateways)
        except ScannerDown:
            _put_off(document, now)
            raise
        if found:
            _condemn(document, found, gateways, now)
        else:
            _clear(document, gateways, now)
        done += 1
        return True

    with contextlib.suppress(ScannerDown):
        work_through("scan_files", list(due), look_at, now, stop_at=(ScannerDown,))
    return done


def _scan(document: Document, gateways: Gateways) -> str:
    """What was found in the file as it came or in its copy."""
    try:
        for part in ((ORIGINAL,) if document.has_original else ()) + ("",):
            found = gateways.antivirus.scan(vault.read(gateways.storage, document, part))
            if found:
                return found
    except (SealBroken, FileMissing):
        return BROKEN
    return ""


def _put_off(document: Document, now: dt.datetime) -> None:
    moment = now + pause(document.tries + 1, RETRY, RETRY_MOST)
    with db.atomic():
        later = Document.update(tries=Document.tries + 1, next_scan_at=moment)
        later.where(Document.id == document.id, Document.state == PENDING).execute()


def _clear(document: Document, gateways: Gateways, now: dt.datetime) -> None:
    """Clean: it may be shown. The original is not needed any more."""
    originals = [ORIGINAL] if document.has_original else []
    with db.atomic():
        clean = Document.update(
            state=CLEAN, has_original=False, scanned_at=now if is_real(gateways.antivirus) else None, next_scan_at=None
        )
        if not clean.where(Document.id == document.id, Document.state == PENDING).execute():
            return
        loose.note(document, now, originals)
    with contextlib.suppress(StorageDown):  # the sweep comes back to it
        loose.discard(gateways.storage, document, originals)


def _condemn(document: Document, found: str, gateways: Gateways, now: dt.datetime) -> None:
    """Infected: the bytes go, the row stays; whoever sent it is told, and the question is open again."""
    discard_files(document, gateways.storage)
    with db.atomic():
        condemned = Document.update(state=INFECTED, has_original=False, scanned_at=now, next_scan_at=None)
        if not condemned.where(Document.id == document.id, Document.state == PENDING).execute():
            return
        audit.record("system", "infected_file", f"document:{document.id}", now, found=found)
        draft = Draft.get_or_none(Draft.key == document.draft_key)
        if draft is not None:
            passport = get_passport(draft.service, draft.edition)
            steps = [step.id for step in passport.steps for spec in step.fields if spec.id == document.field]
            note_answer(document.draft_key, document.field, steps[0] if steps else "")
        case = document.case
        if case is not None:
            add_event(case, "file_infected", now, name=document.name, field=document.field)
            tell(case, "file_infected", now)
