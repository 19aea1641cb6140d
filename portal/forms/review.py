"""Forms of the case page and of the work list."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import StopValidation

from ..services.passports.schema import FieldSpec, Ground
from ..services.review.correction_reasons import REASONS
from .form import Form
from .printed import printed

LONGEST_LETTER = {"text": 2000, "explanation": 4000, "note": 2000}
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")
REASON = "reason-"  # before the field's id, in the name of its control


def _fits(form: Form, field: Any) -> None:
    most = LONGEST_LETTER.get(field.name, 2000)
    if len(field.data or "") > most:
        raise StopValidation(_l("This is too long: at most %(most)s characters.", most=most))


class SearchForm(Form):
    """A number or its end, a name, a whole IIN, a phone. Sent by POST: an IIN stands in no address."""

    q = StringField(_l("Number, name, IIN or phone"))

    def validate_q(self, field: StringField) -> None:
        if len((field.data or "").strip()) < 2:
            raise StopValidation(_l("Type a number or its last four signs, a name, a whole IIN or a phone."))


class MessageForm(Form):
    """What an officer writes to the citizen."""

    text = TextAreaField(_l("Message to the citizen"), validators=[_fits])

    def validate_text(self, field: TextAreaField) -> None:
        if not (field.data or "").strip():
            raise StopValidation(_l("Write the message."))


class WaitForm(Form):
    """A few words on why the check goes on."""

    text = TextAreaField(_l("What we wait for; the citizen reads it"), id="wait-text", validators=[_fits])


class ActForm(Form):
    """An action that only the procedure of the case has; `action` names the one that was sent."""

    text = TextAreaField(validators=[_fits])
    action = ""

    def sent_for(self, action: str) -> None:
        """Which of the boxes of its kind on the page it came from."""
        self.action, self.text.id = action, f"text-{action}"

    def text_missing(self) -> None:
        """This action needs words."""
        self.text.errors = [*self.text.errors, _l("Write it in plain words: the citizen reads it.")]


class AssignForm(Form):
    """To whom a case goes."""

    to = SelectField(_l("Give it to"), validate_choice=False)

    def validate_to(self, field: SelectField) -> None:
        if not field.data or field.data not in dict(field.choices):
            raise StopValidation(_l("Choose who gets the case."))


class CorrectionForm(Form):
    """A reason at each answer that has to be mended, and a few words."""

    text = TextAreaField(
        _l("In your own words: what exactly, and how to mend it"), id="correction-text", validators=[_fits, printed]
    )

    @property
    def wanted(self) -> list[SelectField]:
        return [field for field in self if field.name.startswith(REASON)]

    @property
    def reasons(self) -> dict[str, str]:
        """Field id -> reason, of those chosen."""
        return {field.name.removeprefix(REASON): field.data for field in self.wanted if field.data}

    def validate_text(self, field: TextAreaField) -> None:
        if not self.reasons:
            raise StopValidation(_l("Choose a reason at each answer that has to be corrected: at least at one."))

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        for field in self.wanted:
            if field.data and field.data not in REASONS:
                field.errors = [*field.errors, _l("Choose from the list.")]
                valid = False
        return valid


def correction_form(specs: Iterable[FieldSpec], lang: str, **options: Any) -> CorrectionForm:
    """The form for the answers that this case lets correct."""
    choices = [("", "–"), *((code, texts[lang]) for code, texts in REASONS.items())]
    fields = {
        f"reason_{spec.id}": SelectField(spec.label.in_(lang), name=REASON + spec.id, default="", validate_choice=False)
        for spec in specs
    }
    form = type("CorrectionForm", (CorrectionForm,), fields)(**options)
    for field in form.wanted:
        field.choices = choices
    return form


class DecisionForm(Form):
    """Grant, or refuse on a ground of the passport's own list."""

    kind = RadioField(_l("Decision"), validate_choice=False)  # grant, refuse
    ground = RadioField(_l("Ground of the refusal"), validate_choice=False)
    explanation = TextAreaField(_l("Explanation; the citizen reads it"), validators=[_fits])

    def validate_kind(self, field: RadioField) -> None:
        if field.data not in ("grant", "refuse"):
            raise StopValidation(_l("Choose: grant or refuse."))

    def validate_ground(self, field: RadioField) -> None:
        if self.kind.data == "refuse" and field.data not in dict(field.choices):
            raise StopValidation(_l("A refusal needs a ground from the list: there are no others."))

    def validate_explanation(self, field: TextAreaField) -> None:
        if self.kind.data == "refuse" and not (field.data or "").strip():
            raise StopValidation(_l("Explain the refusal in plain words: what is missing, and what can be done."))


def decision_form(grounds: Iterable[Ground], lang: str, **options: Any) -> DecisionForm:
    """The form with the passport's grounds."""
    form = DecisionForm(**options)
    form.ground.choices = [(ground.id, ground.text.in_(lang)) for ground in grounds]
    return form


class SignAnswerForm(Form):
    """The answer to a complaint that was read and is signed."""

    shown = HiddenField()

    def validate_shown(self, field: HiddenField) -> None:
        if not _FINGERPRINT.fullmatch(field.data or ""):
            raise StopValidation(_l("Open the case again and look at the decision."))


class SignForm(SignAnswerForm):
    """The decision that was read and is signed."""

    decision = HiddenField()

    def validate_decision(self, field: HiddenField) -> None:
        if not (field.data or "").isascii() or not (field.data or "").isdigit() or len(field.data) > 12:
            raise StopValidation(_l("Open the case again and look at the decision."))


class SeveralField(SelectMultipleField):
    """Boxes to tick."""

    many = True  # see Form


class SignSeveralForm(Form):
    """Decisions that were read one by one, each as its number, its id and what was read of it."""

    chosen = SeveralField(_l("What you sign"), validate_choice=False)

    def validate_chosen(self, field: SeveralField) -> None:
        if not field.data or not set(field.data) <= {value for value, _label in field.choices}:
            raise StopValidation(_l("Choose what you sign, from what you have read."))


class WhyForm(Form):
    """Why prepared work is handed back, or why what was signed is recalled."""

    text = TextAreaField(_l("Why"), id="why-text", validators=[_fits])

    def validate_text(self, field: TextAreaField) -> None:
        if not (field.data or "").strip():
            raise StopValidation(_l("Say why: it stays on record."))


class NoteForm(Form):
    """A note of the office's own."""

    text = TextAreaField(_l("Note for colleagues; the citizen does not see it"), id="note-text", validators=[_fits])

    def validate_text(self, field: TextAreaField) -> None:
        if not (field.data or "").strip():
            raise StopValidation(_l("Write the note."))
