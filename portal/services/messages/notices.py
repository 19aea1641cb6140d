"""What the citizen is told of a case, by SMS, and the receipt of an application."""

from __future__ import annotations

import datetime as dt

from ...models import Account, Case, Organisation, StaffMember
from ..languages import format_date
from .office_letters import letter
from .outbox import write_mail, write_sms
from .sms_texts import sms

ASKED_AFTER = dt.timedelta(days=1)
RESULTS = (
    "granted", "refused", "referral_given", "complaint_answered", "complaint_answered_at_last",
)  # fmt: skip # after these we ask once whether it was good


def tell(case: Case, kind: str, now: dt.datetime, **values: object) -> None:
    """An SMS about a change of the case, in the caller's transaction; each kind at a moment once."""
    account: Account = case.account
    phone, lang = account.phone, account.language
    if phone:
        text = sms(kind, lang, **{"number": case.number, **values})
        write_sms(f"{case.number}:{kind}:{int(now.timestamp())}", phone, text, now, case)
        if kind in RESULTS and account.reminders:
            text, later = sms("rate", lang, number=case.number), now + ASKED_AFTER  # the result first, and time to read
            write_sms(f"{case.number}:rate", phone, text, now, case, send_after=later)


def write_to_office(case: Case, kind: str, now: dt.datetime, to: Organisation | None = None) -> None:
    """A letter to who has the case and works there, else to its body; or to another. In the caller's transaction."""
    if to is not None:
        if to.email:
            _write(case, kind, to.email, "kk", now)
        return
    works_there = StaffMember.is_active & (StaffMember.organisation == case.body_id)
    holder = StaffMember.get_or_none(StaffMember.id == case.assignee_id, works_there) if case.assignee_id else None
    if holder is not None and holder.email:
        _write(case, kind, holder.email, holder.language, now)
    elif case.body.email:
        _write(case, kind, case.body.email, "kk", now)


def write_to_managers(case: Case, kind: str, now: dt.datetime) -> None:
    """A letter to the managers and heads of the case's body, in the caller's transaction."""
    of_body = (StaffMember.organisation == case.body_id) & StaffMember.is_active & (StaffMember.email != "")
    for person in StaffMember.select().where(of_body, StaffMember.role.in_(("manager", "head"))):
        _write(case, kind, person.email, person.language, now)


def write_to_administrators(case: Case, kind: str, now: dt.datetime) -> None:
    """A letter to the portal's administrators, in the caller's transaction; to the case's body where none has one."""
    admins = (StaffMember.role == "admin") & StaffMember.is_active & (StaffMember.email != "")
    people = [(person.email, person.language) for person in StaffMember.select().where(admins)]
    for email, language in people or ([(case.body.email, "kk")] if case.body.email else []):
        _write(case, kind, email, language, now)


def _write(case: Case, kind: str, to: str, lang: str, now: dt.datetime) -> None:
    subject, text = letter(kind, lang, number=case.number, due=format_date(case.due_at, lang))
    write_mail(f"{case.number}:{kind}:{int(now.timestamp())}:{to}", to, subject, text, now, case)
