"""What differs between two editions of a passport, place by place, in the words of the file. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from ..passports.faults import Path, spell
from ..passports.schema import Passport

SECTIONS = ("text", "steps", "terms", "channels", "refusal_grounds", "complaints", "policy")
_LANGUAGES = {"kk", "ru", "en"}


@dataclass(frozen=True)
class Difference:
    """One place that is `added`, `removed` or `changed`, in a section of the passport ("text", "steps", … "other").

    A value is a plain one, or a text in three languages as {"kk": …, "ru": …, "en": …}; None where there is none.
    """

    section: str
    kind: str
    where: str
    before: Any = None
    after: Any = None


def compare(old: Passport, new: Passport) -> list[Difference]:
    """Everything that differs, in the order of the sections; the edition's own dates are left out."""
    before, after = _plain(old), _plain(new)
    found = [
        _difference(path, first, second)
        for key in dict.fromkeys([*before, *after])
        if key not in ("edition", "effective")
        for path, first, second in _walk((key,), before.get(key), after.get(key))
    ]
    order = {section: place for place, section in enumerate((*SECTIONS, "other"))}
    return sorted(found, key=lambda difference: order[difference.section])


def _plain(passport: Passport) -> dict[str, Any]:
    return passport.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _difference(path: Path, before: Any, after: Any) -> Difference:
    kind = "added" if before is None else "removed" if after is None else "changed"
    section = str(path[0]) if path[0] in SECTIONS else "other"
    return Difference(section, kind, spell(path), before, after)


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
