"""Cases: drafts, applications and complaints, with their append-only events, tasks, checks and papers."""

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from ..db import BaseModel, JSONField, UTCField
from .accounts import Account
from .organisations import Organisation
from .staff import StaffMember


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


class Case(BaseModel):
    """What was submitted. Events are its history; `state` is the last word of it."""

    number = CharField(max_length=16, unique=True)
    kind = CharField(max_length=12)  # application, complaint
    draft_key = CharField(max_length=16, unique=True)  # one submission a draft, whatever happens
    account = ForeignKeyField(Account, backref="cases", on_delete="RESTRICT")
    service = CharField(max_length=60)
    edition = CharField(max_length=10)
    channel = CharField(max_length=20, default="portal")
    language = CharField(max_length=2)
    body = ForeignKeyField(Organisation, backref="cases", on_delete="RESTRICT")
    incoming_number = CharField(max_length=40, default="")  # of the body's own yearly series
    accepted_by = CharField(max_length=200, default="")
    about = ForeignKeyField("self", null=True, on_delete="RESTRICT")  # a complaint's case
    state = CharField(max_length=20)
    is_open = BooleanField(default=True)  # an officer still has something to do
    assignee = ForeignKeyField(StaffMember, null=True, backref="cases", on_delete="RESTRICT")
    correction_asked_at = UTCField(null=True)  # while the citizen has to correct something
    answers = JSONField()
    facts = JSONField(default=dict)
    unchecked = BooleanField(default=False)  # something stands on the citizen's word until a register confirms it
    receipt_code = CharField(max_length=12)  # for the status look-up without signing in
    submitted_at = UTCField()
    registered_at = UTCField()
    due_at = UTCField()
    answered_at = UTCField(null=True)  # when the answer that the term counts to was given

    class Meta:
        indexes = (
            (("account", "submitted_at"), False),
            (("incoming_number", "body"), False),
            # The work list, services/office/work_list.py: each list is read in its order, filters judged in the index.
            (("body", "is_open", "due_at", "id", "assignee", "service"), False),
            (("body", "is_open", "submitted_at", "id", "assignee", "service"), False),
            (("body", "assignee", "is_open", "due_at", "id", "service"), False),
            (("body", "state", "due_at", "id", "service"), False),
            (("body", "state", "submitted_at", "id", "service"), False),
            (("body", "service", "state", "due_at", "id"), False),
            (("body", "service", "state", "submitted_at", "id"), False),
            (("body", "kind", "is_open", "due_at", "id", "service"), False),
            (("is_open", "due_at", "id"), False),
            (("service", "kind", "answered_at", "registered_at"), False),  # services/reports/usual_time.py
            # figures are counted from these indexes alone, without the answers
            (("submitted_at", "kind", "service", "body", "state", "due_at", "answered_at"), False),
            (("body", "submitted_at", "kind", "service", "state", "due_at", "answered_at"), False),
        )


class CaseName(BaseModel):
    """A name that a case is found by, the applicant's or the child's, as services/cases/names.py writes it."""

    case = ForeignKeyField(Case, backref="names", on_delete="CASCADE")
    body = ForeignKeyField(Organisation, on_delete="CASCADE")
    name = CharField(max_length=200)

    class Meta:
        indexes = ((("body", "name", "case"), False),)


class Decision(BaseModel):
    """A grant or a refusal: prepared by one person, signed by another where the passport says so.

    `state`: prepared, signed, dropped. `open_case` makes a second decision on the same case impossible. What was signed
    after working time waits from `signed_at` until `issue_at`; at `issued_at` the citizen got it.
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
    answered_at = UTCField(null=True)


class Event(BaseModel):
    """One line of a case's timeline; never changed."""

    case = ForeignKeyField(Case, backref="events", on_delete="CASCADE")
    kind = CharField(max_length=40)
    at = UTCField()
    actor = CharField(max_length=40)  # citizen, system, or an organisation's code
    data = JSONField(default=dict)


class Task(BaseModel):
    """Something an officer of a body has to do."""

    case = ForeignKeyField(Case, backref="tasks", on_delete="CASCADE")
    body = ForeignKeyField(Organisation, backref="tasks", on_delete="CASCADE")
    kind = CharField(max_length=40)
    created_at = UTCField()
    done_at = UTCField(null=True)

    class Meta:
        indexes = ((("case", "kind"), True), (("body", "done_at"), False))


class Check(BaseModel):
    """A statement of a case that a register has still to confirm: child, guardian, privilege."""

    case = ForeignKeyField(Case, backref="checks", on_delete="CASCADE")
    subject = CharField(max_length=20)
    state = CharField(max_length=12, default="pending")  # pending, confirmed, contradicted
    tries = IntegerField(default=0)
    next_try_at = UTCField()
    checked_at = UTCField(null=True)

    class Meta:
        indexes = ((("case", "subject"), True), (("state", "next_try_at"), False))


class Counter(BaseModel):
    """The last number of a series: (body, kind, year)."""

    series = CharField(max_length=80, primary_key=True)
    last = IntegerField()


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
