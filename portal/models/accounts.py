"""People who sign in: accounts, their sessions, one-time codes and the counters that keep guessing dear."""

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField

from ..db import BaseModel, JSONField, UTCField
from .staff import StaffMember


class Account(BaseModel):
    """A citizen. Phones are in +7XXXXXXXXXX form: messages go to `phone`, codes to the registers' one.

    Who only states an IIN and proves a phone, see services/identity/without_sign_in.py, is an account beside that of
    the IIN's owner.
    """

    iin = CharField(max_length=12)
    stated_phone = CharField(max_length=16, default="")  # the phone proved by who only states this IIN
    name = CharField(max_length=200, default="")
    phone = CharField(max_length=16, null=True, index=True)
    register_phone = CharField(max_length=16, null=True, index=True)  # what the registers held at the last sign-in
    language = CharField(max_length=2, default="kk")
    reminders = BooleanField(default=True)  # messages beyond those that the law asks for
    created_at = UTCField()

    class Meta:
        indexes = ((("iin", "stated_phone"), True),)


class Session(BaseModel):
    """A server-side session: the cookie holds only a random key, this row its SHA-256."""

    key_hash = CharField(max_length=64, primary_key=True)
    account = ForeignKeyField(Account, null=True, backref="sessions", on_delete="CASCADE")
    staff = ForeignKeyField(StaffMember, null=True, backref="sessions", on_delete="CASCADE")
    data = JSONField(default=dict)
    created_at = UTCField()
    seen_at = UTCField(index=True)


class OneTimeCode(BaseModel):
    """A code sent by SMS: bound to a purpose and to what is signed, single use, short-lived, stored as a keyed hash."""

    handle = CharField(max_length=43, unique=True)  # what the page holds; says nothing about the person
    purpose = CharField(max_length=20)  # sign_in, sign, new_phone, ...
    iin = CharField(max_length=12)
    phone = CharField(max_length=16, null=True)  # null: nobody to send to, the page must not tell
    is_phone_named = BooleanField(default=False)  # by who asked, and not by the registers
    code_hash = CharField(max_length=64)
    bound_to = CharField(max_length=64, default="")  # session or text hash
    tries = IntegerField(default=0)
    created_at = UTCField()
    expires_at = UTCField(index=True)
    used_at = UTCField(null=True)


class RateCount(BaseModel):
    """How often something was done in a window of time."""

    key = CharField(max_length=120, primary_key=True)  # limit name, hashed subject and window
    hits = IntegerField()
    expires_at = UTCField(index=True)
