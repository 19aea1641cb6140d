"""A day that matters as a calendar file (iCalendar, RFC 5545): a whole day, a reminder the day before. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

LONGEST_LINE = 75  # bytes, without the line's end
REMIND = "-PT15H"  # before the day begins: at nine o'clock the day before


def calendar_file(uid: str, title: str, day: dt.date, text: str, place: str, address: str, now: dt.datetime) -> bytes:
    """The file of one day. `uid`: the same day imported twice is one; `address`: of the page that tells more.

    `text` and `place` may be empty. Lines end as CRLF and are folded by bytes, never inside a letter.
    """
    stamp = f"{now.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Qyzmet//kk", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        "BEGIN:VEVENT", f"UID:{uid}", f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{day + dt.timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escape(title)}", f"DESCRIPTION:{_escape(text)}" if text else "",
        f"LOCATION:{_escape(place)}" if place else "", f"URL:{address}", "TRANSP:TRANSPARENT",
        "BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{_escape(title)}", f"TRIGGER:{REMIND}", "END:VALARM",
        "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    return b"".join(part + b"\r\n" for line in lines if line for part in _fold(line))


def _escape(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, "\\" + sign)
    return "\\n".join(text.splitlines())


def _fold(line: str) -> Iterator[bytes]:
    """The line in pieces; each one after the first begins with a space."""
    piece = b""
    for sign in line:
        letter = sign.encode()
        if len(piece) + len(letter) > LONGEST_LINE:
            yield piece
            piece = b" "
        piece += letter
    yield piece
