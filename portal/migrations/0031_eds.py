"""What is prepared to be signed with an EDS, and what is kept of such a signature."""

from peewee import *
from portal.db import JSONField, UTCField


def up(migrator, db):
    class Account(Model):
        class Meta:
            database = db
            table_name = "account"

    class Signature(Model):
        class Meta:
            database = db
            table_name = "signature"

    class SigningRequest(Model):
        key = CharField(max_length=22, unique=True)
        account = ForeignKeyField(Account, backref="signing_requests", on_delete="CASCADE")
        draft_key = CharField(max_length=16, index=True)
        text_hash = CharField(max_length=64)
        manifest = TextField()
        made_at = UTCField()
        expires_at = UTCField(index=True)

        class Meta:
            database = db
            table_name = "signing_request"

    class EdsEvidence(Model):
        signature = ForeignKeyField(Signature, backref="eds", on_delete="CASCADE", unique=True)
        nonce = CharField(max_length=43, unique=True)
        manifest = TextField()
        cms = TextField()
        chain = JSONField()
        answers = JSONField()
        revocation = CharField(max_length=12)
        checked_at = UTCField()

        class Meta:
            database = db
            table_name = "eds_evidence"

    db.create_tables([SigningRequest, EdsEvidence])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("eds_evidence"))
    migrator.migrate(migrator.drop_table("signing_request"))
