"""Answers in order of wish: which a step has, and moving one up. Pure."""

from __future__ import annotations

from ..passports.schema import FieldSpec, Step
from .journey import Journey


def list_orders(journey: Journey, step: Step) -> tuple[FieldSpec, ...]:
    """The questions of a step to which several options were chosen, so that their order counts."""
    ordered = (spec for spec in journey.fields(step) if spec.type == "ordered")
    return tuple(spec for spec in ordered if len(journey.answers.get(spec.id) or ()) > 1)


def asks_for_order(before: Journey, after: Journey, step: Step) -> bool:
    """Whether several are chosen now, and not the same as before: then the order is asked for."""
    return any(
        set(before.answers.get(spec.id) or ()) != set(after.answers[spec.id]) for spec in list_orders(after, step)
    )


def move_up(chosen: list[str], code: str) -> list[str]:
    """The same with one moved up by a place; as it was for the first one, and for a code that is not there."""
    place = chosen.index(code) if code in chosen else 0
    if place == 0:
        return list(chosen)
    return [*chosen[: place - 1], code, chosen[place - 1], *chosen[place + 1 :]]
