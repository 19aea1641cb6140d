"""What becomes of a draft's answers when its service gets a newer edition. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..passports.schema import FieldSpec, Passport, Step
from .conditions import holds
from .field_rules import broken_rule

_JUDGED = ("date", "text", "long_text")  # what a rule says of the answer itself; a person's is of the birth date
_LONGEST = {"text": 200, "long_text": 4000}  # letters, where the question does not say


@dataclass(frozen=True)
class Move:
    """The answers that hold in the new edition, the steps that need not be asked again, and what was let go.

    `dropped`: ids of the questions whose answers do not fit any more or are not asked any more; `asked_again`: ids of
    the steps that were done and have to be looked at once more.
    """

    answers: dict[str, Any]
    facts: dict[str, Any]
    done: list[str]
    dropped: list[str]
    asked_again: list[str]


def move_answers(
    old: Passport,
    new: Passport,
    answers: Mapping[str, Any],
    facts: Mapping[str, Any],
    done: list[str],
    today: dt.date,
) -> Move:
    """Carry a draft over. An answer survives under its question's id, where the new question would take it as well.

    A step is done where all its questions were asked before, unchanged, and none of their answers was let go.
    """
    kept, dropped = {}, []
    for name, value in answers.items():
        before, after = old.field(name), new.field(name)
        if before is None:
            kept[name] = value  # a fact of a register: no question asked for it
        elif after is not None and _still_holds(before, after, value, today):
            kept[name] = value
        elif value not in (None, "", [], False):
            dropped.append(name)
    facts = {name: source for name, source in facts.items() if name in kept}
    settled = {spec.id for step in old.steps if step.id in done for spec in step.fields} - set(dropped)
    same = {name for name in settled if _is_same(old.field(name), new.field(name))}
    still_done = [step.id for step in new.steps if _is_done(step, same, kept, facts)]
    again = [step.id for step in new.steps if step.id in done and step.id not in still_done]
    return Move(kept, facts, still_done, dropped, again)


def _still_holds(before: FieldSpec, after: FieldSpec, value: Any, today: dt.date) -> bool:
    if before.type != after.type or before.statement != after.statement or before.options_from != after.options_from:
        return False
    if value in (None, "", [], False):
        return True
    if after.options:
        chosen = value if isinstance(value, list) else [value]
        if not {option.id for option in after.options}.issuperset(chosen):
            return False
    if isinstance(value, list) and after.max_choices and len(value) > after.max_choices:
        return False
    if isinstance(value, str):
        longest = after.max_length or _LONGEST.get(after.type)
        if longest and len(value) > longest:
            return False
        if after.type in _JUDGED and _rules(before) != _rules(after):
            return broken_rule(after.rules, value, today) is None
    return True


def _rules(spec: FieldSpec) -> list[tuple[str, Any]]:
    return [(rule.rule, rule.value) for rule in spec.rules]


def _is_same(before: FieldSpec | None, after: FieldSpec | None) -> bool:
    """Whether the question is the one that was answered: other words for it make no other question."""
    return before is not None and after is not None and before.type == after.type


def _is_done(step: Step, same: set[str], answers: Mapping[str, Any], facts: Mapping[str, Any]) -> bool:
    asked = [spec for spec in step.fields if holds(spec.when, answers, facts)]
    known = all(spec.id in same for spec in step.fields)
    return known and all(answers.get(spec.id) not in (None, "", [], False) for spec in asked if spec.required)
