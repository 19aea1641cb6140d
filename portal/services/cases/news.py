"""What came to a case that its officer has not acted on yet: the mark in their list and in the head of their pages."""

from __future__ import annotations

from typing import Literal

from ...models import Case
from .timeline import let_rest

News = Literal["assigned", "answered", "returned"]


def bring(case: Case, what: News) -> None:
    """A colleague gave it, the citizen answered, or a head handed work back; in the caller's transaction."""
    _write(case, what)


def clear(case: Case) -> None:
    """Whoever has it has acted on it, in the caller's transaction."""
    if case.news:
        _write(case, None)


def settle(case: Case) -> None:
    """What came is read, in the caller's transaction: a case that waits in a queue, with nothing to confirm, rests."""
    clear(case)
    if case.state == "accepted" and not case.unchecked:
        let_rest(case)


def _write(case: Case, what: News | None) -> None:
    Case.update(news=what).where(Case.id == case.id).execute()
    case.news = what
