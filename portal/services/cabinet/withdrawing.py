"""Taking an application or a complaint back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ...db import db, lock
from ...models import Account, Case, Decision
from ..cases import news
from ..cases.timeline import add_event, close_tasks, get_case, set_state
from ..messages.notices import tell, write_to_office
from ..procedures.registry import procedure_of_case
from ..records import audit


class AlreadyClosed(ValueError):
    """The case is decided or withdrawn; nothing more can be done with it here."""


def can_withdraw(case: Case) -> bool:
    """A complaint may be taken back while it is open, an application as long as its procedure lets it."""
    if case.kind == "complaint":
        return case.is_open
    return procedure_of_case(case).can_withdraw(case)


def withdraw(account: Account, number: str, now: dt.datetime) -> Case:
    """Take the application or the complaint back, and give up whatever it holds. Twice is once.

    A decision that is signed and waits for working time is not in force before it is issued: until then the citizen may
    withdraw, and no decision is given. That it was signed stays on record, and who has the case is told.

    Raises CaseNotFound, AlreadyClosed.
    """
    with db.atomic():
        lock(f"case:{number}")
        case = get_case(account, number)
        if case.state == "withdrawn":
            return case
        if not can_withdraw(case):
            raise AlreadyClosed(number)
        if case.kind == "application":
            procedure_of_case(case).withdraw(case, now)
        set_state(case, "withdrawn", now)
        unissued = _drop_decision(case)
        close_tasks(case, now)
        news.clear(case)
        add_event(case, "withdrawn", now, "citizen", **unissued)
        if unissued:
            write_to_office(case, "withdrawn_unissued", now)
        tell(case, "complaint_withdrawn" if case.kind == "complaint" else "withdrawn", now)
        audit.record(f"account:{account.id}", "withdraw", f"case:{case.id}", now, **unissued)
    return case


def _drop_decision(case: Case) -> dict[str, Any]:
    """The decision that was being made is none any more; what to keep of one that was signed already."""
    decision = Decision.get_or_none(Decision.open_case == case.id)
    if decision is None:
        return {}
    Decision.update(state="dropped", open_case=None).where(Decision.id == decision.id).execute()
    if decision.signed_at is None:
        return {}
    return {"unissued": decision.kind, "decision": decision.id}
