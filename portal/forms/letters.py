"""What a citizen writes to the officer about a case."""

from __future__ import annotations

import re
import secrets

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField
from wtforms.validators import StopValidation

from ..services.cases.correspondence import LONGEST_MESSAGE
from ..services.files.slots import FILES_OF_A_LETTER
from ..services.languages import LANGUAGES
from .fields import UploadQuestion
from .form import Form


class LetterForm(Form):
    """A text, files, or both; `once` makes of a form that is sent twice one message."""

    text = TextAreaField(_l("Your message"))
    once = HiddenField()

    @property
    def key(self) -> str:
        """The form's own key; a new one where none of our making came."""
        return self.once.data if re.fullmatch(r"[\w-]{8,24}", self.once.data or "", re.ASCII) else self._new_key()

    def _new_key(self) -> str:
        self.once.data = secrets.token_urlsafe(9)
        return self.once.data

    def validate_text(self, field: TextAreaField) -> None:
        if len(field.data or "") > LONGEST_MESSAGE:
            raise StopValidation(_l("This is too long: at most %(most)s characters.", most=LONGEST_MESSAGE))
        if not (field.data or "").strip() and not self[FILES_OF_A_LETTER.id].data:
            raise StopValidation(_l("Write a message or add a document."))


# A form for each language: the question that takes files is written as those of the passports are.
LETTERS: dict[str, type[LetterForm]] = {
    lang: type("LetterWithFiles", (LetterForm,), {"letter": UploadQuestion(spec=FILES_OF_A_LETTER, lang=lang)})
    for lang in LANGUAGES
}
