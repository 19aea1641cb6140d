"""What a signing page promises: nobody signs a text that they have not seen, and a code signs its own text only.

The page bears a mark of the text that it shows. Where the text has become another one since the page was drawn or the
code was sent (a change in another window or on another device, the other language), the press of the button signs
nothing: the reader is shown the text as it is now, and told when it changed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import request
from flask_babel import gettext as _

from ..forms.accounts import CodeForm
from ..services.local_time import local
from ..services.signatures.text_hash import text_hash
from ..web.clock import now

Sent = tuple[str, str, int]  # the handle of a code, the mark of the text it was sent for, and when, in Unix seconds


@dataclass(frozen=True)
class ToSign:
    """The text to sign, as it is now. `mark` stands for it in the form; `changed`: it is not the one that the reader
    saw last, since `changed_at` if that is known; `needs_code`: the code was sent for another one."""

    text: str
    handle: str
    mark: str
    changed: bool
    needs_code: bool
    changed_at: dt.datetime | None

    @property
    def words(self) -> list[str]:
        """What the reader is told of a change; nothing where there is none."""
        if not self.changed:
            return []
        words = [
            _("The text was changed at %(time)s, in another window or on another device. Read it again.",
              time=f"{local(self.changed_at):%H:%M}")
            if self.changed_at else _("This is not the text that you saw before. Read it again.")
        ]  # fmt: skip
        if self.needs_code:
            words.append(
                _("The code that was sent before does not sign it. Ask for a new code.")
                if self.handle
                else _("What you saved before does not sign it. Prepare this text, and save it anew.")
            )
        return words

    def accepts(self, form: CodeForm) -> bool:
        """Whether a code was typed under this very text. Where it was another, the form says so and no try is lost."""
        if request.method == "POST" and self.changed:
            if form.validate_token():
                form.form_errors = self.words
            return False
        return form.validate_on_submit()


def sent_for(handle: str, text: str) -> Sent:
    """What a session keeps of a code that was sent for a text."""
    return handle, _mark(text), int(now().timestamp())


def look(sent: Sent | None, text: str, saved_at: dt.datetime) -> ToSign | None:
    """How the text stands to what the reader saw last; None where no code was sent. `saved_at`: its last change."""
    if not isinstance(sent, (list, tuple)):
        return None
    handle, own, since = sent
    mark = _mark(text)
    last = (request.method == "POST" and request.form.get("text")) or own
    changed = mark != last or mark != own
    changed_at = saved_at if changed and saved_at.timestamp() > since else None
    return ToSign(text, handle, mark, changed, mark != own, changed_at)


def _mark(text: str) -> str:
    """Short, for it goes down and up with the page: it tells a person's own few texts apart, and guards nothing."""
    return text_hash(text)[:7]
