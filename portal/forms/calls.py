"""Forms of the contact centre."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import StopValidation

from .accounts import CodeForm
from .form import Form


class CallForm(Form):
    """Who calls. Sent by POST: an IIN stands in no address."""

    q = StringField(_l("Case number or the caller's IIN"))

    def validate_q(self, field: StringField) -> None:
        if not (field.data or "").strip():
            raise StopValidation(_l("Type the number of a case or complaint, or 12 digits of an IIN."))

    def unfit(self) -> None:
        """What was typed is neither."""
        self.q.errors = [_l("This is neither a number nor an IIN. Ask the caller to read it once more.")]


class CallCodeForm(CodeForm):
    """The code that the caller reads out."""
