"""A form from a passport's step: one class a step and language, made once, its lists filled for each request."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from ..services.iin import mask
from ..services.journeys.answers import fill_draft
from ..services.journeys.drafts import OTHER, Children
from ..services.journeys.journey import Journey, holds
from ..services.languages import format_date
from ..services.passports.schema import FieldSpec, Step
from ..services.reference import directory as reference
from .fields import TYPES, Choice, Question, UploadQuestion
from .form import Form


class StepForm(Form):
    """The questions of one step, with the answers saved so far."""

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

    @property
    def takes_files(self) -> bool:
        return any(isinstance(question, UploadQuestion) for question in self.questions)

    def judge_conditions(self, journey: Journey) -> None:
        """A question that another one of this very step makes superfluous need not be answered."""
        answers = {**journey.answers, **{question.name: question.data for question in self.questions}}
        for question in self.questions:
            question.asked = question.spec.when is None or holds(question.spec.when, answers, journey.facts)


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
        return _localities(lang)
    if spec.type == "person":
        return _people(children, lang)
    if spec.options_from == "kindergartens":
        return _named(reference.list_kindergartens(_locality_of(journey), lang), lang)
    if spec.options_from == "schools":
        return _named(reference.list_schools(_locality_of(journey), lang), lang)
    return question.choices


def _localities(lang: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(row.code, getattr(row, f"name_{lang}"), group=getattr(row, f"region_{lang}"))
        for row in reference.list_localities(lang)
    )


def _locality_of(journey: Journey) -> str:
    return next((journey.answers.get(spec.id, "") for spec in journey.passport.fields() if spec.type == "locality"), "")


def _named(rows: Iterable[Any], lang: str) -> tuple[Choice, ...]:
    return tuple(Choice(row.code, reference.name_in(row, lang), hint=reference.address_in(row, lang)) for row in rows)


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
