"""The tables of the reference data as files and pages change them: one way in, with a look before it is taken."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from ...db import db, lock
from ...models import Group, Kindergarten, Locality, MovedDay, Organisation, StaffMember
from ..languages import sort_key
from ..passports.schema import Passport
from ..records import changes as reference_changes
from ..records.changes import Change, differences
from ..spreadsheets import Sheet
from ..terms import days_off
from . import kindergartens, localities, organisations_csv
from .directory import list_localities, list_organisations, name_in
from .rows import FileRow, read_rows

T = TypeVar("T")
Rows = list[dict[str, str]]
States = dict[str, dict[str, dict[str, Any]]]  # what history keeps: {table: {key: values}}


class RowNotFound(LookupError):
    """There is no such row."""


class PreviewOutdated(ValueError):
    """What would be done now is not what was agreed to; `changes` is what would be done."""

    def __init__(self, changes: list[Change]) -> None:
        super().__init__("something has changed since the preview")
        self.changes = changes


@dataclass(frozen=True)
class Table:
    """One kind of file. `name` is its address, `kind` what history calls its rows, `key` the column that names them.

    `left_out`: columns that a file may leave out, each with what that means.
    """

    name: str
    kind: str
    key: str
    columns: tuple[str, ...]
    list_rows: Callable[[], Rows]
    store: Callable[[list[FileRow], Sequence[Passport]], Any]
    states: Callable[[list[FileRow] | None], States]  # of the rows that these change; None: of all
    left_out: Mapping[str, str] = field(default_factory=dict)


def take_file(
    table: Table,
    data: bytes,
    passports: Sequence[Passport],
    by: StaffMember,
    now: dt.datetime,
    keep: bool,
    agreed: str | None = None,
) -> list[Change]:
    """Take a CSV file, or with `keep` False only say what it would change. Raises ImportRefused; then nothing is.

    `agreed`: the fingerprint of the changes that somebody has seen and agreed to; of others PreviewOutdated is raised.
    """
    return take_rows(table, read_rows(data, table.columns, table.left_out), passports, by, now, keep, agreed)


def take_rows(
    table: Table,
    rows: list[FileRow],
    passports: Sequence[Passport],
    by: StaffMember,
    now: dt.datetime,
    keep: bool = True,
    agreed: str | None = None,
) -> list[Change]:
    """Check and store rows; what changed. Raises ImportRefused with every problem, PreviewOutdated."""
    _, changes = on_record(lambda: table.states(rows), lambda: table.store(rows, passports), by, now, keep, agreed)
    return changes


def fingerprint(changes: list[Change]) -> str:
    """Changes, from what and to what, in 64 characters."""
    plain = [(change.table, change.row, change.before, change.after) for change in changes]
    return hashlib.sha256(json.dumps(plain, sort_keys=True, default=str).encode()).hexdigest()


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """A transaction in which nobody else changes the reference data."""
    with db.atomic():
        lock("reference")
        yield


def on_record(
    states: Callable[[], States],
    act: Callable[[], T],
    by: StaffMember | None,
    now: dt.datetime,
    keep: bool = True,
    agreed: str | None = None,
) -> tuple[T, list[Change]]:
    """Every change of the reference data goes through here: done and put on record in one transaction.

    `states` tells what may change, before and after; `by` is None for a command of the console. With `keep` False the
    transaction is undone, so that what is shown beforehand is exactly what would be done.
    """
    with db.atomic() as transaction:
        lock("reference")
        before = states()
        result = act()
        after = states()
        changes = [change for kind in after for change in differences(kind, before[kind], after[kind])]
        if keep and agreed is not None and fingerprint(changes) != agreed:
            raise PreviewOutdated(changes)
        if keep:
            reference_changes.record(changes, by, now)
        else:
            transaction.rollback()
    days_off.forget()
    return result, changes


def delete_moved_day(day: dt.date, by: StaffMember, now: dt.datetime) -> None:
    """Leave a day to the library's calendar again. Raises RowNotFound."""
    with db.atomic():
        before = _moved_days(None)["moved_day"].get(day.isoformat())
        if before is None:
            raise RowNotFound(day.isoformat())
        days_off.delete_moved_day(day)
        reference_changes.record([Change("moved_day", day.isoformat(), before, None)], by, now)


def export(table: Table) -> Sheet:
    """The whole table, such as take_file reads."""
    return Sheet(
        table.columns, tuple(tuple(_cell(column, row[column]) for column in table.columns) for row in table.list_rows())
    )


def _cell(column: str, text: str) -> object:
    return int(text) if column in ("birth_year", "places") else text


def count_rows(name: str) -> int:
    """How many rows a table has; of kindergartens, not of their groups."""
    return _MODELS[name].select().count()


def list_named(name: str, lang: str) -> Rows:
    """Every row in short, by name: its key, its name in the language and what a list shows beside it."""
    rows = [_SHORT[name](row, lang) for row in _LISTS[name](lang)]
    return rows if name == "moved-days" else sorted(rows, key=lambda row: sort_key(row["name"]))


def _short_organisation(row: Organisation, lang: str) -> dict[str, str]:
    plain = {column: getattr(row, column) for column in ("kind", "phone", "duty_officer")}
    return {"key": row.code, "name": name_in(row, lang), **plain}


