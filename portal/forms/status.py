"""The look-up of a case by its number and the code from its receipt."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import InputRequired

from .form import Form


class StatusForm(Form):
    number = StringField(
        _l("Application or complaint number"),
        [InputRequired(_l("Write the number from the receipt."))],
        description=_l("For example 7F3M-2K9PX. Not the incoming number, and not the number in the queue"),
    )
    code = StringField(
        _l("Receipt or check code"),
        [InputRequired(_l("Write the code from the receipt."))],
        description=_l(
            "8 letters and digits: “Receipt code” on a receipt, “Check code” on the confirmation of a complaint"
        ),
    )

    def pair_wrong(self) -> None:
        """Which of the two is wrong is not told."""
        self.number.errors = [_l("Nothing was found by this number and code. Compare both with the receipt.")]
