"""Forms of a complaint: to whom and about what, then what happened."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import StopValidation

from .form import Form

LONGEST = {"address": 300, "official": 200, "text": 8000}


def _needed(message: Any) -> Any:
    def check(form: Form, field: Any) -> None:
        if not (field.data or "").strip():
            raise StopValidation(message)
        if len(field.data) > LONGEST.get(field.name, 200):
            raise StopValidation(_l("This is too long: at most %(most)s characters.", most=LONGEST[field.name]))

    return check


class AddresseeForm(Form):
    """Which service, which of my cases, to whom."""

    service = SelectField(_l("Which service is it about?"), validate_choice=False)
    about = SelectField(_l("Is it about one of your applications?"), validate_choice=False)
    to = RadioField(
        _l("To whom?"), validate_choice=False, validators=[_needed(_l("Choose who should get the complaint."))]
    )


class ComplaintForm(Form):
    """What the law asks a complaint to say."""

    body = SelectField(_l("Which body?"), validate_choice=False, validators=[_needed(_l("Choose the body."))])
    official = StringField(
        _l("Whose decision or action is it about?"),
        description=_l("The name or the post of the person, if you know it"),
    )
    text = TextAreaField(
        _l("What happened, and what do you ask for?"),
        description=_l("Tell it in your own words: when, where, who, what you asked and what you were told"),
        validators=[_needed(_l("Write what happened."))],
    )
    address = StringField(
        _l("Your postal address"),
        description=_l("The law asks for it. The answer comes to your personal cabinet."),
        validators=[_needed(_l("Write your postal address."))],
    )

    def validate_official(self, field: StringField) -> None:
        if len(field.data or "") > LONGEST["official"]:
            raise StopValidation(_l("This is too long: at most %(most)s characters.", most=LONGEST["official"]))

    def validate_body(self, field: SelectField) -> None:
        if field.data not in dict(field.choices):
            raise StopValidation(_l("Choose the body."))

    def answers(self) -> dict[str, str]:
        """What was written, line ends as LF."""
        names = ("body", "official", "text", "address")
        return {name: (self[name].data or "").replace("\r\n", "\n").strip() for name in names}
