"""The form of a text that a body keeps ready."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import StopValidation

from ..services.office.ready_texts import KINDS, PLACES, unknown_places
from .form import Form

LONGEST_TITLE, LONGEST_TEXT = 100, 2000


class ReadyTextForm(Form):
    """What it is for, how it is called, what it says."""

    kind = SelectField(_l("For"), validate_choice=False)
    title = StringField(_l("Name in the list"))
    text = TextAreaField(_l("Text"))

    def validate_kind(self, field: SelectField) -> None:
        if field.data not in KINDS:
            raise StopValidation(_l("Choose from the list."))

    def validate_title(self, field: StringField) -> None:
        if not (field.data or "").strip():
            raise StopValidation(_l("Give it a name."))
        if len(field.data) > LONGEST_TITLE:
            raise StopValidation(_l("This is too long: at most %(most)s characters.", most=LONGEST_TITLE))

    def validate_text(self, field: TextAreaField) -> None:
        if not (field.data or "").strip():
            raise StopValidation(_l("Write the text."))
        if len(field.data) > LONGEST_TEXT:
            raise StopValidation(_l("This is too long: at most %(most)s characters.", most=LONGEST_TEXT))
        if unknown := unknown_places(field.data):
            places = ", ".join(f"{{{name}}}" for name in PLACES)
            raise StopValidation(
                _l("{%(name)s} stands for nothing. There are: %(places)s.", name=unknown[0], places=places)
            )
