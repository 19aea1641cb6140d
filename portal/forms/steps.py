"""A form from a passport's step: one class a step and language, made once, its lists filled for each request.

Without `bind_field`, WTForms making each question anew, a step of the bench takes 4.27 ms of processor time instead of
3.9 (1.1 times as much); without `process` 1.02 times as much.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from flask import request
from flask_babel import gettext as _

from ..services.iin import mask
from ..services.journeys.answer_checks import find_broken, is_settled
from ..services.journeys.answers import fill_draft
from ..services.journeys.conditions import holds
from ..services.journeys.journey import Journey
from ..services.journeys.letters import is_edited
from ..services.journeys.registers import OTHER, Children
from ..services.languages import format_date
from ..services.passports.schema import FieldSpec, Passport, Step, Text
from ..services.procedures.registry import procedure_of
from ..services.reference import directory as reference
from ..services.reference.provision import list_offices, list_served_localities
from .fields import TYPES, Choice, Question, UploadQuestion
from .form import Form


class StepForm(Form):
    """The questions of one step, with the answers saved so far."""

    confirmed: dict[str, str]  # warnings that were confirmed by this sending, as facts
    to_confirm: dict[str, str]  # warnings that the next one confirms

    class Meta(Form.Meta):
        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            """A question like the first one made from the same specification: only its form is another.

            What is kept is the question before anything was read into it, and without the form, which holds answers.
            """
            made = getattr(unbound_field, "made", None)
            if made is None:
                first = super().bind_field(form, unbound_field, options)
                made = unbound_field.made = {**vars(first), "_form": None, "meta": None}
            question = object.__new__(unbound_field.field_class)
            vars(question).update(made, _form=form, meta=self)
            return question

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.confirmed, self.to_confirm = {}, {}

    def process(self, formdata: Any = None, obj: Any = None, data: Any = None, **others: Any) -> None:
        """As WTForms does it, without looking for filters: questions have none."""
        formdata = self.meta.wrap_formdata(self, formdata)
        for slot, question in self._fields.items():
            question.process(formdata, data[slot])

    @property
    def questions(self) -> list[Question]:
        return list(self)

    def answers(self) -> dict[str, Any]:
        """What was answered, as it is saved."""
        return {
            question.name: question.data
            for question in self.questions
            if question.asked and not isinstance(question, UploadQuestion)  # files are noted when they come
        }

    @property
    def offers_nothing(self) -> bool:
        """Whether a question that must be answered has nothing to choose from: then it is not put to anybody."""
        return any(question.required and question.asked and question.lacks_choices for question in self.questions)

    names_fields = True  # a passport's own messages need not say which question they are about

    def look_again(self, journey: Journey, step: Step) -> None:
        """Where time or another answer has undone what was answered, say at which question, and why."""
        if journey.is_done(step):
            return
        for question in self.questions:
            if question.asked and step.id in journey.done:
                question.validate(self)
            if question.prepared:
                look = _("Other answers have changed since you wrote this text. See whether it still says the same.")
                question.errors = [*question.errors, look]
        if step.id in journey.done:
            self.agrees_with(journey)

    def agrees_with(self, journey: Journey, anywhere: bool = False) -> bool:
        """Whether these answers agree with all others; what does not is said at its question.

        A warning passes once the same answers are sent with its confirmation: `confirmed` then holds what is confirmed,
        and `to_confirm` what the next sending confirms. `anywhere`: where the question of a check is not on this form,
        its message stands at another one that it looks at.
        """
        here = {question.name: question for question in self.questions if question.asked}
        self.confirmed, self.to_confirm = {}, {}
        answers, today = {**journey.answers, **self.answers()}, journey.today or dt.date.min
        found = find_broken(journey.passport, answers, journey.facts, today)
        for broken in sorted(found, key=lambda one: one.check.level):  # errors first: a warning cannot outweigh them
            check = broken.check
            names = (check.shown_at, *check.fields, *check.others()) if anywhere else (check.shown_at,)
            question = next((here[name] for name in names if name in here), None)
            if question is None or is_settled(broken, journey.facts):
                continue
            message = check.message.in_(question.lang)
            if check.level == "warning":
                self.to_confirm[broken.fact] = broken.token
                if request.form.get(broken.fact) == broken.token:
                    self.confirmed[broken.fact] = broken.token
                    continue
                message = " ".join((message, _("If it is right all the same, press the button once more.")))
            question.errors = [*question.errors, message]
        return not self.errors

    @property
    def takes_files(self) -> bool:
        return any(isinstance(question, UploadQuestion) for question in self.questions)

    def judge_conditions(self, journey: Journey) -> None:
        """A question that another one of this very step makes superfluous need not be answered."""
        depending = [question for question in self.questions if question.spec.when is not None]
        if not depending:
            return
        answers = {**journey.answers, **{question.name: question.data for question in self.questions}}
        for question in depending:
            question.asked = holds(question.spec.when, answers, journey.facts)


_classes: dict[tuple[int, str, tuple[str, ...]], tuple[Step, type[StepForm]]] = {}


def step_form(
    journey: Journey,
    step: Step,
    lang: str,
    today: dt.date,
    children: Children | None = None,
) -> StepForm:
    """The form of a step with its lists filled and the answers saved so far.

    `children` come from the register, where the step asks for a person.
    """
    specs = journey.fields(step)
    saved = {_slot(spec.id): journey.answers.get(spec.id) or fill_draft(spec, journey, lang) for spec in specs}
    form = _form_class(step, specs, lang)(data=saved)
    for question in form.questions:
        question.today = today
        question.choices = _choices(question, journey, lang, children)
        if is_edited(question.spec, journey):
            question.prepared = fill_draft(question.spec, journey, lang) or ""
            if request.form.get(f"{question.name}-prepared"):
                question.data, question.raw_data = question.prepared, [question.prepared]
    form.judge_conditions(journey)
    return form


def correcting_form(journey: Journey, specs: tuple[FieldSpec, ...], lang: str, today: dt.date) -> StepForm:
    """A form of just these questions, of whatever steps, with the answers that were sent."""
    fields = {_slot(spec.id): TYPES[spec.type](spec=spec, lang=lang) for spec in specs}
    form: StepForm = type("CorrectingForm", (StepForm,), fields)(
        data={_slot(spec.id): journey.answers.get(spec.id) for spec in specs}
    )
    for question in form.questions:
        question.today = today
        question.choices = _choices(question, journey, lang, None)
    form.judge_conditions(journey)
    return form


def _form_class(step: Step, specs: tuple[FieldSpec, ...], lang: str) -> type[StepForm]:
    # Keyed by the step's identity, and holding on to it: hashing a whole passport step costs more than making the form.
    key = (id(step), lang, tuple(spec.id for spec in specs))
    if key not in _classes:
        fields = {_slot(spec.id): TYPES[spec.type](spec=spec, lang=lang) for spec in specs}
        _classes[key] = (step, type("StepForm", (StepForm,), fields))
    return _classes[key][1]


def _slot(field_id: str) -> str:
    """The attribute of a question on its form: apart from the form's own, whatever a passport calls its fields."""
    return f"q_{field_id}"


