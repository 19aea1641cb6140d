"""Forms of the staff pages' door: password, second factor, and what members change about themselves."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import StopValidation

from ..services.staff.passwords import (
    LONGEST,
    SHORTEST,
    PasswordAboutOwner,
    PasswordCommon,
    PasswordRefused,
    PasswordTooLong,
    PasswordTooShort,
    PasswordUnchanged,
)
from ..services.staff.second_factor import FactorSpent, FactorWrong
from .accounts import CodeForm
from .form import Form

LARGEST_PASSWORD = 1000  # characters that are looked at at all
REFUSALS: dict[type[PasswordRefused], Any] = {
    PasswordTooShort: _l(
        "Use at least %(number)s characters: a few words together are easy to remember.", number=SHORTEST
    ),
    PasswordTooLong: _l("Use at most %(number)s characters.", number=LONGEST),
    PasswordCommon: _l("Guessers try this password first. Choose another one."),
    PasswordAboutOwner: _l("This password is too close to your name, login or organisation. Choose other words."),
    PasswordUnchanged: _l("This is the password that you have now. Choose another one."),
}


class SignInForm(Form):
    """Who wants to work. Nothing is stripped from a password."""

    login = StringField(_l("Login"))
    password = PasswordField(_l("Password"))

    def validate_login(self, field: StringField) -> None:
        if not (field.data or "").strip():
            raise StopValidation(_l("Type your login."))

    def validate_password(self, field: PasswordField) -> None:
        if not field.data:
            raise StopValidation(_l("Type your password."))
        if len(field.data) > LARGEST_PASSWORD:
            raise StopValidation(_l("Login or password is wrong."))

    def refused(self) -> None:
        """Which of the two it was is not told."""
        self.form_errors = [_("Login or password is wrong.")]


class FactorForm(CodeForm):
    """A code from the app."""

    code = StringField(_l("Code from the app"), description=_l("6 digits, new every 30 seconds"))

    def validate_code(self, field: StringField) -> None:
        if not self.digits:
            raise StopValidation(_l("Type the code from the app."))
        if len(self.digits) != 6 or not (self.digits.isascii() and self.digits.isdigit()):
            raise StopValidation(_l("The code has 6 digits. Look at the app again."))

    def factor_failed(self, problem: FactorWrong) -> None:
        """Say at the field why the code does not open anything."""
        if isinstance(problem, FactorSpent):
            text = _("This code has been used already. Wait for the next one, at most 30 seconds.")
        else:
            text = _("This is not the present code. Check that the phone shows the right time and try the next code.")
        self.code.errors = [*self.code.errors, text]


class KeyForm(Form):
    """What a security key answered, filled in by the page's script."""

    credential = HiddenField()

    def validate_credential(self, field: HiddenField) -> None:
        if not field.data:
            raise StopValidation(_l("The security key has not answered. Press the button and touch the key."))


class NewKeyForm(KeyForm):
    """A security key to be added, with a name to know it by."""

    name = StringField(_l("A name for this key"), description=_l("For example: blue key, office"))

    def validate_name(self, field: StringField) -> None:
        if not (field.data or "").strip():
            raise StopValidation(_l("Give the key a name, so that you can tell it from others."))
        if len(field.data) > 100:
            raise StopValidation(_l("Use at most %(number)s characters.", number=100))


class ChoosePasswordForm(Form):
    """An own password, typed twice."""

    new_password = PasswordField(_l("New password"))
    repeated_password = PasswordField(_l("The new password once more"))

    def validate_repeated_password(self, field: PasswordField) -> None:
        if field.data != self.new_password.data:
            raise StopValidation(_l("The two are not the same. Type the new password in both."))

    def validate_new_password(self, field: PasswordField) -> None:
        if not field.data:
            raise StopValidation(_l("Type a new password."))

    def refused(self, refusal: PasswordRefused) -> None:
        self.new_password.errors = [*self.new_password.errors, REFUSALS[type(refusal)]]


class ChangePasswordForm(ChoosePasswordForm):
    """The same, with the present one first."""

    password = PasswordField(_l("Your present password"))

    def validate_password(self, field: PasswordField) -> None:
        if not field.data:
            raise StopValidation(_l("Type your password."))

    def wrong(self) -> None:
        self.password.errors = [*self.password.errors, _("This is not your present password.")]
