"""Editions of passports that administrators upload: draft, published for a date, retired; served beside the files."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import logging
from typing import Any

import peewee

from ...db import db, lock
from ...models import Organisation, PassportEdition, StaffMember
from ..local_time import local
from ..passports.catalogue import Catalogue
from ..passports.faults import N_, Fault, Faults
from ..passports.reading import read_passport, read_with_omissions
from ..passports.schema import Effective, Passport
from ..records import changes as reference_changes
from ..records.changes import Change

LOOK_AFTER = dt.timedelta(minutes=1)
SERVED = ("published", "retired")  # a retired one is not in force, but cases go on under it
_log = logging.getLogger("portal.passports")


class EditionNotFound(LookupError):
    """There is no such uploaded edition."""


class NotADraft(ValueError):
    """The edition was published already, or retired: it cannot change any more."""


class NotPublished(ValueError):
    """Only a published edition can be retired, and only once."""


class NotProposed(ValueError):
    """Nobody has proposed a day for this edition: first one person proposes, then another publishes."""


class SamePerson(ValueError):
    """Who proposed an edition does not publish it: another one looks at it first."""


class LeavesNone(ValueError):
    """No other edition serves today: without this one nobody could apply for the service any more."""


class DayHasPassed(ValueError):
    """An edition cannot come into force in the past: people have applied under another one since."""


class EndsBefore(ValueError):
    """The file says that the edition ends before this day."""


class EditionWatch:
    """Keeps a catalogue up to date with what was published, also by another process. One for each catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._looked_at: dt.datetime | None = None
        self._seen: object = ()

    def look(self, now: dt.datetime, at_once: bool = False) -> bool:
        """Read what changed, at most once a minute; whether anything did. A database that is away changes nothing."""
        if not at_once and self._looked_at is not None and dt.timedelta() <= now - self._looked_at < LOOK_AFTER:
            return False
        self._looked_at = now
        columns = (PassportEdition.id, PassportEdition.state, PassportEdition.effective_from)
        served = PassportEdition.select(*columns, PassportEdition.effective_to).where(PassportEdition.state.in_(SERVED))
        try:
            seen = tuple(served.order_by(PassportEdition.id).tuples())
            if seen == self._seen:
                return False
            self.catalogue.put_beside(_load_served())
        except peewee.PeeweeException as error:
            _log.error("published editions were not read: %s", type(error).__name__)
            return False
        self._seen = seen
        return True


def _load_served() -> list[Passport]:
    passports = []
    for row in PassportEdition.select().where(PassportEdition.state.in_(SERVED)):
        try:
            passports.append(read_edition(row))
        except Faults as faults:  # the shape of passports has moved on since; the others serve
            _log.error("passports: %s %s: %s", row.service, row.edition, faults)
    return passports


def read_edition(row: PassportEdition) -> Passport:
    """The passport of an uploaded edition, in force on the days for which it was published. Raises Faults."""
    passport = _parse(row.text)
    if not row.effective_from:
        return passport
    days = {"from": row.effective_from, "to": row.effective_to or passport.effective.to}
    return passport.model_copy(update={"effective": Effective.model_validate(days)})


@functools.lru_cache(maxsize=64)  # forms are kept by their passport's identity: the same text is the same passport
def _parse(text: str) -> Passport:
    return read_with_omissions(text.encode())[0]  # what is asked for since it was published does not end it


def list_uploaded() -> list[PassportEdition]:
    """Every uploaded edition, by service, newest edition first."""
    order = (PassportEdition.service, PassportEdition.edition.desc())
    rows = PassportEdition.select(PassportEdition, StaffMember)
    rows = rows.join(StaffMember, peewee.JOIN.LEFT_OUTER, on=(PassportEdition.uploaded_by == StaffMember.id))
    return list(rows.order_by(*order))


def get_uploaded(id: int) -> PassportEdition:
    """One uploaded edition. Raises EditionNotFound."""
    row = PassportEdition.get_or_none(PassportEdition.id == id)
    if row is None:
        raise EditionNotFound(id)
    return row


def upload_edition(data: bytes, catalogue: Catalogue, by: StaffMember, now: dt.datetime) -> PassportEdition:
    """Keep a passport file as a draft edition; the same edition again replaces the draft.

    Raises Faults with everything wrong in the file, as `portal passports check` says it, and where the body that it
    names is not known here.
    """
    passport = read_passport(data)
    _look_for_body(passport)
    key = {"service": passport.id, "edition": passport.edition}
    with db.atomic():
        lock(f"edition:{passport.id}")
        row = PassportEdition.get_or_none(**key)
        if catalogue.is_from_file(passport.id, passport.edition) or (row and row.state != "draft"):
            what = N_(
                '"%(edition)s" of %(service)s is published already; a change is a new edition: write its date',
                edition=passport.edition,
                service=passport.id,
            )
            raise Faults([Fault(("edition",), what)])
        before = _values(row) if row else None
        row = row or PassportEdition(**key, state="draft")
        row.text, row.uploaded_by, row.uploaded_at = data.decode("utf-8-sig"), by, now
        row.proposed_from, row.proposed_by = "", None  # what was proposed was the text before
        row.save()
        _record(row, before, by, now, "passport_changed" if before else "passport_uploaded")
    return row


