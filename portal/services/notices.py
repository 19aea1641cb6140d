"""What the citizen is told of a case, by SMS, and the receipt of an application."""

from __future__ import annotations

import datetime as dt

from ..models import Account, Case, Task
from . import papers
from .answers import describe
from .journeys import Journey
from .message_texts import sms
from .messages import write_mail, write_sms
from .papers import ReceiptData


def tell(case: Case, kind: str, now: dt.datetime, **values: object) -> None:
    """An SMS about a change of the case, in the caller's transaction; each kind at a moment once."""
    account: Account = case.account
    if account.phone:
        text = sms(kind, account.language, **{"number": case.number, **values})
        write_sms(f"{case.number}:{kind}:{int(now.timestamp())}", account.phone, text, now, case)


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
    if case.body.email:
        subject = f"{case.number}: {kind}"
        text = f"{case.number}\n{kind}\n{case.body.name_kk}\n"
        write_mail(f"{case.number}:task:{kind}", case.body.email, subject, text, now, case)
    return task
