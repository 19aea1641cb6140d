"""Files in the store that no row vouches for, so that a crash leaves none behind."""

from peewee import *
from portal.db import UTCField


def up(migrator, db):
    class LooseFile(Model):
        name = CharField(max_length=80, unique=True)
        noted_at = UTCField(index=True)

        class Meta:
            database = db
            table_name = "loose_file"

    db.create_tables([LooseFile])
