"""What the citizen is told of a case, by SMS, and the receipt of an application."""

from __future__ import annotations

import datetime as dt

from ..models import Account, Case, Organisation, StaffMember, Task
from . import papers
from .answers import describe
from .journeys import Journey
from .languages import format_date
from .message_texts import sms
from .messages import write_mail, write_sms
from .office_letters import letter
from .papers import ReceiptData

ASKED_AFTER = dt.timedelta(days=1)
RESULTS = ("granted", "refused", "referral_given", "complaint_answered")  # after these we ask once whether it was good


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


def hand_over_receipt(case: Case, journey: Journey, now: dt.datetime) -> None:
    """The receipt that an application was taken, in the caller's transaction."""
    lang = case.language
    data = ReceiptData(
        service=journey.passport.title.in_(lang),
        number=case.number,
        receipt_code=case.receipt_code,
        submitted_at=case.submitted_at.isoformat(),
        due_at=case.due_at.isoformat(),
        applicant=case.account.name,
        body=getattr(case.body, f"name_{lang}"),
        stated=tuple((line.label, line.value) for line in describe(journey, lang)),
    )
    papers.issue_paper(case, "receipt", data, now, lang)
    tell(case, "application_received", now)


def give_task(case: Case, kind: str, now: dt.datetime) -> Task | None:
    """A task for an officer of the case's body and a letter to the body; None when it has that task already."""
    task, new = Task.get_or_create(case=case, kind=kind, defaults={"body": case.body, "created_at": now})
    if not new:
        return None
    write_to_office(case, kind, now)
    return task


def write_to_office(case: Case, kind: str, now: dt.datetime, to: Organisation | None = None) -> None:
    """A letter to who has the case, else to its body, or to another one, in the caller's transaction."""
    if to is not None:
        if to.email:
            _write(case, kind, to.email, "kk", now)
        return
    holder = StaffMember.get_or_none(StaffMember.id == case.assignee_id) if case.assignee_id else None
    if holder is not None and holder.email:
        _write(case, kind, holder.email, holder.language, now)
    elif case.body.email:
        _write(case, kind, case.body.email, "kk", now)


def write_to_managers(case: Case, kind: str, now: dt.datetime) -> None:
    """A letter to the managers and heads of the case's body, in the caller's transaction."""
    of_body = (StaffMember.organisation == case.body_id) & StaffMember.is_active & (StaffMember.email != "")
    for person in StaffMember.select().where(of_body, StaffMember.role.in_(("manager", "head"))):
        _write(case, kind, person.email, person.language, now)


def _write(case: Case, kind: str, to: str, lang: str, now: dt.datetime) -> None:
    subject, text = letter(kind, lang, number=case.number, due=format_date(case.due_at, lang))
    write_mail(f"{case.number}:{kind}:{int(now.timestamp())}:{to}", to, subject, text, now, case)
