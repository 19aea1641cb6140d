"""Prepared letters: a long text that a passport drafts from the answers, and what becomes of it when they change."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..languages import LANGUAGES
from ..passports.schema import FieldSpec
from .answers import fill_draft
from .journey import Journey


@dataclass(frozen=True)
class Letters:
    """`rewritten`: letters that nobody had edited, as the answers have them now; `steps`: the ids of those steps in
    which an edited one stands, to be looked at again."""

    rewritten: dict[str, str] = field(default_factory=dict)
    steps: frozenset[str] = frozenset()


def follow_answers(before: Journey, after: Journey) -> Letters:
    """What a change of answers does to the letters that were drafted from them."""
    rewritten: dict[str, str] = {}
    again = set()
    for step in after.passport.steps:
        for spec in step.fields:
            if spec.draft is None or not before.answers.get(spec.id) or not _is_touched(spec, before, after):
                continue
            lang = _language_of(spec, before)
            if lang is not None:
                rewritten[spec.id] = fill_draft(spec, after, lang) or ""
            else:
                again.add(step.id)
    return Letters(rewritten, frozenset(again))


def is_edited(spec: FieldSpec, journey: Journey) -> bool:
    """Whether somebody has written the letter otherwise than the answers have it, in whatever language."""
    return spec.draft is not None and bool(journey.answers.get(spec.id)) and _language_of(spec, journey) is None


def _is_touched(spec: FieldSpec, before: Journey, after: Journey) -> bool:
    """Whether the draft says something else now, in the words of any answer that it names."""
    return fill_draft(spec, before, "kk") != fill_draft(spec, after, "kk")


def _language_of(spec: FieldSpec, journey: Journey) -> str | None:
    """The language in which the letter stands just as it was drafted; None where it was edited."""
    written = _words(journey.answers.get(spec.id))
    return next((lang for lang in LANGUAGES if _words(fill_draft(spec, journey, lang)) == written), None)


def _words(text: str | None) -> list[str]:
    return (text or "").split()
