"""What differs between two editions of a passport, place by place. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from ..passports.faults import Path, spell
from ..passports.schema import Passport

SECTIONS = ("text", "steps", "terms", "channels", "refusal_grounds", "complaints", "policy")
NAMED_BY = ("title", "short", "label", "name", "text")  # what tells an entry of a list from the others
_LANGUAGES = {"kk", "ru", "en"}
_UNSAID = ("fields", "options", "body")  # lists whose entries say enough by themselves


@dataclass(frozen=True)
class Difference:
    """One place that is `added`, `removed` or `changed`, in a section of the passport ("text", "steps", … "other").

    A value is a plain one, or a text in three languages as {"kk": …, "ru": …, "en": …}; None where there is none.
    `where` is the place as the file calls it; `place` the same for readers: the key of a passport, the text of an
    entry of a list, or its number from 1 where it has no text.
    """

    section: str
    kind: str
    where: str
    before: Any = None
    after: Any = None
    place: tuple[Any, ...] = ()


def compare(old: Passport, new: Passport) -> list[Difference]:
    """Everything that differs, in the order of the sections; the edition's own dates are left out."""
    before, after = _plain(old), _plain(new)
    found = [
        _difference(path, first, second, before, after)
        for key in dict.fromkeys([*before, *after])
        if key not in ("edition", "effective")
        for path, first, second in _walk((key,), before.get(key), after.get(key))
    ]
    order = {section: place for place, section in enumerate((*SECTIONS, "other"))}
    return sorted(found, key=lambda difference: order[difference.section])


def _plain(passport: Passport) -> dict[str, Any]:
    return passport.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _difference(path: Path, before: Any, after: Any, old: Any, new: Any) -> Difference:
    kind = "added" if before is None else "removed" if after is None else "changed"
    section = str(path[0]) if path[0] in SECTIONS else "other"
    place = _place(path, old if kind == "removed" else new, new if kind == "removed" else old)
    return Difference(section, kind, spell(path), before, after, place)


def _place(path: Path, first: Any, second: Any) -> tuple[Any, ...]:
    """The parts of a path as readers know them; `second` is asked where `first` has no such place."""
    place: list[Any] = []
    for number, part in enumerate(path):
        listed = isinstance(first if first is not None else second, list)
        first, second = _below(first, part), _below(second, part)
        if listed:
            place.append(_name_of(first if first is not None else second, part))
        elif not (number == 0 and part in SECTIONS) and part not in _UNSAID:
            place.append(part)
    return tuple(place)


def _below(value: Any, part: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(part)
    if not isinstance(value, list):
        return None
    if isinstance(part, int):
        return value[part] if part < len(value) else None
    return next((entry for entry in value if entry.get("id") == part), None)


def _name_of(entry: Any, part: str | int) -> Any:
    """The text by which people know an entry, before it its number where the passport gives one; else its place."""
    named: Any = {} if not isinstance(entry, dict) or _is_text(entry) else entry
    text = next((named[name] for name in NAMED_BY if _is_text(named.get(name))), None)
    if text is not None:
        before = f"{named['number']}. " if isinstance(named.get("number"), str) else ""
        return {lang: before + words for lang, words in text.items()}
    return part + 1 if isinstance(part, int) else part


def _walk(path: Path, before: Any, after: Any) -> Iterator[tuple[Path, Any, Any]]:
    """The places below `path` where two values differ."""
    if before == after:
        return
    if all(value is None or _is_group(value) for value in (before, after)):
        old, new = before or {}, after or {}
        for key in dict.fromkeys([*old, *new]):
            yield from _walk((*path, key), old.get(key), new.get(key))
    elif all(value is None or isinstance(value, list) for value in (before, after)):
        old, new = before or [], after or []
        yield from (_walk_by_id if _have_ids([*old, *new]) else _walk_in_order)(path, old, new)
    else:
        yield path, before, after


def _walk_by_id(path: Path, before: list[Any], after: list[Any]) -> Iterator[tuple[Path, Any, Any]]:
    old, new = ({entry["id"]: entry for entry in entries} for entries in (before, after))
    for id in dict.fromkeys([*old, *new]):
        yield from _walk((*path, id), old.get(id), new.get(id))
    kept = [id for id in new if id in old]
    if kept != [id for id in old if id in new]:
        yield (*path, "order"), ", ".join(old), ", ".join(new)


def _walk_in_order(path: Path, before: list[Any], after: list[Any]) -> Iterator[tuple[Path, Any, Any]]:
    """Entries without ids: those that stay are found, so that one statement put in does not change all that follow."""
    old, new = ([json.dumps(entry, sort_keys=True) for entry in entries] for entries in (before, after))
    for what, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        paired = min(i2 - i1, j2 - j1)
        for step in range(paired):
            yield from _walk((*path, j1 + step), before[i1 + step], after[j1 + step])
        for place in range(i1 + paired, i2):
            yield from _walk((*path, place), before[place], None)
        for place in range(j1 + paired, j2):
            yield from _walk((*path, place), None, after[place])


def _is_group(value: Any) -> bool:
    return isinstance(value, dict) and not _is_text(value)


def _is_text(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == _LANGUAGES


def _have_ids(entries: list[Any]) -> bool:
    return all(isinstance(entry, dict) and "id" in entry for entry in entries)
