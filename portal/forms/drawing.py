"""Questions as HTML. One that nobody has answered yet looks the same to everybody, so it is drawn once a language.

Drawn anew for each page, a step of the bench takes 4.75 ms of processor time instead of 3.9 (1.2 times as much).
"""

from __future__ import annotations

from collections.abc import Iterable

from flask import Flask, current_app
from markupsafe import Markup

from ..services.journeys.journey import Journey
from ..services.passports.schema import FieldSpec
from .fields import DateQuestion, Question

_FROM_REGISTERS = ("person", "locality", "upload")  # they differ from reader to reader, or while the portal runs

# Keyed by the specification's identity, and holding on to it: specifications live as long as their passport.
_blank: dict[tuple[int, str, str], tuple[FieldSpec, Markup]] = {}


def draw_question(question: Question) -> Markup:
    """The question with its label, hint, error and control, from questions/<type>.html."""
    if not _is_blank(question):
        return _render(question)
    today = question.example if isinstance(question, DateQuestion) else ""  # what it says of today
    key = (id(question.spec), question.lang, today)
    if key not in _blank:
        _blank[key] = (question.spec, _render(question))
    return _blank[key][1]


def draw_questions(questions: Iterable[Question]) -> Markup:
    """All questions of a step, one below the other; none that has nothing to choose from."""
    drawn = (draw_question(question) for question in questions if not question.lacks_choices)
    return Markup("".join(f"<div>{html}</div>\n" for html in drawn))  # noqa: S704


def _is_blank(question: Question) -> bool:
    spec = question.spec
    fixed = spec.type not in _FROM_REGISTERS and spec.options_from is None
    return fixed and not question.errors and not question.data and not any(question.raw_data or ())


def _render(question: Question) -> Markup:
    template = current_app.jinja_env.get_template(f"questions/{question.spec.type}.html")
    return Markup(template.render(field=question, lang=question.lang))  # noqa: S704 - the template escapes


def takes_files(journey: Journey) -> bool:
    """Whether this way asks for files anywhere: steps follow each other without loading scripts anew."""
    return any(spec.type == "upload" for step in journey.steps for spec in step.fields)


def needs_more_scripts(before: Journey, after: Journey) -> bool:
    """Whether an answer has just called for files: then the next page is loaded whole, with its script."""
    return takes_files(after) and not takes_files(before)


def init_app(app: Flask) -> None:
    app.jinja_env.globals["draw_questions"] = draw_questions
    app.jinja_env.globals["takes_files"] = takes_files
