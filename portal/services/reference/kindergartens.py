"""Reference data brought in from files: all of a file or nothing, with every error named at once.

The columns are described in docs/reference-data.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from peewee import fn

from ...db import db, lock
from ...models import Group, Kindergarten, Locality, Organisation, Referral
from .rows import ImportRefused, Problem, Row, code_check, fits, length, read_rows

NAMES = ("name_kk", "name_ru", "name_en")
ADDRESSES = ("address_kk", "address_ru", "address_en")
LOCALITY_NAMES = tuple(f"{what}_{lang}" for what in ("region", "locality") for lang in ("kk", "ru", "en"))
OPTIONAL = (*ADDRESSES, "phone")
COLUMNS = (
    "locality", *LOCALITY_NAMES, "body", "kindergarten", *NAMES, *OPTIONAL, "birth_year", "language", "places",
)  # fmt: skip
MOST_PLACES = 1000  # in one group: more is a slip of the hand
_PHONE = re.compile(r"\+7[0-9]{10}")


@dataclass(frozen=True)
class ImportResult:
    """What the file held, and what of its groups was new or got another number of places."""

    localities: int
    kindergartens: int
    groups: int
    added: int
    changed: int


def import_kindergartens(data: bytes) -> ImportResult:
    """Bring in localities, kindergartens and the places of their groups from a CSV file. The same file twice is once.

    What the file does not name stays as it is. Raises ImportRefused with every problem; then nothing was changed.
    """
    return store_kindergartens(read_rows(data, COLUMNS))


def store_kindergartens(rows: list[Row]) -> ImportResult:
    """Check the rows against themselves and the database, then store them in one transaction. Raises ImportRefused."""
    problems = [problem for row in rows for problem in _cell_problems(row)]
    problems += [*_contradictions(rows, "locality", (*LOCALITY_NAMES, "body"))]
    problems += [*_contradictions(rows, "kindergarten", ("locality", *NAMES, *OPTIONAL))]
    if problems:
        raise ImportRefused(problems)
    with db.atomic():
        problems = [*_doubled(rows), *_unknown_bodies(rows), *_moved_kindergartens(rows)]
        if problems:
            raise ImportRefused(problems)
        _store_localities(rows)
        _store_kindergartens(rows)
        added, changed = _store_groups(rows)
    return ImportResult(
        localities=len({row.values["locality"] for row in rows}),
        kindergartens=len({row.values["kindergarten"] for row in rows}),
        groups=len(rows),
        added=added,
        changed=changed,
    )


def _whole_number(least: int, most: int) -> Callable[[str], str | None]:
    def check(text: str) -> str | None:
        fits = text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most
        return None if fits else f"“{text}” is not a whole number from {least} to {most}"

    return check


_CHECKS: dict[str, Callable[[str], str | None]] = {
    **dict.fromkeys(("locality", "kindergarten", "body"), code_check),
    **dict.fromkeys(LOCALITY_NAMES, length(100)),
    **dict.fromkeys(NAMES, length(200)),
    **dict.fromkeys(ADDRESSES, length(300)),
    "phone": fits(_PHONE, "write it as +7XXXXXXXXXX or leave it empty"),
    "birth_year": _whole_number(2000, 2100),
    "language": fits(re.compile("kk|ru"), "write kk or ru"),
    "places": _whole_number(0, MOST_PLACES),
}


def _cell_problems(row: Row) -> Iterator[Problem]:
    for column, check in _CHECKS.items():
        text = row.values[column]
        what = check(text) if text else (None if column in OPTIONAL else "empty")
        if what:
            yield Problem(row.number, column, what)


def _contradictions(rows: list[Row], key: str, columns: tuple[str, ...]) -> Iterator[Problem]:
    """Rows of one locality or kindergarten that do not say the same of it."""
    first: dict[str, Row] = {}
    for row in rows:
        known = first.setdefault(row.values[key], row)
        for column in columns:
            if row.values[column] != known.values[column]:
                yield Problem(row.number, column, f"differs from row {known.number} of the same {key}")


def _doubled(rows: list[Row]) -> Iterator[Problem]:
    first: dict[tuple[str, int, str], Row] = {}
    for row in rows:
        known = first.setdefault(row.group, row)
        if known is not row:
            yield Problem(row.number, "birth_year", f"row {known.number} names the same group already")


def _unknown_bodies(rows: list[Row]) -> Iterator[Problem]:
    known = {row.code for row in Organisation.select(Organisation.code)}
    for row in rows:
        if row.values["body"] not in known:
            yield Problem(row.number, "body", f"there is no organisation with the code “{row.values['body']}”")


def _moved_kindergartens(rows: list[Row]) -> Iterator[Problem]:
    """A kindergarten does not move to another town: its code was given twice."""
    where = {row.code: row.locality.code for row in Kindergarten.select(Kindergarten, Locality).join(Locality)}
    for row in rows:
        locality = where.get(row.values["kindergarten"], row.values["locality"])
        if locality != row.values["locality"]:
            yield Problem(row.number, "kindergarten", f"the code belongs to a kindergarten of {locality} already")


def _store_localities(rows: list[Row]) -> None:
    bodies = {row.code: row.id for row in Organisation.select(Organisation.id, Organisation.code)}
    for values in {row.values["locality"]: row.values for row in rows}.values():
        data = {f"region_{lang}": values[f"region_{lang}"] for lang in ("kk", "ru", "en")}
        data |= {f"name_{lang}": values[f"locality_{lang}"] for lang in ("kk", "ru", "en")}
        data |= {"body": bodies[values["body"]]}
        Locality.insert(code=values["locality"], **data).on_conflict(
            conflict_target=[Locality.code], update=data
        ).execute()


def _store_kindergartens(rows: list[Row]) -> None:
    localities = {row.code: row.id for row in Locality.select(Locality.id, Locality.code)}
    for values in {row.values["kindergarten"]: row.values for row in rows}.values():
        data = {column: values[column] for column in (*NAMES, *OPTIONAL)}
        data |= {"locality": localities[values["locality"]]}
        Kindergarten.insert(code=values["kindergarten"], **data).on_conflict(
            conflict_target=[Kindergarten.code], update=data
        ).execute()


def _store_groups(rows: list[Row]) -> tuple[int, int]:
    """Store the places: (new groups, changed ones). Raises ImportRefused where children hold more places than that."""
    kindergartens = {row.code: row.id for row in Kindergarten.select(Kindergarten.id, Kindergarten.code)}
    localities = {row.code: row.id for row in Locality.select(Locality.id, Locality.code)}
    for locality_id, birth_year in sorted({(localities[row.values["locality"]], row.group[1]) for row in rows}):
        lock(f"queue:{locality_id}:{birth_year}")  # the lock of services.preschool: no place is given meanwhile
    groups = Group.select(Group, Kindergarten).join(Kindergarten)
    stored = {(group.kindergarten.code, group.birth_year, group.language): group for group in groups}
    problems: list[Problem] = []
    added = changed = 0
    for row in rows:
        code, birth_year, language = row.group
        places = int(row.values["places"])
        group = stored.get(row.group)
        if group is None:
            Group.create(kindergarten=kindergartens[code], birth_year=birth_year, language=language, places=places)
            added += 1
        elif group.places != places:
            problems += _change_places(group, places, row.number)
            changed += 1
    if problems:
        raise ImportRefused(problems)
    return added, changed


def _change_places(group: Group, places: int, number: int) -> Iterator[Problem]:
    held = Referral.select(fn.COUNT(Referral.id)).where(Referral.group == group, Referral.seat.is_null(False)).scalar()
    if held > places:
        yield Problem(number, "places", f"{places} is too few: {held} children hold a place of this group already")
        return
    _close_ranks(group, places)
    Group.update(places=places).where(Group.id == group.id).execute()


def _close_ranks(group: Group, places: int) -> None:
    """Seats are numbered from 1 to `places`: who holds one beyond that gets a free number below."""
    held = list(Referral.select().where(Referral.group == group, Referral.seat.is_null(False)).order_by(Referral.seat))
    taken = {row.seat for row in held}
    free = (seat for seat in range(1, places + 1) if seat not in taken)
    for row in held:
        if row.seat is not None and row.seat > places:
            Referral.update(seat=next(free)).where(Referral.id == row.id).execute()
