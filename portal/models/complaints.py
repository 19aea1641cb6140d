"""What a complaint is beside its case, and what people thought of what they got."""

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from ..db import BaseModel, JSONField, UTCField
from .cases import Case
from .staff import StaffMember


class Complaint(BaseModel):
    """A complaint's case is like any other; this holds what only complaints have.

    `to`: the instance, as the passport's routes name it. `against`: body, official (of the body) or employee (of the
    State Corporation). `answer`: satisfied, partly, refused; "" while there is none.
    """

    case = ForeignKeyField(Case, unique=True, backref="complaint", on_delete="CASCADE")
    to = CharField(max_length=20)
    against = CharField(max_length=12)
    official = CharField(max_length=200, default="")  # as the complainant named them
    outcome = CharField(max_length=300, default="")  # what the complainant wants, in a line
    previous = ForeignKeyField(Case, null=True, backref="followed_by", on_delete="RESTRICT")  # the instance before
    opened_by = ForeignKeyField(
        StaffMember, null=True, on_delete="RESTRICT"
    )  # the contact centre, on a caller's behalf
    forwarded_at = UTCField(null=True)
    extended_at = UTCField(null=True)
    escalated_at = UTCField(null=True)
    draft = JSONField(null=True)  # an answer that waits for a head: outcome, reasons, remedy, anew, by, name, returned
    answer = CharField(max_length=12, default="")
    reasons = TextField(default="")
    remedy = TextField(default="")  # what was ordered
    anew = BooleanField(default=False)  # the case it is about is decided anew
    answered_by = ForeignKeyField(StaffMember, null=True, on_delete="RESTRICT")


class Rating(BaseModel):
    """Was this good? 1 to 5 and perhaps a sentence, once for each result and each answer."""

    case = ForeignKeyField(Case, unique=True, backref="rating", on_delete="CASCADE")
    score = IntegerField()
    text = CharField(max_length=1000, default="")
    given_at = UTCField(index=True)
