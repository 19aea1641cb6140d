"""SQL that the two databases say differently."""

from __future__ import annotations

from typing import Any

import peewee

from .db import JSONField, UTCField, db


def local_month(moment: UTCField) -> Any:
    """SQL for the month of a moment on the country's clock (UTC+5 all year), as "2026-11"."""
    if isinstance(db.obj, peewee.PostgresqlDatabase):
        return peewee.fn.to_char(moment + peewee.SQL("interval '5 hours'"), "YYYY-MM")
    return peewee.fn.strftime("%Y-%m", moment, "+5 hours")


def json_text(field: JSONField, name: str) -> Any:
    """SQL for the text that a JSON field holds under a name; NULL where there is none."""
    if isinstance(db.obj, peewee.PostgresqlDatabase):
        return peewee.fn.json_extract_path_text(field.cast("json"), name)
    return peewee.fn.json_extract(field, f'$."{name}"')


def json_items(field: JSONField) -> Any:
    """SQL for a table of the items of the JSON list in a field, for a FROM; its column is called `value`."""
    if isinstance(db.obj, peewee.PostgresqlDatabase):
        return peewee.fn.jsonb_array_elements_text(field.cast("jsonb"))
    return peewee.fn.json_each(field)


def seconds_between(earlier: UTCField, later: UTCField) -> Any:
    """SQL for the whole seconds from one moment to another."""
    if isinstance(db.obj, peewee.PostgresqlDatabase):
        return peewee.fn.date_part("epoch", later - earlier).cast("bigint")
    return (peewee.fn.strftime("%s", later) - peewee.fn.strftime("%s", earlier)).cast("integer")
