"""When nothing of a case stands on the citizen's word any more."""

from __future__ import annotations

import datetime as dt

from ...db import db
from ...models import Case
from ..cases import register_checks
from ..cases.timeline import OVER, add_event
from ..messages.notices import tell
from ..passports.schema import Passport
from .registry import procedure_of


def confirm(case: Case, passport: Passport, now: dt.datetime, *, by_officer: bool = False) -> None:
    """Everything of the case is confirmed: say so, and let its procedure decide what had to wait. Twice is once.

    `by_officer`: somebody saw the papers, and an event says so already; no register confirmed it.
    """
    with db.atomic():
        if not register_checks.close(case):
            return
        case.unchecked = False
        if not by_officer:
            add_event(case, "checked", now)
        tell(case, "case_checked", now)
        if case.state not in OVER:
            procedure_of(passport).confirmed(case, passport, now)
