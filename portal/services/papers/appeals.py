"""The ways to complain, as sentences on a paper."""

from __future__ import annotations

from collections.abc import Sequence

from ..passports.schema import ComplaintRoute
from .words import sentence


def way(route: ComplaintRoute, lang: str) -> str:
    """One way to complain as a sentence: to whom, about what, and in what time the answer comes."""
    when = route.when.in_(lang)
    text = f"{route.name.in_(lang)}: {when[:1].lower() + when[1:]}".rstrip(".") + "."
    days = route.term.working_days if route.term else None
    if days is None:
        return text
    return f"{text} {sentence('answered_within' if days > 1 else 'answered_in_a_day', lang, days=str(days))}"


def filing(routes: Sequence[ComplaintRoute], lang: str) -> str:
    """Until when one may complain to these instances; "" where the court alone is left, whose term is its own law's."""
    return sentence("filing", lang) if any(route.to != "court" for route in routes) else ""
