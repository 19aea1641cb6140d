"""Letters to members of staff about their work: to each of those who want them, in their language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from ...models import Case, StaffMember
from ..languages import format_date
from .outbox import write_mail
from .texts import get_letter, write_out

CHOSEN = ("case_assigned", "corrected", "handed_back", "to_sign", "due_soon")  # kinds that a member may turn off


def wants(member: StaffMember, kind: str) -> bool:
    """Whether a letter of this kind goes to them."""
    return bool(member.email) and kind not in (member.no_letters or ())


def choose(member: StaffMember, wanted: list[str]) -> None:
    """Keep which of CHOSEN they want; in the caller's transaction."""
    member.no_letters = [kind for kind in CHOSEN if kind not in wanted]
    StaffMember.update(no_letters=member.no_letters).where(StaffMember.id == member.id).execute()


def write_to(member: StaffMember, case: Case, kind: str, now: dt.datetime) -> None:
    """A letter to one of the staff, in the caller's transaction; none where they do not want it. Raises UnknownKind."""
    letter = get_letter(kind)
    if not wants(member, kind) or not member.is_active:
        return
    lang = member.language
    subject, text = write_out(letter, lang, number=case.number, due=format_date(case.due_at, lang))
    key = f"{case.number}:{kind}:{int(now.timestamp())}:{member.email}"
    write_mail(key, member.email, subject, text + "\n", now, case)


def write_to_heads(case: Case, but: Collection[int], kind: str, now: dt.datetime) -> None:
    """The same to every head of the case's body but these members, by id: who did it themselves, who may not do it."""
    heads = (StaffMember.organisation == case.body_id) & StaffMember.is_active & (StaffMember.role == "head")
    for head in StaffMember.select().where(heads, StaffMember.id.not_in(but)):
        write_to(head, case, kind, now)
