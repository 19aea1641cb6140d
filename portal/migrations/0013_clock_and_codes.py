"""When a worker last did what cannot be undone; and what the outbox holds of codes goes with them from now on."""

from peewee import *
from portal.db import UTCField

def up(migrator, db):
    class LastDone(Model):
        name = CharField(primary_key=True, max_length=40)
        at = UTCField()
        class Meta:
            database = db
            table_name = 'last_done'
    db.create_tables([LastDone])
