"""What every part of a passport is made of: texts in three languages, ids, conditions. Pure."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from .faults import N_

Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*([-_][a-z0-9]+)*$", max_length=60)]


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Text(Model):
    """One statement in the three languages. Kazakh is the text as issued; the others translate it."""

    kk: str = Field(min_length=1)
    ru: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def in_(self, lang: str) -> str:
        return getattr(self, lang)


class Condition(Model):
    """A small typed condition over earlier answers: `field` with a test, `all`, `any` or `not`. No code is run."""

    field: Slug | None = None
    is_: str | bool | None = Field(default=None, alias="is")
    in_: tuple[str, ...] | None = Field(default=None, alias="in")
    answered: bool | None = None
    known: bool | None = None  # the value came from a register
    all_: tuple[Condition, ...] | None = Field(default=None, alias="all")
    any_: tuple[Condition, ...] | None = Field(default=None, alias="any")
    not_: Condition | None = Field(default=None, alias="not")

    @model_validator(mode="after")
    def _one_form(self) -> Condition:
        tests = [t for t in (self.is_, self.in_, self.answered, self.known) if t is not None]
        forms = [f for f in (self.field, self.all_, self.any_, self.not_) if f is not None]
        if len(forms) != 1 or len(tests) != (1 if self.field else 0):
            raise ValueError(N_("write {field: …, is|in|answered|known: …}, or {all: […]}, {any: […]}, {not: {…}}"))
        return self
