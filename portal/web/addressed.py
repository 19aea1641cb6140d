"""What an address asks for behind its question mark: numbers and days, None where there is none that could be."""

from __future__ import annotations

import datetime as dt
import re

from flask import request

from ..db import MOST_ROWS

_NUMBER = re.compile(r"[0-9]{1,19}")


def asked_number(name: str) -> int | None:
    """The id of a row."""
    text = request.args.get(name, "")
    number = int(text) if _NUMBER.fullmatch(text) else None
    return number if number is not None and number <= MOST_ROWS else None


def asked_day(name: str) -> dt.date | None:
    """A day in which there can be cases."""
    try:
        day = dt.date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    return day if 2000 <= day.year < 2100 else None