def _short_locality(row: Locality, lang: str) -> dict[str, str]:
    return {
        "key": row.code, "name": name_in(row, lang), "region": getattr(row, f"region_{lang}"),
        "body": name_in(row.body, lang),
    }  # fmt: skip


def _short_kindergarten(row: Kindergarten, lang: str) -> dict[str, str]:
    return {"key": row.code, "name": name_in(row, lang), "locality": name_in(row.locality, lang), "phone": row.phone}


def _short_moved_day(row: MovedDay, lang: str) -> dict[str, str]:
    key = row.day.isoformat()
    return {"key": key, "name": key, "works": "works" if row.works else "off", "week": row.week, "source": row.source}


_MODELS: dict[str, Any] = {
    "organisations": Organisation, "localities": Locality, "kindergartens": Kindergarten, "moved-days": MovedDay,
}  # fmt: skip
_LISTS: dict[str, Callable[[str], Iterable[Any]]] = {
    "organisations": lambda lang: list_organisations(lang=lang),
    "localities": list_localities,
    "kindergartens": lambda lang: Kindergarten.select(Kindergarten, Locality).join(Locality),
    "moved-days": lambda lang: days_off.list_moved_days(),
}
_SHORT: dict[str, Callable[[Any, str], dict[str, str]]] = {
    "organisations": _short_organisation,
    "localities": _short_locality,
    "kindergartens": _short_kindergarten,
    "moved-days": _short_moved_day,
}


def get_row(table: Table, key: str) -> dict[str, str]:
    """The (first) row of this key. Raises RowNotFound."""
    found = next((row for row in table.list_rows() if row[table.key] == key), None)
    if found is None:
        raise RowNotFound(key)
    return found


def stands(table: Table, key: str) -> bool:
    """Whether there is a row of this key."""
    return any(row[table.key] == key for row in table.list_rows())


def list_kindergarten_rows(code: str | None = None) -> Rows:
    """Every group of every kindergarten, or of one, as its row of a file."""
    groups = (
        Group.select(Group, Kindergarten, Locality, Organisation)
        .join(Kindergarten)
        .join(Locality)
        .join(Organisation)
        .order_by(Locality.code, Kindergarten.code, Group.birth_year, Group.language)
    )
    if code is not None:
        groups = groups.where(Kindergarten.code == code)
    return [_group_row(group) for group in groups]


def _group_row(group: Group) -> dict[str, str]:
    garden = group.kindergarten
    town = garden.locality
    return {
        "locality": town.code,
        **{f"region_{lang}": getattr(town, f"region_{lang}") for lang in ("kk", "ru", "en")},
        **{f"locality_{lang}": getattr(town, f"name_{lang}") for lang in ("kk", "ru", "en")},
        "body": town.body.code,
        "kindergarten": garden.code,
        **{column: getattr(garden, column) for column in (*kindergartens.NAMES, *kindergartens.OPTIONAL)},
        "birth_year": str(group.birth_year),
        "language": group.language,
        "places": str(group.places),
    }


def _by_key(rows: Iterable[dict[str, str]], key: str) -> dict[str, dict[str, Any]]:
    return {row[key]: {column: value for column, value in row.items() if column != key} for row in rows}


def _organisations(rows: list[FileRow] | None) -> States:
    return {"organisation": _by_key(organisations_csv.list_organisation_rows(), "code")}


def _localities(rows: list[FileRow] | None) -> States:
    return {"locality": _by_key(localities.list_locality_rows(), "code")}


def _moved_days(rows: list[FileRow] | None) -> States:
    return {"moved_day": _by_key(localities.list_moved_day_rows(), "day")}


def _kindergartens(rows: list[FileRow] | None) -> States:
    """Towns too: the file names them. A kindergarten's groups stand with it, so that its history is one."""
    codes = {row.values["kindergarten"] for row in rows or ()}
    gardens: dict[str, dict[str, Any]] = {}
    listed = list_kindergarten_rows(next(iter(codes)) if len(codes) == 1 else None)
    for row in listed:
        if rows is None or row["kindergarten"] in codes:
            columns = ("locality", *kindergartens.NAMES, *kindergartens.OPTIONAL)
            garden = gardens.setdefault(row["kindergarten"], {column: row[column] for column in columns})
            garden[f"{row['birth_year']} {row['language']}"] = int(row["places"])
    return {**_localities(rows), "kindergarten": gardens}


TABLES = {
    table.name: table
    for table in (
        Table(
            "organisations", "organisation", "code", organisations_csv.COLUMNS,
            organisations_csv.list_organisation_rows, organisations_csv.store_organisations, _organisations,
            organisations_csv.LEFT_OUT,
        ),
        Table(
            "localities", "locality", "code", localities.LOCALITY_COLUMNS,
            localities.list_locality_rows, lambda rows, _: localities.store_localities(rows), _localities,
        ),
        Table(
            "kindergartens", "kindergarten", "kindergarten", kindergartens.COLUMNS,
            list_kindergarten_rows, lambda rows, _: kindergartens.store_kindergartens(rows), _kindergartens,
        ),
        Table(
            "moved-days", "moved_day", "day", localities.MOVED_DAY_COLUMNS,
            localities.list_moved_day_rows, lambda rows, _: localities.store_moved_days(rows), _moved_days,
            {"week": "both"},
        ),
    )
}  # fmt: skip
