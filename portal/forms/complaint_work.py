"""Forms of a complaint's page in the office: questions, the other side's reply, passing on, extending, the answer."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, TextAreaField
from wtforms.validators import StopValidation

from .form import Form
from .printed import printed

LONGEST_ANSWER = 4000  # as services.complaint_work keeps it


def _written(form: Form, field: Any) -> None:
    """Something is written, it is not cut, and what papers cannot show is said."""
    if not (field.data or "").strip():
        raise StopValidation(_l("Write it: it is empty."))
    _fits(form, field)


def _fits(form: Form, field: Any) -> None:
    if len(field.data or "") > LONGEST_ANSWER:
        raise StopValidation(_l("This is too long: at most %(most)s characters.", most=LONGEST_ANSWER))
    printed(form, field)


class AskComplainantForm(Form):
    """A question into the complainant's cabinet."""

    text = TextAreaField(_l("Question to the complainant"), id="ask-complainant", validators=[_written])


class AskOtherSideForm(Form):
    """A question to the body that is complained of."""

    text = TextAreaField(_l("Question to the other side"), id="ask-other-side", validators=[_written])


class NoteReplyForm(Form):
    """What the other side said."""

    text = TextAreaField(_l("What the other side replied"), id="note-reply", validators=[_written])


class ForwardForm(Form):
    """To which body, and why it is that body's to answer."""

    body = SelectField(_l("Body that has to answer"), validate_choice=False)
    reason = TextAreaField(_l("Why that body; the complainant reads it"), validators=[_written])

    def validate_body(self, field: SelectField) -> None:
        if not field.data or field.data not in dict(field.choices):
            raise StopValidation(_l("Choose from the list."))


def _number(typed: Any) -> int:
    text = str(typed)
    return int(text) if text.isdecimal() and len(text) < 10 else 0


class ExtendForm(Form):
    """By how much the term is extended, and why it is too short."""

    days = SelectField(_l("By how much"), id="extend-days", coerce=_number, validate_choice=False)

    reason = TextAreaField(
        _l("Why more time is needed; the complainant reads it"), id="extend-reason", validators=[_written]
    )

    def offer(self, ways: list[tuple[int, str]], proposed: int) -> None:
        """`ways`: working days and what they come to; nothing sent is what is proposed."""
        self.days.choices = ways
        if not self.days.raw_data:
            self.days.data = proposed


class AnswerForm(Form):
    """The answer: how it ends, why, and what was ordered."""

    outcome = RadioField(_l("Answer"), validate_choice=False)  # satisfied, partly, refused
    reasons = TextAreaField(_l("Reasons; the complainant reads them"), validators=[_written])
    remedy = TextAreaField(_l("What is done to put it right"), validators=[_fits])
    anew = BooleanField(_l("Decide the case anew"))

    def validate_outcome(self, field: RadioField) -> None:
        if field.data not in ("satisfied", "partly", "refused"):
            raise StopValidation(_l("Choose one of the three answers."))

    def validate_remedy(self, field: TextAreaField) -> None:
        if self.outcome.data in ("satisfied", "partly") and not (field.data or "").strip():
            raise StopValidation(_l("Say what is done to put it right: whoever upholds a complaint orders something."))
