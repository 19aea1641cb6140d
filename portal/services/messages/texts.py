"""The texts of messages, by kind and language. Pure."""

from __future__ import annotations

from .message_kind import Letter
from .message_kinds import MESSAGES


class NotWritten(LookupError):
    """Messages of this kind do not go this way."""


def sms(kind: str, lang: str, **values: object) -> str:
    """The text of an SMS; dates are given as dd.mm.yyyy. An unknown language is Kazakh.

    Raises UnknownKind, NotWritten, or KeyError for a missing value.
    """
    words = MESSAGES.get(kind).sms
    if words is None:
        raise NotWritten(f"{kind} is no SMS")
    return words.say(lang, **values)


def get_letter(kind: str) -> Letter:
    """The letter of a kind. Raises UnknownKind, NotWritten."""
    letter = MESSAGES.get(kind).letter
    if letter is None:
        raise NotWritten(f"{kind} is no letter")
    return letter


def write_out(letter: Letter, lang: str, **values: str) -> tuple[str, str]:
    """Subject and text. Raises KeyError for a missing value."""
    return letter.subject.say(lang, **values), letter.text.say(lang, **values)
