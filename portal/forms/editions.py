"""Forms of passport editions and of the people who work here."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import StopValidation

from ..typed_text import clean_number
from .form import Form
from .reference import ListField


class PublishForm(Form):
    """From which day an edition is in force."""

    day = StringField(_l("In force from"), description=_l("Year, month, day: 2026-03-27. Today or later."))
    date: dt.date

    def validate_day(self, field: StringField) -> None:
        try:
            sent = (field.raw_data or [""])[0]  # never the day that the form offers
            self.date = dt.date.fromisoformat(clean_number(sent))
        except ValueError:
            raise StopValidation(_l("There is no such date. Write it like 2026-03-27.")) from None

    def refused(self, message: Any) -> None:
        """Say at the day why it cannot be."""
        self.day.errors = [*self.day.errors, message]


class MemberForm(Form):
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
        if text and ("@" not in text or len(text) > 200 or " " in text):
            raise StopValidation(_l("Write it like office@example.kz."))

    def refused(self, field: str, message: Any) -> None:
        """Say at a field why it cannot be."""
        self[field].errors = [*self[field].errors, message]


class NewMemberForm(MemberForm):
    login = StringField(_l("Login"), description=_l("3 to 60 small Latin letters, digits, dots and hyphens"))

    def validate_login(self, field: StringField) -> None:
        if not (field.data or "").strip():
            raise StopValidation(_l("Fill this in."))
