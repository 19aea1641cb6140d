"""Answers on their way to becoming a case."""

from peewee import CharField, ForeignKeyField

from ..db import BaseModel, JSONField, UTCField
from .accounts import Account


class Draft(BaseModel):
    """Answers on their way. `facts` names the answers that came from a register; `answers` is keyed by field id."""

    key = CharField(max_length=16, unique=True)  # in the address; random, says nothing
    account = ForeignKeyField(Account, backref="drafts", on_delete="CASCADE")
    kind = CharField(max_length=12, default="application")  # application, complaint
    service = CharField(max_length=60)
    edition = CharField(max_length=10)
    answers = JSONField(default=dict)
    facts = JSONField(default=dict)
    done = JSONField(default=list)  # ids of the steps answered
    started_at = UTCField()
    saved_at = UTCField(index=True)

    class Meta:
        indexes = ((("account", "service", "kind"), False),)
