"""The mended answers of a correction, kept until the citizen has signed them."""

from peewee import *
from portal.db import JSONField, UTCField


def up(migrator, db):
    migrator.migrate(
        migrator.add_column("correction", "given", JSONField(null=True)),
        migrator.add_column("correction", "given_at", UTCField(null=True)),
    )


def down(migrator, db):
    db.execute_sql('ALTER TABLE "correction" DROP COLUMN "given_at"')
    db.execute_sql('ALTER TABLE "correction" DROP COLUMN "given"')
