"""Why the next try has to wait, by the limit that was reached: said on the page, with when it is possible again."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ..services.identity.limits import LimitReached

_BY_BEGINNING: tuple[tuple[str, Any], ...] = (  # of the limit's name; the first that fits
    ("codes of a person", _l("Codes for this IIN or phone were asked for too often.")),
    ("codes of an owner", _l("You asked for codes too often.")),
    ("codes of strangers", _l("At this moment more codes are asked for in the whole country than can be sent.")),
    ("codes", _l("Too many codes were asked for from your network; others may use it, too.")),
    ("wrong codes", _l("Too many wrong codes came from your network; others may use it, too.")),
    ("wrong passwords", _l("Too many wrong passwords came from your network; others may use it, too.")),
    ("password", _l("The password was wrong too often.")),
    ("factor", _l("The code of the app was wrong too often.")),
    ("look-ups of a case", _l("This number was looked up too often.")),
    ("look-ups", _l("Too many numbers were looked up from your network; others may use it, too.")),
    ("papers", _l("Too many papers were checked from your network; others may use it, too.")),
    ("files", _l("You sent very many files in a short time.")),
    ("letters", _l("You wrote very many messages in a short time.")),
    ("signatures", _l("You tried to sign very often in a short time.")),
    ("calls", _l("You asked for very many callers in a short time.")),
)


def reason(limit: LimitReached) -> str:
    """A sentence in the reader's language. It says nothing about people: only what was done too often."""
    named = (said for beginning, said in _BY_BEGINNING if limit.name.startswith(beginning))
    return str(next(named, _("This was done too often.")))
