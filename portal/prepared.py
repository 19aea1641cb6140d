"""SQL that is written once, for the way of every request.

Without it, peewee writing the same queries anew, a step of the bench takes 6.5 ms of processor time instead of 3.95
(1.64 times as much).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import peewee

from .db import db

Row = TypeVar("Row", bound=peewee.Model)

_KEPT_AS_THEY_ARE = (peewee.AutoField, peewee.IntegerField, peewee.CharField, peewee.TextField)  # and no descendants


@dataclass(frozen=True)
class _Slot:
    """Where the value of a parameter goes."""

    place: int


@dataclass
class _Part:
    """The columns of one model in a row."""

    model: type[peewee.Model]
    names: list[str]
    start: int
    readers: dict[str, Callable[[Any], Any]]  # of the columns whose values the database keeps in another form

    def read(self, row: tuple[Any, ...]) -> Any:
        instance = self.model(__no_default__=True)
        instance.__data__ = data = dict(zip(self.names, row[self.start :], strict=False))
        for name, read in self.readers.items():
            data[name] = read(data[name])
        return instance


@dataclass
class _Made:
    """A query as one kind of database takes it; of a SELECT also how its rows are read."""

    sql: str
    parameters: list[Any]
    parts: list[_Part]

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

    def _for_this_database(self) -> _Made:
        return self._made.get(type(db.obj)) or self._make()

    def _make(self) -> _Made:
        places = range(len(inspect.signature(self._build).parameters))
        query = self._build(*(peewee.Value(_Slot(place), converter=False) for place in places))
        query = query.limit(1) if isinstance(query, peewee.ModelSelect) else query
        sql, parameters = query.sql()
        made = self._made[type(db.obj)] = _Made(sql, parameters, _parts(getattr(query, "_returning", None) or ()))
        return made


class Prepared(_Prepared, Generic[Row]):
    """A SELECT of one row, of a model and of models that foreign keys name, its own or those of one before.

    find = Prepared(lambda key: Session.select().where(Session.key_hash == key))
    find.first(key)
    """

    def first(self, *values: Any) -> Row | None:
        """The first row, with the rows joined to it, or None. An outer join that found nothing leaves None."""
        made = self._for_this_database()
        cursor = made.run(values)
        row = cursor.fetchone()
        cursor.close()
        if row is None:
            return None
        found, *joined = (part.read(row) for part in made.parts)
        owners = [found]
        for other in joined:
            for owner in owners:
                for key in owner._meta.model_refs.get(type(other), ()):
                    if owner.__data__.get(key.name) is not None:
                        owner.__rel__[key.name] = other
            owners.append(other)
        return found


def _parts(columns: Iterable[peewee.Field]) -> list[_Part]:
    """What a row holds: the models one after another, each with its columns."""
    parts: list[_Part] = []
    for place, column in enumerate(columns):
        if not parts or parts[-1].model is not column.model:
            parts.append(_Part(column.model, [], place, {}))
        parts[-1].names.append(column.name)
        field = column.rel_field if isinstance(column, peewee.ForeignKeyField) else column
        if type(field) not in _KEPT_AS_THEY_ARE:
            parts[-1].readers[column.name] = column.python_value
    return parts


class PreparedChange(_Prepared):
    """An UPDATE or DELETE.

    touch = PreparedChange(lambda seen_at, key: Session.update(seen_at=seen_at).where(Session.key_hash == key))
    touch.run(Session.seen_at.db_value(now), key)
    """

    def run(self, *values: Any) -> int:
        """How many rows it changed."""
        return self._for_this_database().run(values).rowcount
