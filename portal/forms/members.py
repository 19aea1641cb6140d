"""Forms about the people who work here."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import StopValidation

from ..services.reference.rows import EMAIL
from .reference import ListField
from .standing import StandingForm


class MemberForm(StandingForm):
    """Who somebody of the staff is and what they may do."""

    names_fields = True

    name = StringField(_l("Surname and name"))
    organisation = ListField(_l("Organisation"))
    role = ListField(_l("Role"))
    email = StringField(_l("E-mail"))

    def validate_name(self, field: StringField) -> None:
        if not 1 <= len((field.data or "").strip()) <= 200:
            raise StopValidation(_l("Write the surname and the name."))

    def validate_email(self, field: StringField) -> None:
        text = (field.data or "").strip()
        if text and (len(text) > 200 or not EMAIL.fullmatch(text)):
            raise StopValidation(_l("Write it like office@example.kz."))

    def refused(self, field: str, message: Any) -> None:
        """Say at a field why it cannot be."""
        self[field].errors = [*self[field].errors, message]


class NewMemberForm(MemberForm):
    login = StringField(_l("Login"), description=_l("3 to 60 small Latin letters, digits, dots and hyphens"))

    def validate_login(self, field: StringField) -> None:
        if not (field.data or "").strip():
            raise StopValidation(_l("Fill this in."))
