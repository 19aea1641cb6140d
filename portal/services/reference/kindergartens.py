"""Reference data brought in from files: all of a file or nothing, with every error named at once.

The columns are described in docs/reference-data.md.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from peewee import fn

from ...db import db, lock
from ...models import Group, Kindergarten, Locality, Organisation, Referral
from ..passports.faults import N_, Said
from .rows import (
    EMPTY,
    FileRow,
    ImportRefused,
    Problem,
    code_check,
    fits,
    length,
    no_organisation,
    phone_check,
    read_rows,
    whole_number,
)

NAMES = ("name_kk", "name_ru", "name_en")
ADDRESSES = ("address_kk", "address_ru", "address_en")
LOCALITY_NAMES = tuple(f"{what}_{lang}" for what in ("region", "locality") for lang in ("kk", "ru", "en"))
OPTIONAL = (*ADDRESSES, "phone")
COLUMNS = (
    "locality", *LOCALITY_NAMES, "body", "kindergarten", *NAMES, *OPTIONAL, "birth_year", "language", "places",
)  # fmt: skip
MOST_PLACES = 1000  # in one group: more is a slip of the hand


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


def store_kindergartens(rows: list[FileRow]) -> ImportResult:
    """Check the rows against themselves and the database, then store them in one transaction. Raises ImportRefused."""
    with db.atomic():
        problems = [problem for row in rows for problem in _cell_problems(row)]
        problems += _unknown_bodies(rows, {problem.row for problem in problems if problem.column == "body"})
        named = {(problem.row, problem.column) for problem in problems}
        problems += _contradictions(rows, "locality", (*LOCALITY_NAMES, "body"), named)
        problems += _contradictions(rows, "kindergarten", ("locality", *NAMES, *OPTIONAL), named)
        if not problems:
            problems = [*_doubled(rows), *_moved_kindergartens(rows)]
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


_CHECKS: dict[str, Callable[[str], Said | None]] = {
    **dict.fromkeys(("locality", "kindergarten", "body"), code_check),
    **dict.fromkeys(LOCALITY_NAMES, length(100)),
    **dict.fromkeys(NAMES, length(200)),
    **dict.fromkeys(ADDRESSES, length(300)),
    "phone": phone_check,
    "birth_year": whole_number(2000, 2100),
    "language": fits(re.compile("kk|ru"), N_("“%(text)s” does not fit; write kk or ru")),
    "places": whole_number(0, MOST_PLACES),
}


def _cell_problems(row: FileRow) -> Iterator[Problem]:
    for column, check in _CHECKS.items():
        text = row.values[column]
        what = check(text) if text else (None if column in OPTIONAL else EMPTY)
        if what:
            yield Problem(row.number, column, what)


def _contradictions(
    rows: list[FileRow], key: str, columns: tuple[str, ...], named: set[tuple[int | None, str | None]]
) -> Iterator[Problem]:
    """Rows of one locality or kindergarten that do not say what most of its rows say. `named` cells are wrong anyway:
    they are named already, and nothing is compared with them."""
    groups: dict[str, list[FileRow]] = {}
    for row in rows:
        groups.setdefault(row.values[key], []).append(row)
    for group, column in itertools.product(groups.values(), columns):
        sound = [row for row in group if (row.number, column) not in named]
        said = Counter(row.values[column] for row in sound)
        if len(said) > 1:
            usual = said.most_common(1)[0][0]  # of values as frequent, the one that stands first
            known = next(row for row in sound if row.values[column] == usual)
            what = N_(_DIFFERS[key], row=known.number)
            yield from (Problem(row.number, column, what) for row in sound if row.values[column] != usual)


_DIFFERS = {
    "locality": N_("differs from row %(row)s of the same locality"),
    "kindergarten": N_("differs from row %(row)s of the same kindergarten"),
}


def _doubled(rows: list[FileRow]) -> Iterator[Problem]:
    first: dict[tuple[str, int, str], FileRow] = {}
    for row in rows:
        known = first.setdefault(row.group, row)
        if known is not row:
            what = N_("row %(row)s names the same group already", row=known.number)
            yield Problem(row.number, "birth_year", what)


def _unknown_bodies(rows: list[FileRow], unreadable: set[int | None]) -> Iterator[Problem]:
    known = {row.code: row.kind for row in Organisation.select(Organisation.code, Organisation.kind)}
    providers = [code for code, kind in known.items() if kind == "provider"]
    for row in rows:
        if row.number not in unreadable and row.values["body"] not in known:
            yield Problem(row.number, "body", no_organisation(row.values["body"], providers))


def _moved_kindergartens(rows: list[FileRow]) -> Iterator[Problem]:
    """A kindergarten does not move to another town: its code was given twice."""
    where = {row.code: row.locality.code for row in Kindergarten.select(Kindergarten, Locality).join(Locality)}
    for row in rows:
        locality = where.get(row.values["kindergarten"], row.values["locality"])
        if locality != row.values["locality"]:
            what = N_("the code belongs to a kindergarten of %(town)s already", town=locality)
            yield Problem(row.number, "kindergarten", what)


def _store_localities(rows: list[FileRow]) -> None:
    bodies = {row.code: row.id for row in Organisation.select(Organisation.id, Organisation.code)}
    for values in {row.values["locality"]: row.values for row in rows}.values():
        data = {f"region_{lang}": values[f"region_{lang}"] for lang in ("kk", "ru", "en")}
        data |= {f"name_{lang}": values[f"locality_{lang}"] for lang in ("kk", "ru", "en")}
        data |= {"body": bodies[values["body"]]}
        Locality.insert(code=values["locality"], **data).on_conflict(
            conflict_target=[Locality.code], update=data
        ).execute()


def _store_kindergartens(rows: list[FileRow]) -> None:
    localities = {row.code: row.id for row in Locality.select(Locality.id, Locality.code)}
    for values in {row.values["kindergarten"]: row.values for row in rows}.values():
        data = {column: values[column] for column in (*NAMES, *OPTIONAL)}
        data |= {"locality": localities[values["locality"]]}
        Kindergarten.insert(code=values["kindergarten"], **data).on_conflict(
            conflict_target=[Kindergarten.code], update=data
        ).execute()


def _store_groups(rows: list[FileRow]) -> tuple[int, int]:
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
        values = {"places": places, "held": held}
        what = N_("%(places)s is too few; places of this group held by children: %(held)s", **values)
        yield Problem(number, "places", what)
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
