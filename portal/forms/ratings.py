"""One question after a result."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import Length, StopValidation

from ..services.cabinet.ratings import LONGEST_REMARK, SCORES
from .form import Form


class RatingForm(Form):
    """The mark is the button that is pressed."""

    text = StringField(
        _l("In a sentence, if you like"),
        validators=[
            Length(
                max=LONGEST_REMARK, message=_l("This is too long: at most %(most)s characters.", most=LONGEST_REMARK)
            )
        ],
    )
    score = StringField(_l("Was this good?"))
    scores = SCORES

    def validate_score(self, field: StringField) -> None:
        if (field.data or "") not in [str(score) for score in SCORES]:
            raise StopValidation(_l("Choose a mark from 1 to 5."))
