"""Which step comes next: the way through a passport's questions, from the answers given so far. Pure."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..passports.schema import Condition, FieldSpec, Passport, Step


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


@dataclass(frozen=True)
class Journey:
    """One person's way through one passport: what is visible, what is done, what may be visited."""

    passport: Passport
    answers: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    done: tuple[str, ...] = ()

    @functools.cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps that these answers call for, in order."""
        return tuple(step for step in self.passport.steps if holds(step.when, self.answers, self.facts))

    def fields(self, step: Step) -> tuple[FieldSpec, ...]:
        """The questions that earlier answers call for. Conditions on the same step are the form's to judge."""
        own = {spec.id for spec in step.fields}
        return tuple(
            spec
            for spec in step.fields
            if spec.when is None or _asks_about(spec.when, own) or holds(spec.when, self.answers, self.facts)
        )

    def is_done(self, step: Step) -> bool:
        return step.id in self.done

    @property
    def next_step(self) -> Step | None:
        """The first step that is not done; None when only checking and signing are left."""
        return next((step for step in self.steps if not self.is_done(step)), None)

    @property
    def is_complete(self) -> bool:
        return self.next_step is None

    def find(self, step_id: str) -> Step | None:
        """The step if these answers call for it and every step before it is done."""
        for step in self.steps:
            if step.id == step_id:
                return step
            if not self.is_done(step):
                return None
        return None

    def before(self, step: Step) -> Step | None:
        """The step that one comes from."""
        steps = self.steps
        place = steps.index(step)
        return steps[place - 1] if place else None

    def after(self, step: Step) -> Step | None:
        """The step that one goes to; None when checking comes next."""
        steps = self.steps
        place = steps.index(step) + 1
        return steps[place] if place < len(steps) else None

    def position(self, step: Step | None) -> tuple[int, int]:
        """Which step this is of how many; checking and signing is the last (step None)."""
        steps = self.steps
        return (steps.index(step) + 1 if step else len(steps) + 1, len(steps) + 1)

    def relevant_answers(self) -> dict[str, Any]:
        """The answers to the questions that are asked: what was typed on a path since left is not sent."""
        asked = {spec.id for step in self.steps for spec in step.fields if holds(spec.when, self.answers, self.facts)}
        return {name: value for name, value in self.answers.items() if name in asked or name in self.facts}


def _asks_about(condition: Condition | None, fields: set[str]) -> bool:
    if condition is None:
        return False
    parts = (*(condition.all_ or ()), *(condition.any_ or ()), *((condition.not_,) if condition.not_ else ()))
    return condition.field in fields or any(_asks_about(part, fields) for part in parts)
