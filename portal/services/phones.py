"""Phone numbers as people type them. Pure."""

from __future__ import annotations

import re

from ..typed_text import clean_number

_WHOLE = re.compile(r"(?:\+7|[78])([0-9]{10})|(7[0-9]{9})")
_SIGNS = re.compile(r"[\s()\-.]+")


def normalise_phone(text: str) -> str | None:
    """A Kazakh mobile number as +7XXXXXXXXXX from "8 701 …", "+7 (701) …", "701 …"; None when it is none.

    Mobile codes begin with 7: +7 7XX XXX XX XX; those from 710 to 729 are towns.
    """
    phone = read_phone(text)
    return phone if phone and phone[2] == "7" and phone[3] not in "12" else None


def read_phone(text: str) -> str | None:
    """Any number of Kazakhstan, of a town or a mobile one, as +7XXXXXXXXXX; None when it is none."""
    found = _WHOLE.fullmatch(plain_phone(text))
    return f"+7{found[1] or found[2]}" if found else None


def plain_phone(text: str) -> str:
    """Any phone number, a town's too, without what people put between its digits."""
    return _SIGNS.sub("", clean_number(text))
