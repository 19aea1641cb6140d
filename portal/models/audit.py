"""The audit log: append-only, each row chained to the one before by its hash."""

from peewee import CharField

from ..db import BaseModel, JSONField, UTCField


class AuditEntry(BaseModel):
    """`actor` and `object` are internal ids, never an IIN or a phone."""

    at = UTCField()
    actor = CharField(max_length=60)
    action = CharField(max_length=60)
    object = CharField(max_length=60)
    data = JSONField(default=dict)
    previous = CharField(max_length=64, unique=True)  # a fork of the chain cannot be written
    hash = CharField(max_length=64)

    class Meta:
        indexes = ((("object", "id"), False), (("actor", "id"), False), (("action", "id"), False))
