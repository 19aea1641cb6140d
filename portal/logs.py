"""What the log looks like: a line a record, no person's number in it, and nothing typed by a reader forges a line."""

from __future__ import annotations

import logging
import re
import unicodedata

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"

_PERSONAL = re.compile(r"(?<!\d)\d{12}(?!\d)|\+7\d{10}(?!\d)")  # an IIN or a phone
_FORGING = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # ends of lines, codes of terminals, signs that turn the direction

# What these say at DEBUG or INFO holds people's data: SQL with its values, the headers of an SMS.
_TALKATIVE = {"peewee": logging.INFO, "httpx": logging.WARNING, "httpcore": logging.WARNING}


class LineFormatter(logging.Formatter):
    """Writes each record so that only its own first line begins at the margin; a trace stands indented below it.

    What an exception says may quote a row or a form, so numbers are masked here, whoever logged them.
    """

    def format(self, record: logging.LogRecord) -> str:
        lines = _PERSONAL.sub(_masked, super().format(record)).split("\n")
        return "\n    ".join("".join(map(_plain, line)) for line in lines)


def set_up(level: int) -> None:
    """Send the log to standard error. Call it once a process, before the application is made."""
    handler = logging.StreamHandler()
    handler.setFormatter(LineFormatter(FORMAT))
    logging.basicConfig(level=level, handlers=[handler])
    for name, least in _TALKATIVE.items():
        logging.getLogger(name).setLevel(least)


def _masked(found: re.Match[str]) -> str:
    return found[0][:4] + "*" * (len(found[0]) - 4)


def _plain(sign: str) -> str:
    if unicodedata.category(sign) in _FORGING:
        return sign.encode("unicode_escape").decode()
    return sign
