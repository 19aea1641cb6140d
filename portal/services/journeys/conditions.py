"""Conditions of a passport over the answers given so far. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..passports.schema import Condition

NOTHING: tuple[Any, ...] = (None, "", [], False)  # what an unanswered question holds


def holds(condition: Condition | None, answers: Mapping[str, Any], facts: Mapping[str, Any]) -> bool:
    """Whether a condition holds over the answers; `facts` names the answers that came from a register."""
    if condition is None:
        return True
    if condition.all_ is not None:
        return all(holds(part, answers, facts) for part in condition.all_)
    if condition.any_ is not None:
        return any(holds(part, answers, facts) for part in condition.any_)
    if condition.not_ is not None:
        return not holds(condition.not_, answers, facts)
    value = answers.get(condition.field or "")
    if condition.known is not None:
        return (condition.field in facts) is condition.known
    if condition.answered is not None:
        return (value not in (None, "", [])) is condition.answered
    if condition.in_ is not None:
        return any(item in condition.in_ for item in value) if isinstance(value, list) else value in condition.in_
    return condition.is_ in value if isinstance(value, list) else value == condition.is_
