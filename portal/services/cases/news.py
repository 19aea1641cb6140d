"""What came to a case that its officer has not acted on yet: the mark in their list and in the head of their pages."""

from __future__ import annotations

from typing import Literal

from ...models import Case

News = Literal["assigned", "answered", "returned"]


def bring(case: Case, what: News) -> None:
    """A colleague gave it, the citizen answered, or a head handed work back; in the caller's transaction."""
    _write(case, what)


def clear(case: Case) -> None:
    """Whoever has it has acted on it, in the caller's transaction."""
    if case.news:
        _write(case, None)


def _write(case: Case, what: News | None) -> None:
    Case.update(news=what).where(Case.id == case.id).execute()
    case.news = what
