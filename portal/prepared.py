"""SQL that is written once, for the way of every request: peewee takes seven times as long to write it anew."""

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


@dataclass
class _Made:
    """A query as one kind of database takes it."""

    query: Any
    sql: str
    parameters: list[Any]
    columns: list[tuple[type, str, Callable[[Any], Any]]]  # of a SELECT: model, name and reader of the value

    def run(self, values: tuple[Any, ...]) -> Any:
        filled = [values[part.place] if isinstance(part, _Slot) else part for part in self.parameters]
        return db.execute_sql(self.sql, filled)


class _Prepared:
    """A query made once from `build`, and run with other values each time.

    The parameters of `build` may stand only where a value stands in SQL. Values go to the database as they are: texts
    and numbers, no fields' own types such as moments, unless the caller has them converted (`field.db_value`).
    """

    def __init__(self, build: Callable[..., Any]) -> None:
        self._build = build
        self._made: dict[type, _Made] = {}  # by kind of database

    def _run(self, values: tuple[Any, ...]) -> tuple[_Made, Any]:
        made = self._made.get(type(db.obj)) or self._make()
        return made, made.run(values)

    def _make(self) -> _Made:
        places = range(len(inspect.signature(self._build).parameters))
        query = self._build(*(peewee.Value(_Slot(place), converter=False) for place in places))
        query = query.limit(1) if isinstance(query, peewee.ModelSelect) else query
        columns = [
            (column.model, column.name, column.python_value) for column in getattr(query, "_returning", ()) or ()
        ]
        sql, parameters = query.sql()
        made = self._made[type(db.obj)] = _Made(query, sql, parameters, columns)
        return made


class Prepared(_Prepared, Generic[Row]):
    """A SELECT of one row, of a model and of models that its foreign keys name.

    find = Prepared(lambda key: Session.select().where(Session.key_hash == key))
    find.first(key)
    """

    def first(self, *values: Any) -> Row | None:
        """The first row, with the rows joined to it, or None."""
        made, cursor = self._run(values)
        row = cursor.fetchone()
        cursor.close()
        return None if row is None else _read(made.query.model, made.columns, row)


def _read(model: type[Row], columns: list[tuple[type, str, Callable[[Any], Any]]], row: tuple[Any, ...]) -> Row:
    """Instances from a row: the model's own, the joined ones at its foreign keys. An outer join that found nothing
    leaves None."""
    found: dict[Any, Any] = {}
    for (owner, name, convert), value in zip(columns, row, strict=True):
        instance = found.get(owner)
        if instance is None:
            instance = found[owner] = owner(__no_default__=True)
        instance.__data__[name] = convert(value)
    root = found[model]
    for key in model._meta.refs if len(found) > 1 else ():
        joined = found.get(key.rel_model)
        if joined is not None and root.__data__.get(key.name) is not None:
            root.__rel__[key.name] = joined
    return root


class PreparedChange(_Prepared):
    """An UPDATE or DELETE.

    touch = PreparedChange(lambda seen_at, key: Session.update(seen_at=seen_at).where(Session.key_hash == key))
    touch.run(Session.seen_at.db_value(now), key)
    """

    def run(self, *values: Any) -> int:
        """How many rows it changed."""
        _, cursor = self._run(values)
        return cursor.rowcount
