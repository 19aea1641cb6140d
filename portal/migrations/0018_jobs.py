"""What the worker keeps of its jobs: leases, and rows that were set aside."""

from peewee import *
from portal.db import UTCField


def up(migrator, db):
    class JobLease(Model):
        job = CharField(max_length=60, primary_key=True)
        leased_until = UTCField()

        class Meta:
            database = db
            table_name = "job_lease"

    class SetAside(Model):
        job = CharField(max_length=60)
        row = IntegerField()
        reason = CharField(max_length=200)
        tries = IntegerField()
        failed_at = UTCField()
        next_try_at = UTCField()
        told_at = UTCField(null=True)

        class Meta:
            database = db
            table_name = "set_aside"
            indexes = ((("job", "row"), True),)

    db.create_tables([JobLease, SetAside])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("set_aside"))
    migrator.migrate(migrator.drop_table("job_lease"))
