"""Who is away until when and who stands in; ways to look at the work list that somebody keeps."""

from peewee import *
from portal.db import JSONField, UTCField


def up(migrator, db):
    class StaffMember(Model):
        class Meta:
            database = db
            table_name = "staff_member"

    class Absence(Model):
        member = ForeignKeyField(StaffMember, on_delete="CASCADE")
        deputy = ForeignKeyField(StaffMember, null=True, on_delete="SET NULL")
        since = DateField()
        until = DateField()
        noted_by = ForeignKeyField(StaffMember, null=True, on_delete="SET NULL")
        begun_at = UTCField(null=True)

        class Meta:
            database = db
            table_name = "absence"
            indexes = ((("begun_at", "since"), False),)

    class SavedView(Model):
        member = ForeignKeyField(StaffMember, on_delete="CASCADE")
        name = CharField(max_length=60)
        asked = JSONField()

        class Meta:
            database = db
            table_name = "saved_view"
            indexes = ((("member", "name"), True),)

    db.create_tables([Absence, SavedView])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("saved_view"))
    migrator.migrate(migrator.drop_table("absence"))
