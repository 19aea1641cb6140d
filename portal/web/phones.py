"""Telephone numbers in texts, as links that dial."""

from __future__ import annotations

import re
from urllib.parse import quote

from flask import Flask
from markupsafe import Markup, escape

# The contact centre's short number; a full number with or without dashes and blanks, from 8 or +7.
_PHONE = re.compile(r"(?<![\w.-])(1414|(?:8|\+7)(?:[ ()-]{0,2}\d){10})(?![\w-])")


def dial(number: str) -> str:
    """What a telephone dials: +7 and ten digits, or the short number as it is."""
    digits = re.sub(r"\D", "", number)
    return f"+7{digits[1:]}" if len(digits) == 11 else digits


def spaced(number: str) -> str:
    """A full number as people read it out: +7 711 226 04 65; anything else as it is."""
    dialled = dial(number)
    if not re.fullmatch(r"\+7\d{10}", dialled):
        return number
    return f"+7 {dialled[2:5]} {dialled[5:8]} {dialled[8:10]} {dialled[10:]}"


def link_phones(text: str) -> Markup:
    """The text, escaped, with every telephone number a tel: link. Not a letter of it changes."""
    return Markup(_PHONE.sub(lambda match: f'<a href="tel:{dial(match[0])}">{match[0]}</a>', str(escape(text))))  # noqa: S704


def map_link(address: str) -> str:
    """Where an address is shown on a map, in any browser."""
    return f"https://www.openstreetmap.org/search?query={quote(address)}"


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(link_phones=link_phones, dial=dial, spaced=spaced, map_link=map_link)
