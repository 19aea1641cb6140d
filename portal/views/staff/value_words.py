"""Values of the reference data, of staff and of editions as people read them in histories and previews."""

from __future__ import annotations

import re
from typing import Any

from flask import g
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ...forms.reference import KINDS, WEEKS
from ...services.languages import NAMES
from ...services.reference.directory import list_localities, list_organisations, name_in
from ...web.phones import spaced
from .journal_words import ROLES

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_WORDS: dict[str, Any] = {
    "kind": KINDS,
    "week": WEEKS,
    "role": ROLES,
    "language": NAMES,
    "works": {"works": _l("A working day"), "off": _l("A day off")},
    "state": {"draft": _l("Draft"), "published": _l("Published"), "retired": _l("Retired")},
}


def value_words(column: str, value: Any) -> str:
    """A value in the reader's language; a text as it is."""
    if value in (True, False) and isinstance(value, bool):
        return _("yes") if value else _("no")
    if column in _WORDS:
        return str(_WORDS[column].get(value, value))
    if column == "sha256":
        return _("the text with the mark %(mark)s", mark=str(value)[:8])
    if column == "phone":
        return str(spaced(str(value)))
    if column in ("body", "organisation", "locality"):
        return _names().get((column == "locality", value), str(value))
    found = _DAY.fullmatch(str(value))
    return f"{found[3]}.{found[2]}.{found[1]}" if found else str(value)


def _names() -> dict[tuple[bool, Any], str]:
    """Of every town and organisation; read once a page."""
    if "reference_names" not in g:
        towns = {(True, row.code): name_in(row, g.lang) for row in list_localities(g.lang)}
        g.reference_names = towns | {(False, row.code): name_in(row, g.lang) for row in list_organisations(lang=g.lang)}
    names: dict[tuple[bool, Any], str] = g.reference_names
    return names
