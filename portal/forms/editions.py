"""Forms of passport editions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import StopValidation

from ..services.reference.rows import tidy
from ..typed_text import clean_number
from .form import Form


class ProposeForm(Form):
    """From which day an edition is to be in force."""

    day = StringField(_l("In force from"), description=_l("For example: 27.03.2027. Today or later."))
    date: dt.date

    def validate_day(self, field: StringField) -> None:
        try:
            sent = (field.raw_data or [""])[0]  # never the day that the form offers
            self.date = dt.date.fromisoformat(tidy("day", clean_number(sent)))
        except ValueError:
            raise StopValidation(_l("There is no such date. Write it like 27.03.2027.")) from None

    def refused(self, message: Any) -> None:
        """Say at the day why it cannot be."""
        self.day.errors = [*self.day.errors, message]
