"""What sheets are made of: the parts of a layout, and values as papers write them. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from .. import languages, local_time
from ..kinds import Words

Line = tuple[str, str]


@dataclass(frozen=True)
class Part:
    """A part under its own title: paragraphs, then numbered clauses, then a table; what is empty is not drawn."""

    title: str
    text: tuple[str, ...] = ()
    numbered: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Layout:
    """What a kind of paper says, from the top down. `headline` is the value people come for.

    `registered`: the paper's own number in the body's books, with the town (`place`) beside it; `signer`: post, name;
    `headline_id`: the name of the headline's value on the page, for tests and scripts.
    """

    registered: Line | None = None
    place: str = ""
    subject: str = ""
    headline: Line | None = None
    headline_id: str = ""
    lead: str = ""
    lines: tuple[Line, ...] = ()
    text: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    signer: Line | None = None
    notes: tuple[str, ...] = ()


def lines(language: str, *pairs: tuple[Words, str]) -> tuple[Line, ...]:
    """Lines with these labels; without a value there is no line."""
    return tuple((label.in_(language), value) for label, value in pairs if value)


def paragraphs(text: str) -> tuple[str, ...]:
    """What somebody typed, a paragraph for each line that is not empty."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def iso_date(iso: str, language: str) -> str:
    """A date as papers write it."""
    return languages.format_date(dt.date.fromisoformat(iso), language)


def iso_moment(iso: str, language: str) -> str:
    """Date and time as papers write them."""
    return languages.format_moment(dt.datetime.fromisoformat(iso), language)


def iso_term(iso: str, language: str) -> str:
    """A term in working days ends with its last day (at 23:59:59), one in minutes at a minute."""
    moment = dt.datetime.fromisoformat(iso)
    if local_time.local(moment).time() == dt.time(23, 59, 59):
        return languages.format_date(moment, language)
    return languages.format_moment(moment, language)
