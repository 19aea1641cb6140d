"""What an officer has to do about a case: one task of a kind, with a letter to the body."""

from __future__ import annotations

import datetime as dt

from ...models import Case, Task
from ..messages.notices import write_to_office


def give_task(case: Case, kind: str, now: dt.datetime) -> Task | None:
    """A task for an officer of the case's body and a letter to the body; None when it has that task already."""
    task, new = Task.get_or_create(case=case, kind=kind, defaults={"body": case.body, "created_at": now})
    if not new:
        return None
    write_to_office(case, kind, now)
    return task
