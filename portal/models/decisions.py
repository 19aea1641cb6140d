"""What officers decide on a case, and what they ask to be mended."""

from peewee import CharField, ForeignKeyField, IntegerField, TextField

from ..db import BaseModel, JSONField, UTCField
from .cases import Case
from .organisations import Organisation
from .staff import StaffMember


class Decision(BaseModel):
    """A grant or a refusal: prepared by one person, signed by another where the passport says so.

    `state`: prepared, signed, returned (by a head, with a reason), dropped. `open_case` makes a second decision on the
    same case impossible. What was signed after working time waits from `signed_at` until `issue_at`; at `issued_at` the
    citizen got it.
    """

    case = ForeignKeyField(Case, backref="decisions", on_delete="CASCADE")
    open_case = IntegerField(unique=True, null=True)  # the case's id while the decision is prepared or signed
    kind = CharField(max_length=12)  # grant, refuse
    ground = CharField(max_length=60, default="")  # of the passport's own list
    explanation = TextField(default="")
    prepared_by = ForeignKeyField(StaffMember, backref="prepared", on_delete="RESTRICT")
    prepared_at = UTCField()
    signed_by = ForeignKeyField(StaffMember, null=True, backref="signed", on_delete="RESTRICT")
    signed_at = UTCField(null=True)
    issue_at = UTCField(null=True)
    issued_at = UTCField(null=True)
    state = CharField(max_length=12)
    returned = TextField(null=True)  # why a head handed it back

    class Meta:
        indexes = ((("issued_at", "issue_at"), False),)


class Correction(BaseModel):
    """What an officer asks the citizen to mend: these fields, for these reasons; the answer ends it."""

    case = ForeignKeyField(Case, backref="corrections", on_delete="CASCADE")
    fields = JSONField()
    reasons = JSONField()
    text = TextField(default="")
    asked_by = ForeignKeyField(StaffMember, on_delete="RESTRICT")
    asked_at = UTCField()
    given = JSONField(null=True)  # the mended answers, until the citizen has signed them
    given_at = UTCField(null=True)
    answered_at = UTCField(null=True)


class CaseNote(BaseModel):
    """A note of the office's own on a case: no citizen and no court reads it."""

    case = ForeignKeyField(Case, backref="notes", on_delete="CASCADE")
    by = ForeignKeyField(StaffMember, on_delete="RESTRICT")
    at = UTCField()
    text = TextField()


class ReadyText(BaseModel):
    """Words that a body keeps ready. `kind`: message, refusal, correction; "{number}" and the like stand for values."""

    body = ForeignKeyField(Organisation, on_delete="CASCADE")
    kind = CharField(max_length=12)
    title = CharField(max_length=100)
    text = TextField()
    changed_by = ForeignKeyField(StaffMember, on_delete="RESTRICT")
    changed_at = UTCField()

    class Meta:
        indexes = ((("body", "kind"), False),)
