"""What citizens and officers write to each other about a case; what officers wrote before comes along."""

import json

from peewee import *
from portal.db import JSONField, UTCField


def up(migrator, db):
    class Case(Model):
        class Meta:
            database = db
            table_name = "case"

    class CaseMessage(Model):
        case = ForeignKeyField(Case, on_delete="CASCADE")
        key = CharField(max_length=24)
        author = CharField(max_length=10)
        name = CharField(max_length=200, default="")
        text = TextField(default="")
        files = JSONField(default=list)
        at = UTCField()

        class Meta:
            database = db
            table_name = "case_message"
            indexes = ((("case", "key"), True),)

    db.create_tables([CaseMessage])
    migrator.migrate(migrator.add_column("case", "wrote_at", UTCField(null=True)))
    db.execute_sql('CREATE INDEX "case_body_id_wrote_at_id" ON "case" ("body_id", "wrote_at", "id")')
    written = db.execute_sql("SELECT id, case_id, at, data FROM event WHERE kind = 'message' ORDER BY id").fetchall()
    for event, case, at, data in written:
        said = json.loads(data) if isinstance(data, str) else data
        CaseMessage.insert(
            {"case": case, "key": f"event-{event}", "author": "office", "name": said.get("by", ""),
             "text": said.get("text", ""), "files": [], "at": CaseMessage.at.python_value(at)}
        ).execute()  # fmt: skip


def down(migrator, db):
    db.execute_sql('DROP INDEX "case_body_id_wrote_at_id"')
    db.execute_sql('ALTER TABLE "case" DROP COLUMN "wrote_at"')  # in place: the library would rebuild a parent table
    migrator.migrate(migrator.drop_table("case_message"))
