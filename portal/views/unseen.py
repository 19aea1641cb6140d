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
from ..forms.applying import ButtonForm
from ..services.identity.codes import CodeRequest
from ..services.local_time import local
from ..web.access import current_account
from ..web.clock import now
from .seen_texts import TextChange, changes_since, mark_of, remember

# The handle of a code, the mark of the text it was sent for, when, and from when on another one: in Unix seconds.
Sent = tuple[str, str, int, int]


@dataclass(frozen=True)
class ToSign:
    """The text to sign, as it is now. `mark` stands for it in the form; `changed`: it is not the one that the reader
    saw last, since `changed_at` if that is known, in these `changes`; `needs_code`: the code was sent for another one;
    `again_at`: from then on a new one may be asked for, None where it may be now."""

    text: str
    handle: str
    mark: str
    changed: bool
    needs_code: bool
    changed_at: dt.datetime | None
    changes: tuple[TextChange, ...] = ()
    again_at: dt.datetime | None = None

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


def sent_for(code: CodeRequest, text: str) -> Sent:
    """What a session keeps of a code that was sent for a text."""
    return code.handle, mark_of(text), int(now().timestamp()), int(code.again_at.timestamp())


def prepared_for(text: str) -> Sent:
    """The same, where no code was sent: the text is signed another way."""
    return "", mark_of(text), int(now().timestamp()), 0


def look(sent: Sent | None, text: str, saved_at: dt.datetime, key: str = "") -> ToSign | None:
    """How the text stands to what the reader saw last; None where no code was sent. `saved_at`: its last change.

    With the `key` of its draft it is also kept that the reader is shown it now, and said what of it has changed.
    """
    if not isinstance(sent, (list, tuple)):
        return None
    handle, own, since, *rest = sent
    mark = mark_of(text)
    last = (request.method == "POST" and request.form.get("text")) or own
    changed = mark != last or mark != own
    changed_at = saved_at if changed and saved_at.timestamp() > since else None
    changes = changes_since(key, last if mark != last else own, text) if key and changed else ()
    if key:
        remember(key, text)
    return ToSign(text, handle, mark, changed, mark != own, changed_at, changes, _later(rest))


def phone_for_codes() -> str:
    """The phone that the reader's codes go to; "" where none is known."""
    account = current_account()
    return account.stated_phone or account.register_phone or ""


def find_changes(form: ButtonForm, key: str, text: str) -> tuple[TextChange, ...]:
    """What has changed since the page of the pressed button was drawn; the form says so, and goes no further."""
    seen = request.form.get("text") if request.method == "POST" else None
    if not seen or seen == mark_of(text) or not form.validate_token():
        return ()
    changes = changes_since(key, seen, text)
    form.form_errors = [_("Your answers were changed elsewhere since you opened this page. Look them over.")]
    return changes or (TextChange("", ""),)


def _later(moments: list[int]) -> dt.datetime | None:
    """From when on another code may be asked for, a minute's rounding included; None where it may be now."""
    moment = dt.datetime.fromtimestamp(moments[0], dt.UTC) if moments else now()
    return moment + dt.timedelta(seconds=59) if moment > now() else None
