"""Forms of a complaint: to whom and about what, then what happened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import StopValidation

from .fields import clean_line, clean_text
from .form import Form

LONGEST = {"address": 300, "official": 200, "text": 8000}


def _needed(message: Any) -> Any:
    def check(form: Form, field: Any) -> None:
        if not field.raw_data or not (field.data or "").strip():  # what was not sent does not stand as it was
            raise StopValidation(message)
        most = LONGEST.get(field.name, 200)
        if len(field.data) > most:
            raise StopValidation(_l("This is too long: at most %(most)s characters.", most=most))

    return check


def _tidy(clean: Callable[[str], str]) -> Callable[[Any], str]:
    return lambda typed: clean(typed or "")


class AddresseeForm(Form):
    """Which service, which of my cases, to whom."""

    service = SelectField(_l("Which service is it about?"), validate_choice=False)
    about = SelectField(_l("Is it about one of your applications?"), validate_choice=False)
    to = RadioField(
        _l("To whom?"), validate_choice=False, validators=[_needed(_l("Choose who should get the complaint."))]
    )

    def validate_service(self, field: SelectField) -> None:
        if (field.data or "") not in dict(field.choices):
            raise StopValidation(_l("Choose one of the answers."))

    validate_about = validate_to = validate_service


class ComplaintForm(Form):
    """What the law asks a complaint to say."""

    body = SelectField(_l("Which body?"), validate_choice=False, validators=[_needed(_l("Choose the body."))])
    official = StringField(
        _l("Whose decision or action is it about?"),
        description=_l("The name or the post of the person, if you know it"),
        filters=[_tidy(clean_line)],
    )
    text = TextAreaField(
        _l("What happened, and what do you ask for?"),
        description=_l("Tell it in your own words: when, where, who, what you asked and what you were told"),
        validators=[_needed(_l("Write what happened."))],
        filters=[_tidy(clean_text)],
    )
    address = StringField(
        _l("Your postal address"),
        description=_l("The law asks for it. The answer comes to your personal cabinet."),
        validators=[_needed(_l("Write your postal address."))],
        filters=[_tidy(clean_line)],
    )

    def validate_official(self, field: StringField) -> None:
        if len(field.data or "") > LONGEST["official"]:
            raise StopValidation(_l("This is too long: at most %(most)s characters.", most=LONGEST["official"]))

    def validate_body(self, field: SelectField) -> None:
        if field.data not in dict(field.choices):
            raise StopValidation(_l("Choose the body."))

    def answers(self) -> dict[str, str]:
        """What was written, line ends as LF."""
        return {name: self[name].data or "" for name in ("body", "official", "text", "address")}
