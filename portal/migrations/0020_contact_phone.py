"""The phone that an application names for messages about it, where it is not the account's own."""

from peewee import *


def up(migrator, db):
    migrator.migrate(migrator.add_column("case", "contact_phone", CharField(max_length=16, null=True)))


def down(migrator, db):
    db.execute_sql('ALTER TABLE "case" DROP COLUMN "contact_phone"')  # in place: the library would rebuild a parent table
