"""A moved day says whose working week it moves; those entered before moved both, and go on doing so."""

from peewee import *


def up(migrator, db):
    migrator.migrate(migrator.add_column("moved_day", "week", CharField(max_length=8, default="both")))


def down(migrator, db):
    migrator.migrate(migrator.drop_column("moved_day", "week"))
