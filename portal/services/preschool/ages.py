"""Children who have grown past the service's age while they waited."""

from __future__ import annotations

import datetime as dt

from ...db import db, lock
from ...models import Account, Case, QueueEntry
from ..cases.timeline import add_event, close_tasks, set_state
from ..iin import birth_date
from ..jobs.rows import waiting, work_through
from ..local_time import local
from ..messages.notices import tell
from ..passports.catalogue import get_passport
from . import policy, queue

CLOSING = "close_too_old"
CHILDREN_A_ROUND = 200


def close_too_old(now: dt.datetime) -> int:
    """Close the applications of children who are too old by now, and tell their families; how many."""
    old = [entry for entry in _list_oldest(now) if _is_too_old(entry, now)][:CHILDREN_A_ROUND]

    def close(entry: QueueEntry) -> bool:
        with db.atomic():
            case = entry.case
            lock(f"case:{case.number}")
            if QueueEntry.get_by_id(entry.id).state not in ("waiting", "inactive"):
                return False
            queue.leave_queue(entry)
            set_state(case, "closed", now)
            close_tasks(case, now)
            add_event(case, "too_old", now)
            tell(case, "closed", now)
            return True

    return work_through(CLOSING, old, close, now)


def _list_oldest(now: dt.datetime) -> list[QueueEntry]:
    """Who waits and comes to an age limit this year or came to it before; the oldest first."""
    rows = (
        QueueEntry.select(QueueEntry.birth_year, Case.service, Case.edition)
        .join(Case)
        .where(QueueEntry.state.in_(("waiting", "inactive")))
        .group_by(QueueEntry.birth_year, Case.service, Case.edition)
    )
    found: list[QueueEntry] = []
    for year, service, edition in sorted(tuple(row) for row in rows.tuples().iterator()):
        limit = policy.age_limit(get_passport(service, edition))
        if limit is not None and year + limit <= local(now).year:
            found.extend(_list_year(year, service, edition, limit, now))
    return found


def _list_year(year: int, service: str, edition: str, limit: int, now: dt.datetime) -> list[QueueEntry]:
    rows = QueueEntry.select(QueueEntry, Case, Account).join(Case).join(Account)
    live = QueueEntry.state.in_(("waiting", "inactive")) & waiting(CLOSING, QueueEntry.id, now)
    grown = QueueEntry.born.is_null() | (QueueEntry.born <= policy.birthday(local(now).date(), -limit))
    rows = rows.where(QueueEntry.birth_year == year, Case.service == service, Case.edition == edition, live, grown)
    return list(rows.order_by(QueueEntry.born, QueueEntry.id))


def _is_too_old(entry: QueueEntry, now: dt.datetime) -> bool:
    born = entry.born or birth_date(entry.child_iin)
    limit = policy.age_limit(get_passport(entry.case.service, entry.case.edition))
    return born is not None and limit is not None and policy.birthday(born, limit) <= local(now).date()
