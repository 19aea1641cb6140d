"""Who is away, from when to when, and who stands in."""

from __future__ import annotations

import datetime as dt

from flask_babel import lazy_gettext as _l
from wtforms import Field, StringField
from wtforms.validators import StopValidation

from ..services.reference.rows import tidy
from ..services.staff.absences import AbsenceWrong
from .form import Form
from .reference import ListField

WRONG = {
    "backwards": ("until", _l("The last day is before the first one.")),
    "past": ("until", _l("This day has passed.")),
    "long": ("until", _l("More than 400 days: check the year.")),
    "overlaps": ("since", _l("For some of these days an absence is noted already.")),
    "deputy": ("deputy", _l("Choose somebody else: this person cannot stand in.")),
}


class AbsenceForm(Form):
    """Days as people write them."""

    names_fields = True

    member = ListField(_l("Who is away"))
    since = StringField(_l("First day"), description=_l("For example: 30.11.2026"))
    until = StringField(_l("Last day"), description=_l("For example: 13.12.2026"))
    deputy = ListField(_l("Who stands in"), description=_l("On the first day their cases go to this person."))

    def validate_since(self, field: StringField) -> None:
        _read(field)

    def validate_until(self, field: StringField) -> None:
        _read(field)

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """The first and the last; only after the form was found right."""
        return _read(self.since), _read(self.until)

    def refused(self, problem: AbsenceWrong) -> None:
        """Say at the field what does not fit."""
        name, words = WRONG[problem.why]
        self[name].errors = [*self[name].errors, words]


def _read(field: Field) -> dt.date:
    try:
        return dt.date.fromisoformat(tidy("day", (field.data or "").strip()))
    except ValueError:
        raise StopValidation(_l("Write the day like 30.11.2026.")) from None
