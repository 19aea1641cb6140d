"""Which letters about their work a member of staff wants."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms.validators import StopValidation

from ..services.messages.staff_letters import CHOSEN
from .form import Form
from .review import SeveralField


class LettersForm(Form):
    """The kinds that are wanted; none is an answer, too."""

    letters = SeveralField(_l("Letters that I want"), choices=CHOSEN, validate_choice=False)

    def validate_letters(self, field: SeveralField) -> None:
        if not set(field.data or ()) <= set(CHOSEN):
            raise StopValidation(_l("Choose from the list."))
