"""What is wrong in a passport file, said so that its author can mend it: paths and sentences. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import NamedTuple

Path = tuple[str | int, ...]
Translate = Callable[[str], str]  # a sentence of the code -> the same one in the reader's language


class Said(str):
    """A sentence in English that can be said in other languages too; made by N_()."""

    msgid: str
    values: Mapping[str, object]

    def in_words(self, translate: Translate) -> str:
        """The sentence in another language; what is said inside it as well."""
        values = {name: in_words(value, translate) for name, value in self.values.items()}
        return translate(self.msgid) % values if values else translate(self.msgid)


def N_(msgid: str, **values: object) -> Said:
    """A sentence with values in it, "%(name)s", to be translated where somebody reads it."""
    said = Said(msgid % values if values else msgid)
    said.msgid, said.values = msgid, values
    return said


def in_words(value: object, translate: Translate) -> str:
    """A sentence in the reader's language; anything else as it is."""
    return value.in_words(translate) if isinstance(value, Said) else str(value)


class Fault(NamedTuple):
    """One thing wrong: where (keys and list places, from the thing that is read) and what, with the mend.

    `line`, `column`: where that stands in the file, counted from 1; None where no file was read.
    """

    path: Path
    what: Said | str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return self.in_words(str)

    def in_words(self, translate: Translate) -> str:
        """Place and sentence in the reader's language."""
        parts = [self._place(translate), spell(self.path), in_words(self.what, translate)]
        return ": ".join(part for part in parts if part)

    def _place(self, translate: Translate) -> str:
        if self.line is None:
            return ""
        if self.column is None:
            return N_("line %(line)s", line=self.line).in_words(translate)
        return N_("line %(line)s, column %(column)s", line=self.line, column=self.column).in_words(translate)


class Faults(ValueError):
    """Everything wrong that one reading found."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(map(str, self.faults)))

    def in_words(self, translate: Translate) -> str:
        """All of them in the reader's language."""
        return "; ".join(fault.in_words(translate) for fault in self.faults)


def said_at(fault: Fault) -> Said | str:
    """The place and the sentence as one, to be said in the reader's language later."""
    place, build = spell(fault.path), N_  # no words of its own to translate: only what is said inside it
    return build("%(place)s: %(what)s", place=place, what=fault.what) if place else fault.what


def spell(path: Path) -> str:
    """A path as people read it: channels[1].hours.sat."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def shown(value: object) -> str:
    """A value from a file, as its author would recognise it in a sentence."""
    if value is None:
        return N_("nothing")
    if isinstance(value, dict):
        return N_("a group of keys")
    if isinstance(value, list | tuple):
        return N_("a list")
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


def meant(word: str, known: Iterable[str]) -> Said:
    """The mend for a word that means nothing: the one that was probably meant, else all there are."""
    known = list(known)
    near = nearest(word, known)
    if near:
        return N_('did you mean "%(word)s"?', word=near)
    return N_("the known ones are %(known)s", known=", ".join(known))


def key_faults(path: Path, key: str, known: Iterable[str]) -> list[Fault]:
    """The fault of a key that means nothing there, with the key that was probably meant."""
    known = sorted(known)
    near = nearest(key, known)
    mend = (
        N_('did you mean "%(word)s"?', word=near) if near else N_("the keys here are %(known)s", known=", ".join(known))
    )
    return [Fault(path, N_('"%(key)s" is not a key here; %(mend)s', key=key, mend=mend))]


def choice_fault(value: object, choices: Iterable[str]) -> Said:
    """What to say of a value that is none of the few that may stand there."""
    choices = [str(choice) for choice in choices]
    near = nearest(value, choices) if isinstance(value, str) else None
    if near:
        mend = N_('did you mean "%(word)s"?', word=near)
    elif choices == ["always"]:
        mend = N_('write always, or days: {mon-fri: "09:00-18:30"}')
    else:
        mend = N_("write one of %(choices)s", choices=", ".join(choices))
    return N_("%(value)s cannot stand here; %(mend)s", value=shown(value), mend=mend)
