"""Words that a body keeps ready for messages, refusals and requests for correction, with places for values.

A place is a name in braces; what it stands for is put in when the words are taken up, and the officer reads them before
they are sent.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Literal

from ...db import db
from ...models import Case, ReadyText, StaffMember
from ..languages import format_date
from ..records import audit
from ..review.desk import get_desk

Kind = Literal["message", "refusal", "correction"]
KINDS: tuple[Kind, ...] = ("message", "refusal", "correction")
PLACES = ("number", "applicant", "due", "body", "officer")
MOST = 100  # of one body
_PLACE = re.compile(r"\{(\w{1,20})\}")


class ReadyTextNotFound(LookupError):
    """There is no such text, or it is another body's."""


class TooManyTexts(ValueError):
    """A body keeps so many at most: nobody finds anything among more."""


def list_texts(staff: StaffMember) -> list[ReadyText]:
    """The texts of their body, by kind and title."""
    rows = ReadyText.select().where(ReadyText.body == staff.organisation_id)
    return sorted(rows, key=lambda row: (KINDS.index(row.kind), row.title.casefold()))


def get_text(staff: StaffMember, id: int) -> ReadyText:
    """One of them. Raises ReadyTextNotFound."""
    row = ReadyText.get_or_none(ReadyText.id == id, ReadyText.body == staff.organisation_id)
    if row is None:
        raise ReadyTextNotFound(id)
    return row


def save_text(staff: StaffMember, kind: str, title: str, text: str, now: dt.datetime, id: int | None = None) -> None:
    """Keep a new one, or one anew. Raises ReadyTextNotFound, TooManyTexts."""
    said = {"kind": kind, "title": title, "text": text, "changed_by": staff, "changed_at": now}
    with db.atomic():
        if id is None:
            if ReadyText.select().where(ReadyText.body == staff.organisation_id).count() >= MOST:
                raise TooManyTexts
            id = ReadyText.create(body=staff.organisation_id, **said).id
        else:
            ReadyText.update(**said).where(ReadyText.id == get_text(staff, id).id).execute()
        audit.record(f"staff:{staff.id}", "save_ready_text", f"ready_text:{id}", now)


def delete_text(staff: StaffMember, id: int, now: dt.datetime) -> None:
    """Throw one away. Raises ReadyTextNotFound."""
    with db.atomic():
        ReadyText.delete().where(ReadyText.id == get_text(staff, id).id).execute()
        audit.record(f"staff:{staff.id}", "delete_ready_text", f"ready_text:{id}", now)


def unknown_places(text: str) -> list[str]:
    """Names in braces that stand for nothing."""
    return [name for name in _PLACE.findall(text) if name not in PLACES]


def fill_in_for(staff: StaffMember, kind: str, id: int, number: str, now: dt.datetime) -> str:
    """One of their body's texts of a kind, with the values of a case. Raises ReadyTextNotFound, CaseNotFound."""
    row = get_text(staff, id)
    if row.kind != kind:
        raise ReadyTextNotFound(id)
    return fill_in(row.text, get_desk(staff, number, now).case, staff)


def fill_in(text: str, case: Case, staff: StaffMember) -> str:
    """The words with the case's values, as the citizen's language writes them; what is no place stays as it is."""
    lang = case.language
    values: Mapping[str, str] = {
        "number": case.number,
        "applicant": case.account.name,
        "due": format_date(case.due_at, lang),
        "body": getattr(case.body, f"name_{lang}"),
        "officer": staff.name,
    }
    return _PLACE.sub(lambda found: values.get(found[1], found[0]), text)
