"""Figures that the worker keeps, so that no page counts a million cases: see services/reports/keeping.py."""

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField

from ..db import BaseModel, UTCField
from .organisations import Organisation


class Figure(BaseModel):
    """How many of one sort and one day (of the country, "2026-11-23") have all this in common; no person.

    What `state`, `detail` and `number` say depends on the sort: services/reports/sorts.py.
    """

    day = CharField(max_length=10)
    sort = CharField(max_length=12)
    body = ForeignKeyField(Organisation, on_delete="CASCADE")
    service = CharField(max_length=60)
    state = CharField(max_length=20)
    detail = CharField(max_length=60)
    number = IntegerField(null=True)
    count = IntegerField()

    class Meta:
        indexes = (
            (("day", "sort"), False),
            (("sort", "day", "service", "body", "state", "detail", "number", "count"), False),
            (("body", "sort", "day", "service", "state", "detail", "number", "count"), False),
        )


class FigureDay(BaseModel):
    """A day whose figures are kept, as they stood at `counted_at`; `is_due`: they have to be counted anew."""

    day = CharField(max_length=10, unique=True)
    counted_at = UTCField(null=True)
    is_due = BooleanField(default=True)

    class Meta:
        table_name = "figure_day"
        indexes = ((("is_due", "day"), False), (("counted_at",), False))


class FigureLook(BaseModel):
    """One row: when the worker last looked for what has changed, and up to which event, that time and the time before.

    What came between these two is looked at twice: an event may be seen later than one with a higher number.
    """

    at = UTCField()
    event = IntegerField()
    event_before = IntegerField()

    class Meta:
        table_name = "figure_look"
