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


class SigningRequest(BaseModel):
    """A manifest prepared for signing with an EDS; good for one signature, for a while."""

    key = CharField(max_length=22, unique=True)  # random
    account = ForeignKeyField(Account, backref="signing_requests", on_delete="CASCADE")
    draft_key = CharField(max_length=16, index=True)
    text_hash = CharField(max_length=64)  # of the text that was shown
    manifest = TextField()
    made_at = UTCField()
    expires_at = UTCField(index=True)


class EdsEvidence(BaseModel):
    """Everything that it takes to check a signature by EDS again, offline."""

    signature = ForeignKeyField(Signature, backref="eds", on_delete="CASCADE", unique=True)
    nonce = CharField(max_length=43, unique=True)  # of the manifest: nothing is signed with twice
    manifest = TextField()
    cms = TextField()  # as it came, base64
    chain = JSONField()  # certificates in base64, from the signer's to the anchor's
    answers = JSONField()  # about revocation: [{serial, nonce, response}]
    revocation = CharField(max_length=12)  # the rule of that day: require, if_answered, off
    checked_at = UTCField()


class Consent(BaseModel):
    """A consent as it was given: the words shown and when."""

    account = ForeignKeyField(Account, backref="consents", on_delete="CASCADE")
    case = ForeignKeyField(Case, null=True, backref="consents", on_delete="CASCADE")
    purpose = CharField(max_length=60)
    statement = TextField()
    given_at = UTCField()
