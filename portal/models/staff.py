"""People who work here: staff with their roles and second factors, and what they changed in the reference data."""

from peewee import BooleanField, CharField, DateField, ForeignKeyField, IntegerField, TextField

from ..db import BaseModel, JSONField, UTCField
from .organisations import Organisation


class StaffMember(BaseModel):
    """Somebody of an organisation. `role`: officer, head (signs), manager (figures), admin (reference data, staff)."""

    login = CharField(max_length=60, unique=True)
    name = CharField(max_length=200)
    organisation = ForeignKeyField(Organisation, backref="staff", on_delete="RESTRICT")
    role = CharField(max_length=20)
    email = CharField(max_length=200, default="")
    language = CharField(max_length=2, default="kk")
    password_hash = CharField(max_length=200)
    initial_until = UTCField(null=True)  # the password was given, not chosen: until when it lets in
    totp_secret = CharField(max_length=200, default="")  # sealed with the key ring; "" until it is set up
    totp_last_step = IntegerField(default=0)  # a code opens once
    is_active = BooleanField(default=True)
    no_letters = JSONField(null=True)  # the kinds of letters about work that they do not want
    created_at = UTCField()


class SecurityKey(BaseModel):
    """A WebAuthn credential. `credential_id` and `public_key` are base64url."""

    staff = ForeignKeyField(StaffMember, backref="security_keys", on_delete="CASCADE")
    credential_id = CharField(max_length=400, unique=True)
    public_key = TextField()
    sign_count = IntegerField(default=0)
    name = CharField(max_length=100, default="")
    created_at = UTCField()


class Absence(BaseModel):
    """From which day to which a member of staff is away. When it begins, what they have goes to `deputy`, or to
    nobody. `begun_at`: when that happened."""

    member = ForeignKeyField(StaffMember, backref="absences", on_delete="CASCADE")
    deputy = ForeignKeyField(StaffMember, null=True, on_delete="SET NULL")
    since = DateField()
    until = DateField()  # the last day
    noted_by = ForeignKeyField(StaffMember, null=True, on_delete="SET NULL")
    begun_at = UTCField(null=True)

    class Meta:
        indexes = ((("begun_at", "since"), False),)


class SavedView(BaseModel):
    """A way to look at the work list that its owner keeps under a name: tab, state, service and so on."""

    member = ForeignKeyField(StaffMember, backref="saved_views", on_delete="CASCADE")
    name = CharField(max_length=60)
    asked = JSONField()

    class Meta:
        table_name = "saved_view"
        indexes = ((("member", "name"), True),)


class ReferenceChange(BaseModel):
    """Who changed which row of the reference data, from what to what."""

    table = CharField(max_length=40)
    row = CharField(max_length=60)
    before = JSONField(null=True)
    after = JSONField(null=True)
    by = ForeignKeyField(StaffMember, null=True, on_delete="RESTRICT")
    at = UTCField(index=True)

    class Meta:
        indexes = ((("table", "row"), False),)


class PassportEdition(BaseModel):
    """An edition that an administrator uploaded. `state`: draft, published, retired."""

    service = CharField(max_length=60)
    edition = CharField(max_length=10)
    text = TextField()  # the file as uploaded
    state = CharField(max_length=12)
    effective_from = CharField(max_length=10, default="")  # ISO date, once published
    effective_to = CharField(max_length=10, default="")
    uploaded_by = ForeignKeyField(StaffMember, null=True, on_delete="RESTRICT")
    uploaded_at = UTCField()
    proposed_from = CharField(max_length=10, default="")  # ISO date: the day that somebody proposed it for
    proposed_by = ForeignKeyField(StaffMember, null=True, on_delete="RESTRICT")  # another person publishes it

    class Meta:
        indexes = ((("service", "edition"), True),)