def propose_edition(id: int, day: dt.date, by: StaffMember, now: dt.datetime) -> PassportEdition:
    """Ask that a draft edition comes into force on a day; another person publishes it. A later proposal replaces this.

    Raises EditionNotFound, NotADraft, DayHasPassed, EndsBefore, and Faults should the file not hold any more,
    or the body that it names be gone.
    """
    with db.atomic():
        row = _locked(id)
        _look_whether_it_may(row, day, now)
        before = _values(row)
        row.proposed_from, row.proposed_by = day.isoformat(), by
        row.save()
        _record(row, before, by, now, "passport_proposed", row.proposed_from)
    return row


def take_back_proposal(id: int, by: StaffMember, now: dt.datetime) -> PassportEdition:
    """The edition is a draft again that nobody proposes. Raises EditionNotFound, NotProposed."""
    with db.atomic():
        row = _locked(id)
        if row.state != "draft" or not row.proposed_from:
            raise NotProposed(id)
        before = _values(row)
        row.proposed_from, row.proposed_by = "", None
        row.save()
        _record(row, before, by, now, "proposal_taken_back")
    return row


def publish_edition(id: int, by: StaffMember, now: dt.datetime) -> PassportEdition:
    """Put an edition into force from the day that somebody else proposed. From then it never changes.

    Raises EditionNotFound, NotADraft, NotProposed, SamePerson, and what propose_edition does of the day and the file.
    """
    with db.atomic():
        row = _locked(id)
        if row.state != "draft":
            raise NotADraft(id)
        if not row.proposed_from:
            raise NotProposed(id)
        if row.proposed_by_id == by.id:
            raise SamePerson(id)
        day = dt.date.fromisoformat(row.proposed_from)
        ends = _look_whether_it_may(row, day, now)
        before = _values(row)
        row.state, row.effective_from = "published", day.isoformat()
        row.effective_to = ends.isoformat() if ends else ""
        row.save()
        _record(row, before, by, now, "passport_published", row.effective_from)
    return row


def _look_whether_it_may(row: PassportEdition, day: dt.date, now: dt.datetime) -> dt.date | None:
    """May a draft come into force on this day? Its own last day, if it has one."""
    if row.state != "draft":
        raise NotADraft(row.id)
    if day < local(now).date():
        raise DayHasPassed(day.isoformat())
    passport = read_edition(row)
    _look_for_body(passport)
    ends = passport.effective.to
    if ends is not None and ends < day:
        raise EndsBefore(ends.isoformat())
    return ends


def retire_edition(id: int, catalogue: Catalogue, by: StaffMember, now: dt.datetime) -> PassportEdition:
    """Take a published edition out of force at once; cases submitted under it stay on it.

    One person alone may bring an earlier edition back, which two have published; they never end a service.
    Raises EditionNotFound, NotPublished, LeavesNone.
    """
    with db.atomic():
        row = _locked(id)
        if row.state != "published":
            raise NotPublished(id)
        if read_edition(row).in_force(local(now).date()) and catalogue.successor(row.service, row.edition) is None:
            raise LeavesNone(id)
        before = _values(row)
        row.state, row.effective_to = "retired", (local(now).date() - dt.timedelta(days=1)).isoformat()
        row.save()
        _record(row, before, by, now, "passport_retired", row.effective_to)
    return row


def delete_draft_edition(id: int, by: StaffMember, now: dt.datetime) -> None:
    """Throw a draft edition away. Raises EditionNotFound, NotADraft."""
    with db.atomic():
        row = _locked(id)
        if row.state != "draft":
            raise NotADraft(id)
        row.delete_instance()
        change = Change("passport", f"{row.service} {row.edition}", _values(row), None)
        reference_changes.record([change], by, now, "passport_deleted")


def _look_for_body(passport: Passport) -> None:
    """Raise Faults where every case would go to one body that the reference data do not know."""
    routing = passport.routing
    if routing is None or routing.by != "body" or Organisation.get_or_none(Organisation.code == routing.body):
        return
    what = N_(
        '"%(code)s" is no organisation of the reference data; add it there first, or write the code of another one',
        code=routing.body,
    )
    raise Faults([Fault(("routing", "body"), what)])


def _locked(id: int) -> PassportEdition:
    """The edition, which nobody else changes until the transaction ends."""
    lock(f"edition:{get_uploaded(id).service}")
    return get_uploaded(id)


def _values(row: PassportEdition) -> dict[str, Any]:
    return {
        "state": row.state,
        "effective_from": row.effective_from,
        "effective_to": row.effective_to,
        "proposed_from": row.proposed_from,
        "sha256": hashlib.sha256(row.text.encode()).hexdigest(),
    }


def _record(
    row: PassportEdition, before: dict[str, Any] | None, by: StaffMember, now: dt.datetime, deed: str, day: str = ""
) -> None:
    change = Change("passport", f"{row.service} {row.edition}", before, _values(row))
    reference_changes.record([change] if change.before != change.after else [], by, now, deed, day=day)
