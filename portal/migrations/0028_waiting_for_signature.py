"""What waits for a signature: a correction of the citizen, a complaint's answer of the office."""

from peewee import *
from portal.db import JSONField, UTCField


def up(migrator, db):
    migrator.migrate(
        migrator.add_column("correction", "given", JSONField(null=True)),
        migrator.add_column("correction", "given_at", UTCField(null=True)),
        migrator.add_column("complaint", "draft", JSONField(null=True)),
    )


def down(migrator, db):
    db.execute_sql('ALTER TABLE "complaint" DROP COLUMN "draft"')
    db.execute_sql('ALTER TABLE "correction" DROP COLUMN "given_at"')
    db.execute_sql('ALTER TABLE "correction" DROP COLUMN "given"')
