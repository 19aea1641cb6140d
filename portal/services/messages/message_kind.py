"""What a kind of message is: an SMS to the citizen, a letter to the office, or both. Pure.

One Cyrillic letter makes a whole SMS UCS-2: 70 characters, and 67 in each part of a longer one. English stays in the
seven-bit alphabet: 160. Case endings are never glued to a value. No text names a child or a kindergarten: phones are
lent; no letter names anybody: mail travels.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ..kinds import Words

Reader = Literal["holder", "managers", "named_body", "member", "administrators"]
LENGTHS = {"kk": 67, "ru": 67, "en": 160}  # of one SMS
LONGEST: Mapping[str, int] = {"code": 6, "number": 10, "place": 4, "due": 10}  # values, in characters


class TextUnfit(ValueError):
    """The text does not go into one SMS."""


@dataclass(frozen=True)
class Letter:
    """`to`: who has the case, else its body; the managers and heads of its body; a body that is named; a member of
    staff, about their own account; the portal's administrators."""

    subject: Words
    text: Words
    to: tuple[Reader, ...]


@dataclass(frozen=True)
class MessageKind:
    """`longest`: of values that are longer here than elsewhere, in characters. `asks_rating`: it tells a result, and
    whether that was good is asked once, a day later. `parts`: of how many an SMS may be made where an address has to
    stand in it. `by_day`: what nobody needs by night waits for the morning. Raises TextUnfit where the longest one is
    longer."""

    id: str
    sms: Words | None = None
    letter: Letter | None = None
    longest: Mapping[str, int] = field(default_factory=dict)
    asks_rating: bool = False
    parts: int = 1
    by_day: bool = False

    def __post_init__(self) -> None:
        if self.sms is None:
            return
        lengths = {**LONGEST, **self.longest}
        for lang, one in LENGTHS.items():
            most = one if self.parts == 1 else self.parts * min(one, 153)
            names = Words.values(self.sms.in_(lang))
            if unknown := set(names) - set(lengths):
                raise TextUnfit(f"{self.id}: how long may {', '.join(sorted(unknown))} be?")
            text = self.sms.say(lang, **{name: "0" * lengths[name] for name in names})
            if len(text) > most or (lang == "en" and not text.isascii()):
                raise TextUnfit(f"{self.id}, {lang}, {len(text)}: {text}")
