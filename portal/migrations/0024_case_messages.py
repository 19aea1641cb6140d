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
        seen_at = UTCField(null=True)

        class Meta:
            database = db
            table_name = "case_message"
            indexes = ((("case", "key"), True),)

    db.create_tables([CaseMessage])
    written = db.execute_sql("SELECT id, case_id, at, data FROM event WHERE kind = 'message' ORDER BY id").fetchall()
    for event, case, at, data in written:
        said = json.loads(data) if isinstance(data, str) else data
        CaseMessage.insert(
            {"case": case, "key": f"event-{event}", "author": "office", "name": said.get("by", ""),
             "text": said.get("text", ""), "files": [], "at": CaseMessage.at.python_value(at)}
        ).execute()  # fmt: skip


def down(migrator, db):
    migrator.migrate(migrator.drop_table("case_message"))
