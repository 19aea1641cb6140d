"""What is wrong in a passport file, said so that its author can mend it: paths and sentences. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import NamedTuple

Path = tuple[str | int, ...]


class Fault(NamedTuple):
    """One thing wrong: where (keys and list places, from the thing that is read) and what, with the mend."""

    path: Path
    what: str

    def __str__(self) -> str:
        return f"{spell(self.path)}: {self.what}" if self.path else self.what


class Faults(ValueError):
    """Everything wrong that one reading found."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(map(str, self.faults)))


def spell(path: Path) -> str:
    """A path as people read it: channels[1].hours.sat."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def shown(value: object) -> str:
    """A value from a file, as its author would recognise it in a sentence."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a group of keys"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    text = text if len(text) <= 60 else text[:57] + "…"
    return f'"{text}"' if isinstance(value, str) else text


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant."""
    known = list(known)
    longer = [
        each for each in known if len(each) > 2 and len(word) > 2 and (word.startswith(each) or each.startswith(word))
    ]
    return next(iter([*get_close_matches(word, known, n=1, cutoff=0.6), *longer]), None)


def key_faults(path: Path, key: str, known: Iterable[str]) -> list[Fault]:
    """The fault of a key that means nothing there, with the key that was probably meant."""
    known = sorted(known)
    meant = nearest(key, known)
    mend = f'did you mean "{meant}"?' if meant else f"the keys here are {', '.join(known)}"
    return [Fault(path, f'"{key}" is not a key here; {mend}')]


def choice_fault(value: object, choices: Iterable[str]) -> str:
    """What to say of a value that is none of the few that may stand there."""
    choices = [str(choice) for choice in choices]
    meant = nearest(value, choices) if isinstance(value, str) else None
    mend = f'did you mean "{meant}"?' if meant else f"write one of {', '.join(choices)}"
    if choices == ["always"] and not meant:
        mend = 'write always, or days: {mon-fri: "09:00-18:30"}'
    return f"{shown(value)} cannot stand here; {mend}"
