"""Who signed what, and who agreed to what."""

from peewee import CharField, ForeignKeyField, TextField

from ..db import BaseModel, JSONField, UTCField
from .accounts import Account
from .cases import Case


class Signature(BaseModel):
    """Who signed which exact text, how and when."""

    case = ForeignKeyField(Case, backref="signatures", on_delete="CASCADE")
    method = CharField(max_length=12)  # otp, eds
    signer_iin = CharField(max_length=12)
    text = TextField()
    text_hash = CharField(max_length=64)  # SHA-256 of the text in UTF-8
    evidence = JSONField(default=dict)
    signed_at = UTCField()


class Consent(BaseModel):
    """A consent as it was given: the words shown and when."""

    account = ForeignKeyField(Account, backref="consents", on_delete="CASCADE")
    case = ForeignKeyField(Case, null=True, backref="consents", on_delete="CASCADE")
    purpose = CharField(max_length=60)
    statement = TextField()
    given_at = UTCField()
