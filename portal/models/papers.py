"""Papers: what they say, and their sealed files."""

from peewee import CharField, ForeignKeyField, IntegerField

from ..db import BaseModel, JSONField, UTCField
from .cases import Case


class Paper(BaseModel):
    """An issued paper: a snapshot of what it says, found by its code; drawn as a page and as a PDF."""

    code = CharField(max_length=16, unique=True)
    case = ForeignKeyField(Case, backref="papers", on_delete="CASCADE")
    kind = CharField(max_length=20)  # receipt, queue_notice, referral, complaint_receipt, order, refusal, …
    language = CharField(max_length=2)
    data = JSONField()
    issued_at = UTCField()
    replaced_at = UTCField(null=True)

    class Meta:
        indexes = ((("case", "kind"), False),)


class SealedPaper(BaseModel):
    """The file of a paper: its PDF under the organisation's seal, made once and kept for good.

    The row comes first, empty: `sealed_at` is null until the file is made.
    """

    paper = ForeignKeyField(Paper, unique=True, backref="sealed", on_delete="CASCADE")
    key = CharField(max_length=43, unique=True, null=True)  # its name in the store
    key_id = CharField(max_length=20, null=True)  # the key-encryption key that wraps `data_key`
    data_key = CharField(max_length=200, null=True)  # wrapped, base64
    size = IntegerField(null=True)  # bytes
    sha256 = CharField(max_length=64, default="")  # of the PDF
    sealed_by = CharField(max_length=300, default="")  # whose certificate it is
    sealed_at = UTCField(null=True, index=True)
