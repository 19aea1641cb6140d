"""Rules that see several answers, as passports write them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from .parts import Condition, Model, Slug, Text


class Ages(Model):
    """From so many full years on, and not yet so many."""

    at_least: int | None = Field(default=None, ge=0)
    under: int | None = Field(default=None, gt=0)


class AnswerCheck(Model):
    """A rule over several answers. `message` is shown at the field `at`, else at the last of `fields`.

    An error keeps the application from being sent; a warning can be confirmed, and the officer sees it too.
    `in_order`: each date is no later than the next. `within_years`: at most so many years `past` or in the `future`.
    `age_between`: the age of a person, or by a date or an IIN, today or `on` another answer; where `by` names a choice,
    its `ages` by option. `matches_iin`: the birth date is the one in the IIN.
    """

    id: Slug
    kind: Literal["in_order", "within_years", "age_between", "matches_iin"]
    fields: tuple[Slug, ...] = Field(min_length=1)
    at: Slug | None = None
    level: Literal["error", "warning"] = "error"
    message: Text
    when: Condition | None = None
    past: int | None = Field(default=None, ge=0)
    future: int | None = Field(default=None, ge=0)
    at_least: int | None = Field(default=None, ge=0)
    under: int | None = Field(default=None, gt=0)
    on: Slug | None = None
    by: Slug | None = None
    ages: Mapping[Slug, Ages] = Field(default_factory=dict)

    @property
    def shown_at(self) -> str:
        """The field at which the message stands."""
        return self.at or self.fields[-1]

    def others(self) -> tuple[str, ...]:
        """The fields that it looks at besides `fields`."""
        return tuple(field for field in (self.on, self.by) if field is not None)
