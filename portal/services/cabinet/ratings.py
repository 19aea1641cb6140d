"""Was this good? One question after every result and every answer, once; a low mark reaches the managers."""

from __future__ import annotations

import datetime as dt

from ...db import db, lock
from ...models import Account, Case, Rating
from ..cases.timeline import DECIDED, get_case
from ..messages.notices import write_to_office
from ..records import audit

SCORES = (1, 2, 3, 4, 5)
LOW = 2  # this mark and those below reach the managers
LONGEST_REMARK = 1000


class NothingToRate(ValueError):
    """There is no result yet, or it was rated already."""


def find_rating(case: Case) -> Rating | None:
    """What was thought of the result of this case."""
    return Rating.get_or_none(Rating.case == case)


def can_rate(case: Case) -> bool:
    """Whether the case has a result that nobody was asked about."""
    return is_rateable(case, find_rating(case))


def is_rateable(case: Case, rating: Rating | None) -> bool:
    """The same, where it is known what was thought of it."""
    return case.state in DECIDED and rating is None


def rate(account: Account, number: str, score: int, text: str, now: dt.datetime) -> Rating:
    """Keep the mark and the sentence; who presses twice has rated once. Raises CaseNotFound, NothingToRate."""
    if score not in SCORES:
        raise ValueError(score)
    with db.atomic():
        lock(f"case:{number}")
        case = get_case(account, number)
        if not can_rate(case):
            raise NothingToRate(number)
        rating = Rating.create(case=case, score=score, text=text[:LONGEST_REMARK], given_at=now)
        if score <= LOW:
            write_to_office(case, "low_rating", now)
        audit.record(f"account:{account.id}", "rate", f"case:{case.id}", now, score=score)
    return rating
