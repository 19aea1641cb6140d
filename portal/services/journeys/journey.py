"""Which step comes next: the way through a passport's questions, from the answers given so far. Pure."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..passports.schema import Condition, FieldSpec, Passport, Step
from .answer_checks import find_broken, is_settled
from .conditions import NOTHING, holds
from .field_rules import has_expired
from .people import Person, read_people


@dataclass(frozen=True)
class Journey:
    """One person's way through one passport: what is visible, what is done, what may be visited.

    `today` is the day for which rules of time and checks over several answers are held; without it none is.
    """

    passport: Passport
    answers: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    done: tuple[str, ...] = ()
    today: dt.date | None = None

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

    @functools.cached_property
    def people(self) -> tuple[Person, ...]:
        """The persons that the answers speak of."""
        return read_people(self.passport, self.answers, self.facts)

    def people_in(self, step: Step) -> tuple[Person, ...]:
        """The persons whom this step chooses or identifies."""
        asked = {spec.id for spec in step.fields if spec.type in ("person", "iin")}
        return tuple(person for person in self.people if asked & {person.keys.id, person.keys.iin})

    @functools.cached_property
    def unsettled(self) -> frozenset[str]:
        """The questions at which a check over several answers is broken and nobody has confirmed that it is right."""
        if self.today is None:
            return frozenset()
        broken = find_broken(self.passport, self.answers, self.facts, self.today)
        return frozenset(one.check.shown_at for one in broken if not is_settled(one, self.facts))

    def is_done(self, step: Step) -> bool:
        """Whether a step is answered, and still is: another answer may have called for a question or broken a rule."""
        return step.id in self.done and not any(self._is_due(spec) for spec in step.fields)

    def _is_due(self, spec: FieldSpec) -> bool:
        """Whether a question has to be answered (again), once its step was done."""
        if spec.when is None and spec.type != "date" and spec.id not in self.unsettled:
            return False  # most questions, asked on every page: nothing can make them due
        if not holds(spec.when, self.answers, self.facts):
            return False
        if spec.when is not None and spec.required and self.answers.get(spec.id) in NOTHING:
            return True
        if spec.id in self.unsettled:
            return True
        asked = spec.id not in self.facts and self.today is not None
        return asked and has_expired(spec, self.answers.get(spec.id), self.today)

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
