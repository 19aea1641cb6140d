"""Forms of signing in and of what a person sets for themselves."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import BooleanField, StringField
from wtforms.validators import StopValidation

from ..services.identity.codes import CodeBurnt, CodeExpired, CodeProblem, CodeSpent, CodeUnknown, CodeWrong
from ..services.iin import CheckDigitWrong, IinWrong, read_iin
from ..services.languages import LANGUAGES
from ..services.phones import normalise_phone
from ..typed_text import clean_number
from .form import Form

PROBLEMS: dict[type[CodeProblem], Any] = {
    CodeBurnt: _l("Five wrong tries: this code no longer works. Ask for a new one."),
    CodeExpired: _l("This code is older than 5 minutes and no longer works. Ask for a new one."),
    CodeSpent: _l("This code has been used already. Ask for a new one."),
    CodeUnknown: _l("This code no longer works. Ask for a new one."),
}


class IinForm(Form):
    """Who wants to sign in."""

    iin = StringField(_l("IIN"), description=_l("12 digits, on your identity card"))

    def validate_iin(self, field: StringField) -> None:
        text = field.data or ""
        if not text.strip():
            raise StopValidation(_l("Type your IIN."))
        try:
            read_iin(text)
        except CheckDigitWrong:
            raise StopValidation(_l("One digit of this IIN is mistyped. Compare it with your identity card.")) from None
        except IinWrong:
            raise StopValidation(_l("An IIN has 12 digits. Check that none is missing and none is extra.")) from None

    @property
    def number(self) -> str:
        """The twelve digits; only after the form was found right."""
        return read_iin(self.iin.data or "")


class CodeForm(Form):
    """A code from an SMS. After `validate_on_submit()` `digits` holds it without blanks."""

    code = StringField(_l("Code from the message"), description=_l("6 digits"))

    def validate_code(self, field: StringField) -> None:
        if not self.digits:
            raise StopValidation(_l("Type the code from the message."))
        if len(self.digits) != 6 or not (self.digits.isascii() and self.digits.isdigit()):
            raise StopValidation(_l("The code has 6 digits. Look at the message again."))

    @property
    def digits(self) -> str:
        """The code without the blanks and hyphens that people put in."""
        return "".join(clean_number(self.code.data or "").replace("-", " ").split())

    def code_failed(self, problem: CodeProblem) -> None:
        """Say at the field why the code does not open anything."""
        if isinstance(problem, CodeWrong):
            text = ngettext(
                "This is not the code we sent. You can try %(num)s more time.",
                "This is not the code we sent. You can try %(num)s more times.",
                problem.tries_left,
            )
        else:
            text = PROBLEMS[type(problem)]
        self.code.errors = [*self.code.errors, text]


class SettingsForm(Form):
    """In which language we write, and about what."""

    language = StringField(_l("Language of our messages"))  # one of LANGUAGES
    reminders = BooleanField(_l("Remind me of deadlines and unsent drafts"))

    def validate_language(self, field: StringField) -> None:
        if not field.raw_data or field.data not in LANGUAGES:
            raise StopValidation(_l("Choose one of the languages."))


class PhoneForm(Form):
    """The number that messages shall go to."""

    phone = StringField(_l("New phone number"), description=_l("For example +7 701 000 00 00"))

    def validate_phone(self, field: StringField) -> None:
        if not (field.data or "").strip():
            raise StopValidation(_l("Type a phone number."))
        if normalise_phone(field.data or "") is None:
            raise StopValidation(_l("This is not a mobile number of Kazakhstan. Write it like +7 701 000 00 00."))

    @property
    def phone_number(self) -> str:
        """In +7XXXXXXXXXX form; only after the form was found right."""
        return normalise_phone(self.phone.data or "") or ""
