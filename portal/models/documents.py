"""Documents that citizens upload: files as taken, and uploads on their way."""

from peewee import BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField

from ..db import BaseModel, JSONField, UTCField
from .accounts import Account
from .cases import Case


class Document(BaseModel):
    """One file, re-encoded and sealed. `key` is its name in the store; `name` only what the citizen called it.

    `state`: pending (not scanned yet: never served), clean, infected (bytes deleted). Clean without `scanned_at`: taken
    in demo where no scanner is connected.
    """

    key = CharField(max_length=43, unique=True)
    account = ForeignKeyField(Account, backref="documents", on_delete="CASCADE")
    draft_key = CharField(max_length=16, index=True)
    case = ForeignKeyField(Case, null=True, backref="documents", on_delete="CASCADE")
    field = CharField(max_length=60)
    name = CharField(max_length=200)
    media_type = CharField(max_length=60)
    size = IntegerField()  # bytes, of the re-encoded file
    pages = IntegerField(default=1)
    sha256 = CharField(max_length=64)  # of the re-encoded file
    key_id = CharField(max_length=20)  # the key-encryption key that wraps `data_key`
    data_key = CharField(max_length=200)  # wrapped, base64
    state = CharField(max_length=12)
    has_original = BooleanField(default=False)  # the file as it came is kept, sealed, until it is scanned
    tries = IntegerField(default=0)  # of scanning
    created_at = UTCField()
    scanned_at = UTCField(null=True)
    next_scan_at = UTCField(null=True)

    class Meta:
        indexes = ((("state", "next_scan_at"), False),)


class Upload(BaseModel):
    """A tus upload on its way: bytes arrive in pieces, and what was confirmed stays."""

    key = CharField(max_length=43, unique=True)
    account = ForeignKeyField(Account, backref="uploads", on_delete="CASCADE")
    draft_key = CharField(max_length=16)
    field = CharField(max_length=60)
    name = CharField(max_length=200)
    length = BigIntegerField()
    offset = BigIntegerField(default=0)
    parts = JSONField(default=list)  # the pieces in their order: what follows `key` in their names in the store
    key_id = CharField(max_length=20)
    data_key = CharField(max_length=200)
    error = JSONField(null=True)  # why the whole file was refused, once it was complete
    created_at = UTCField()
    expires_at = UTCField(index=True)


class LooseFile(BaseModel):
    """A file in the store that no row vouches for: about to be written, or deleted. See services/keys/loose.py."""

    name = CharField(max_length=80, unique=True)
    noted_at = UTCField(index=True)
