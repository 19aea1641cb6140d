"""Figures by day, kept by the worker: no report counts all cases any more."""

from peewee import *
from portal.db import UTCField


def up(migrator, db):
    class Organisation(Model):
        class Meta:
            database = db
            table_name = "organisation"

    class Figure(Model):
        day = CharField(max_length=10)
        sort = CharField(max_length=12)
        body = ForeignKeyField(Organisation, on_delete="CASCADE")
        service = CharField(max_length=60)
        state = CharField(max_length=20)
        detail = CharField(max_length=60)
        number = IntegerField(null=True)
        count = IntegerField()

        class Meta:
            database = db
            table_name = "figure"
            indexes = (
                (("day", "sort"), False),
                (("sort", "day", "service", "body", "state", "detail", "number", "count"), False),
                (("body", "sort", "day", "service", "state", "detail", "number", "count"), False),
            )

    class FigureDay(Model):
        day = CharField(max_length=10, unique=True)
        counted_at = UTCField(null=True)
        is_due = BooleanField()

        class Meta:
            database = db
            table_name = "figure_day"
            indexes = ((("is_due", "day"), False), (("counted_at",), False))

    class FigureLook(Model):
        at = UTCField()
        event = IntegerField()
        event_before = IntegerField()

        class Meta:
            database = db
            table_name = "figure_look"

    db.create_tables([Figure, FigureDay, FigureLook])


def down(migrator, db):
    for table in ("figure_look", "figure_day", "figure"):
        migrator.migrate(migrator.drop_table(table))