def _choices(question: Question, journey: Journey, lang: str, children: Children | None) -> tuple[Choice, ...]:
    spec = question.spec
    if spec.type == "locality":
        return _localities(journey.passport, lang)
    if spec.type == "person":
        return _people(children, lang)
    if spec.options_from == "kindergartens":
        notes = procedure_of(journey.passport).about_options(spec, journey)
        return _named(reference.list_kindergartens(_locality_of(journey), lang), lang, notes)
    if spec.options_from in ("schools", "offices"):
        by = spec.options_from.removesuffix("s")
        return _named(list_offices(journey.passport, by, _locality_of(journey), lang), lang)
    return question.choices


def _localities(passport: Passport, lang: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(row.code, getattr(row, f"name_{lang}"), group=getattr(row, f"region_{lang}"))
        for row in list_served_localities(passport, lang)
    )


def _locality_of(journey: Journey) -> str:
    return next((journey.answers.get(spec.id, "") for spec in journey.passport.fields() if spec.type == "locality"), "")


def _named(rows: Iterable[Any], lang: str, notes: Mapping[str, Text] = MappingProxyType({})) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            row.code, reference.name_in(row, lang), hint=reference.address_in(row, lang),
            note=notes[row.code].in_(lang) if row.code in notes else "",
        )
        for row in rows
    )  # fmt: skip


def _people(children: Children | None, lang: str) -> tuple[Choice, ...]:
    known = children.known if children else ()
    return (
        *(
            Choice(
                child.iin, child.name, f"{format_date(child.birth_date, lang)}, {mask(child.iin)}",
                born=child.birth_date.isoformat(),
            )
            for child in known
        ),
        Choice(OTHER, OTHER_LABEL[lang]),
    )  # fmt: skip


OTHER_LABEL = {"kk": "Басқа бала", "ru": "Другой ребёнок", "en": "Another child"}
