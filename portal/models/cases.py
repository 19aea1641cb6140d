"""Cases: applications and complaints, with their append-only events, their tasks and checks."""

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from ..db import BaseModel, JSONField, UTCField
from .accounts import Account
from .organisations import Organisation
from .staff import StaffMember


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
    contact_phone = CharField(
        max_length=16, null=True
    )  # named in the application, proved or not; null: the account's own
    submitted_at = UTCField()
    registered_at = UTCField()
    due_at = UTCField()
    news = CharField(max_length=12, null=True)  # assigned, answered, returned: what its officer has not acted on
    answered_at = UTCField(null=True)  # when the answer that the term counts to was given

    class Meta:
        indexes = (
            (("account", "submitted_at"), False),
            (("incoming_number", "body"), False),
            # The work list, services/office/work_list.py: each list is read in its order, filters judged in the index.
            (("body", "is_open", "due_at", "id", "assignee", "service"), False),
            (("body", "is_open", "submitted_at", "id", "assignee", "service"), False),
            (("body", "assignee", "is_open", "due_at", "id", "service"), False),
            (("body", "assignee", "state", "due_at", "id", "service"), False),
            (("body", "state", "due_at", "id", "service"), False),
            (("body", "state", "submitted_at", "id", "service"), False),
            (("body", "service", "state", "due_at", "id"), False),
            (("body", "service", "state", "submitted_at", "id"), False),
            (("body", "kind", "is_open", "due_at", "id", "service"), False),
            (("body", "unchecked", "due_at", "id", "assignee", "service"), False),
            (("body", "news", "due_at", "id"), False),
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


class Event(BaseModel):
    """One line of a case's timeline; never changed."""

    case = ForeignKeyField(Case, backref="events", on_delete="CASCADE")
    kind = CharField(max_length=40)
    at = UTCField()
    actor = CharField(max_length=40)  # citizen, system, or an organisation's code
    data = JSONField(default=dict)


class CaseMessage(BaseModel):
    """What a citizen and the officers write to each other about a case; the words are never changed.

    `key`: made with the form, so that one form sent twice is one message. `files`: the keys of its documents.
    `seen_at`: when an officer answered what the citizen wrote, or said that it is read.
    """

    case = ForeignKeyField(Case, backref="letters", on_delete="CASCADE")
    key = CharField(max_length=24)
    author = CharField(max_length=10)  # citizen, office
    name = CharField(max_length=200, default="")  # of the officer
    text = TextField(default="")
    files = JSONField(default=list)
    at = UTCField()
    seen_at = UTCField(null=True)

    class Meta:
        table_name = "case_message"
        indexes = ((("case", "key"), True),)


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
    state = CharField(max_length=12, default="pending")  # pending, confirmed, turned_down
    tries = IntegerField(default=0)
    next_try_at = UTCField()
    checked_at = UTCField(null=True)

    class Meta:
        indexes = ((("case", "subject"), True), (("state", "next_try_at"), False))


class Counter(BaseModel):
    """The last number of a series: (body, kind, year)."""

    series = CharField(max_length=80, primary_key=True)
    last = IntegerField()
