"""SELECTs whose SQL is written once, for the way of every request: peewee takes seven times as long to write them."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import peewee

from .db import db

Row = TypeVar("Row", bound=peewee.Model)


@dataclass(frozen=True)
class _Slot:
    """Where the value of a parameter goes."""

    place: int


class Prepared(Generic[Row]):
    """A query made once from `build`, and run with other values each time.

        find = Prepared(lambda key: Session.select().where(Session.key_hash == key))
        find.first(key)

    The parameters of `build` may stand only where a value stands in SQL. Values go to the database as they are: texts
    and numbers, no fields' own types such as moments.
    """

    def __init__(self, build: Callable[..., Any]) -> None:
        self._build = build
        self._made: dict[type, tuple[Any, str, list[Any]]] = {}  # by kind of database

    def first(self, *values: Any) -> Row | None:
        """The first row, with the rows joined to it, or None."""
        query, sql, parameters = self._made.get(type(db.obj)) or self._make()
        filled = [values[part.place] if isinstance(part, _Slot) else part for part in parameters]
        for row in query._get_cursor_wrapper(db.execute_sql(sql, filled)):
            return row
        return None

    def _make(self) -> tuple[Any, str, list[Any]]:
        places = range(len(inspect.signature(self._build).parameters))
        slots = [peewee.Value(_Slot(place), converter=False) for place in places]
        query = self._build(*slots).limit(1)
        made = self._made[type(db.obj)] = (query, *query.sql())
        return made
