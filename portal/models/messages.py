"""The outbox: messages written in the transaction that causes them, sent by the worker."""

from peewee import CharField, ForeignKeyField, IntegerField, TextField

from ..db import BaseModel, UTCField
from .cases import Case


class Message(BaseModel):
    """A message to one address. `key` makes a second writing of the same message impossible."""

    key = CharField(max_length=120, unique=True)
    case = ForeignKeyField(Case, null=True, backref="messages", on_delete="CASCADE")
    channel = CharField(max_length=4)  # sms, mail
    to = CharField(max_length=200)
    subject = CharField(max_length=200, default="")
    text = TextField()
    created_at = UTCField()
    send_after = UTCField()
    expires_at = UTCField(null=True)  # not worth sending later than this (codes)
    leased_until = UTCField(null=True)
    tries = IntegerField(default=0)
    sent_at = UTCField(null=True)
    failed_at = UTCField(null=True)

    class Meta:
        indexes = ((("sent_at", "failed_at", "send_after"), False),)


class SandboxMessage(BaseModel):
    """Demo only: what the sandbox phone and mailbox received."""

    key = CharField(max_length=120, unique=True)
    channel = CharField(max_length=4)
    to = CharField(max_length=200, index=True)
    subject = CharField(max_length=200, default="")
    text = TextField()
    at = UTCField()
