"""What the desk keeps: why work was handed back, notes, ready texts, what came to a case."""

from peewee import *
from portal.db import JSONField, UTCField


def up(migrator, db):
    migrator.migrate(
        migrator.add_column("case", "news", CharField(max_length=12, null=True)),
        migrator.add_column("decision", "returned", TextField(null=True)),
        migrator.add_column("staff_member", "no_letters", JSONField(null=True)),
    )

    class Case(Model):
        class Meta:
            database = db
            table_name = "case"

    class Organisation(Model):
        class Meta:
            database = db
            table_name = "organisation"

    class StaffMember(Model):
        class Meta:
            database = db
            table_name = "staff_member"

    class CaseNote(Model):
        case = ForeignKeyField(Case, on_delete="CASCADE")
        by = ForeignKeyField(StaffMember, on_delete="RESTRICT")
        at = UTCField()
        text = TextField()

        class Meta:
            database = db
            table_name = "case_note"

    class ReadyText(Model):
        body = ForeignKeyField(Organisation, on_delete="CASCADE")
        kind = CharField(max_length=12)
        title = CharField(max_length=100)
        text = TextField()
        changed_by = ForeignKeyField(StaffMember, on_delete="RESTRICT")
        changed_at = UTCField()

        class Meta:
            database = db
            table_name = "ready_text"
            indexes = ((("body", "kind"), False),)

    db.create_tables([CaseNote, ReadyText])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("ready_text"))
    migrator.migrate(migrator.drop_table("case_note"))
    # in place: the library would rebuild a parent table
    db.execute_sql('ALTER TABLE "staff_member" DROP COLUMN "no_letters"')
    db.execute_sql('ALTER TABLE "decision" DROP COLUMN "returned"')
    db.execute_sql('ALTER TABLE "case" DROP COLUMN "news"')
