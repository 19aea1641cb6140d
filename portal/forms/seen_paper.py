"""Which paper an officer saw before they confirmed what no register did."""

from __future__ import annotations

import datetime as dt

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField
from wtforms.validators import StopValidation

from ..services.review.seen_papers import LONGEST, SeenPaper
from ..services.typed_dates import read_date
from .form import Form

PARTS = ("paper_kind", "number", "issued")


def _fits(form: Form, field: StringField) -> None:
    field.data = " ".join((field.data or "").split())
    most = LONGEST.get(field.name.removeprefix("paper_"), 60)
    if len(field.data) > most:
        raise StopValidation(_l("This is too long: at most %(most)s characters.", most=most))


class SeenPaperForm(Form):
    """What it is, its number, its day. There is one for each claim of a case; `subject` names the one that was sent."""

    names_fields = True

    subject = HiddenField()
    paper_kind = StringField(_l("Which paper"), validators=[_fits])
    number = StringField(_l("Its number"), validators=[_fits])
    issued = StringField(_l("When it was issued"), validators=[_fits])

    def __init__(self, today: dt.date, **options: object) -> None:
        super().__init__(**options)
        self.today = today
        for name in PARTS:
            self[name].id = f"{self.subject.data or ''}-{name}"

    @property
    def paper(self) -> SeenPaper:
        """Only after the form was found right."""
        day = read_date(self.issued.data or "", self.today, past=True)
        return SeenPaper(self.paper_kind.data or "", self.number.data or "", day or self.today)

    def validate_paper_kind(self, field: StringField) -> None:
        if not field.data:
            raise StopValidation(_l("Write which paper you saw: nothing is confirmed without one."))

    def validate_number(self, field: StringField) -> None:
        if not field.data:
            raise StopValidation(_l("Write the number that stands on it; if it has none, say so."))

    def validate_issued(self, field: StringField) -> None:
        day = read_date(field.data or "", self.today, past=True)
        if day is None:
            raise StopValidation(_l("Write the day like 30.11.2026."))
        if day > self.today or day.year < 1900:
            raise StopValidation(_l("This day is not in the past: look at the paper once more."))
