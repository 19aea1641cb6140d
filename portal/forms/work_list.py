"""Forms of the work list: cases given to somebody together, a view that is kept."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.validators import StopValidation

from ..services.staff.saved_views import LONGEST_NAME
from .form import Form

NOBODY = "nobody"  # instead of somebody's id: back on the list


class TickField(SelectMultipleField):
    """The numbers of the cases that are ticked; the page draws each at its line."""

    many = True

    def pre_validate(self, form: Form) -> None:
        """Any: what there is no case of stays where it is."""


class HandOverForm(Form):
    """Who gets the cases that are ticked."""

    case = TickField(choices=[])
    to = SelectField(_l("Give what is ticked to"), validate_choice=False)

    def validate_to(self, field: SelectField) -> None:
        if field.data not in dict(field.choices) or not field.data:
            raise StopValidation(_l("Choose who gets the cases."))

    def nothing_ticked(self) -> None:
        self.to.errors = [*self.to.errors, _l("Tick the cases first.")]


class ViewForm(Form):
    """The name of a view that is kept."""

    name = StringField(_l("Name of this view"))

    def validate_name(self, field: StringField) -> None:
        if not field.data:
            raise StopValidation(_l("Write a name that you will know the view by."))
        if len(field.data) > LONGEST_NAME:
            raise StopValidation(_l("This is too long: at most %(most)s characters.", most=LONGEST_NAME))

    def no_room(self) -> None:
        self.name.errors = [*self.name.errors, _l("No more views can be kept. Delete one first.")]
