"""The receipt that an application was taken."""

from __future__ import annotations

import datetime as dt

from ...models import Case
from ..journeys.answers import describe
from ..journeys.journey import Journey
from ..local_time import local
from ..messages.notices import tell
from ..papers import issuing
from ..papers.paper_kinds.receipt import ReceiptData
from ..procedures.registry import procedure_of


def hand_over_receipt(case: Case, journey: Journey, now: dt.datetime) -> None:
    """The receipt that an application was taken, in the caller's transaction."""
    lang, registered = case.language, local(case.registered_at).date()
    unchecked = procedure_of(journey.passport).show(case, now).unchecked
    data = ReceiptData(
        service=journey.passport.title.in_(lang),
        number=case.number,
        receipt_code=case.receipt_code,
        submitted_at=case.submitted_at.isoformat(),
        due_at=case.due_at.isoformat(),
        applicant=case.account.name,
        body=getattr(case.body, f"name_{lang}"),
        registered_on=registered.isoformat() if registered != local(case.submitted_at).date() else "",
        stated=tuple((line.label, line.value) for line in describe(journey, lang)),
        proof=unchecked.in_(lang) if unchecked else "",
    )
    issuing.issue_paper(case, "receipt", data, now, lang)
    if case.is_open:  # officers answer it; what answers itself says so in a moment
        tell(case, "application_due", now, code=case.receipt_code, due=f"{local(case.due_at):%d.%m.%Y}")
    else:
        tell(case, "application_received", now, code=case.receipt_code)
