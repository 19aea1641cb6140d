"""The tables of the first release, as the models were then."""

from peewee import *
from portal.db import JSONField
from portal.db import UTCField

def up(migrator, db):
    class Account(Model):
        iin = CharField(max_length=12)
        stated_phone = CharField(max_length=16, default='')
        name = CharField(max_length=200, default='')
        phone = CharField(null=True, max_length=16)
        register_phone = CharField(null=True, max_length=16)
        language = CharField(max_length=2, default='kk')
        reminders = BooleanField(default=True)
        created_at = UTCField()
        class Meta:
            database = db
            table_name = 'account'
            indexes = ((('iin', 'stated_phone'), True),)
    db.create_tables([Account])

    class AuditEntry(Model):
        at = UTCField()
        actor = CharField(max_length=60)
        action = CharField(max_length=60)
        object = CharField(max_length=60)
        data = JSONField(default=dict)
        previous = CharField(unique=True, max_length=64)
        hash = CharField(max_length=64)
        class Meta:
            database = db
            table_name = 'audit_entry'
            indexes = ((('object', 'id'), False), (('actor', 'id'), False), (('action', 'id'), False))
    db.create_tables([AuditEntry])

    class Organisation(Model):
        code = CharField(unique=True, max_length=40)
        kind = CharField(index=True, max_length=20)
        name_kk = CharField(max_length=300)
        name_ru = CharField(max_length=300)
        name_en = CharField(max_length=300)
        address_kk = CharField(max_length=300, default='')
        address_ru = CharField(max_length=300, default='')
        address_en = CharField(max_length=300, default='')
        phone = CharField(max_length=16, default='')
        email = CharField(max_length=200, default='')
        duty_officer = CharField(max_length=200, default='')
        locality_code = CharField(index=True, max_length=40, default='')
        hours = JSONField(default=dict)
        class Meta:
            database = db
            table_name = 'organisation'
    db.create_tables([Organisation])

    class StaffMember(Model):
        login = CharField(unique=True, max_length=60)
        name = CharField(max_length=200)
        organisation = ForeignKeyField(Organisation, on_delete='RESTRICT')
        role = CharField(max_length=20)
        email = CharField(max_length=200, default='')
        language = CharField(max_length=2, default='kk')
        password_hash = CharField(max_length=200)
        initial_until = UTCField(null=True)
        totp_secret = CharField(max_length=200, default='')
        totp_last_step = IntegerField(default=0)
        is_active = BooleanField(default=True)
        created_at = UTCField()
        class Meta:
            database = db
            table_name = 'staff_member'
    db.create_tables([StaffMember])

    class Case(Model):
        number = CharField(unique=True, max_length=16)
        kind = CharField(max_length=12)
        draft_key = CharField(unique=True, max_length=16)
        account = ForeignKeyField(Account, on_delete='RESTRICT')
        service = CharField(max_length=60)
        edition = CharField(max_length=10)
        channel = CharField(max_length=20, default='portal')
        language = CharField(max_length=2)
        body = ForeignKeyField(Organisation, on_delete='RESTRICT')
        incoming_number = CharField(max_length=40, default='')
        accepted_by = CharField(max_length=200, default='')
        about = ForeignKeyField('self', null=True, on_delete='RESTRICT')
        state = CharField(max_length=20)
        is_open = BooleanField(default=True)
        assignee = ForeignKeyField(StaffMember, null=True, on_delete='RESTRICT')
        correction_asked_at = UTCField(null=True)
        answers = JSONField()
        facts = JSONField(default=dict)
        unchecked = BooleanField(default=False)
        receipt_code = CharField(max_length=12)
        submitted_at = UTCField()
        registered_at = UTCField()
        due_at = UTCField()
        answered_at = UTCField(null=True)
        class Meta:
            database = db
            table_name = 'case'
            indexes = ((('account', 'submitted_at'), False), (('incoming_number', 'body'), False), (('body', 'is_open', 'due_at', 'id', 'assignee', 'service'), False), (('body', 'is_open', 'submitted_at', 'id', 'assignee', 'service'), False), (('body', 'assignee', 'is_open', 'due_at', 'id', 'service'), False), (('body', 'state', 'due_at', 'id', 'service'), False), (('body', 'state', 'submitted_at', 'id', 'service'), False), (('body', 'service', 'state', 'due_at', 'id'), False), (('body', 'service', 'state', 'submitted_at', 'id'), False), (('body', 'kind', 'is_open', 'due_at', 'id', 'service'), False), (('is_open', 'due_at', 'id'), False), (('service', 'kind', 'answered_at', 'registered_at'), False), (('submitted_at', 'kind', 'service', 'body', 'state', 'due_at', 'answered_at'), False), (('body', 'submitted_at', 'kind', 'service', 'state', 'due_at', 'answered_at'), False))
    db.create_tables([Case])

    class CaseName(Model):
        case = ForeignKeyField(Case, on_delete='CASCADE')
        body = ForeignKeyField(Organisation, on_delete='CASCADE')
        name = CharField(max_length=200)
        class Meta:
            database = db
            table_name = 'case_name'
            indexes = ((('body', 'name', 'case'), False),)
    db.create_tables([CaseName])

    class Check(Model):
        case = ForeignKeyField(Case, on_delete='CASCADE')
        subject = CharField(max_length=20)
        state = CharField(max_length=12, default='pending')
        tries = IntegerField(default=0)
        next_try_at = UTCField()
        checked_at = UTCField(null=True)
        class Meta:
            database = db
            table_name = 'check'
            indexes = ((('case', 'subject'), True), (('state', 'next_try_at'), False))
    db.create_tables([Check])

    class Complaint(Model):
        case = ForeignKeyField(Case, unique=True, on_delete='CASCADE')
        to = CharField(max_length=20)
        against = CharField(max_length=12)
        official = CharField(max_length=200, default='')
        outcome = CharField(max_length=300, default='')
        previous = ForeignKeyField(Case, null=True, on_delete='RESTRICT')
        opened_by = ForeignKeyField(StaffMember, null=True, on_delete='RESTRICT')
        forwarded_at = UTCField(null=True)
        extended_at = UTCField(null=True)
        escalated_at = UTCField(null=True)
        answer = CharField(max_length=12, default='')
        reasons = TextField(default='')
        remedy = TextField(default='')
        anew = BooleanField(default=False)
        answered_by = ForeignKeyField(StaffMember, null=True, on_delete='RESTRICT')
        class Meta:
            database = db
            table_name = 'complaint'
    db.create_tables([Complaint])

    class Consent(Model):
        account = ForeignKeyField(Account, on_delete='CASCADE')
        case = ForeignKeyField(Case, null=True, on_delete='CASCADE')
        purpose = CharField(max_length=60)
        statement = TextField()
        given_at = UTCField()
        class Meta:
            database = db
            table_name = 'consent'
    db.create_tables([Consent])

    class Correction(Model):
        case = ForeignKeyField(Case, on_delete='CASCADE')
        fields = JSONField()
        reasons = JSONField()
        text = TextField(default='')
        asked_by = ForeignKeyField(StaffMember, on_delete='RESTRICT')
        asked_at = UTCField()
        answered_at = UTCField(null=True)
        class Meta:
            database = db
            table_name = 'correction'
    db.create_tables([Correction])

    class Counter(Model):
        series = CharField(primary_key=True, max_length=80)
        last = IntegerField()
        class Meta:
            database = db
            table_name = 'counter'
    db.create_tables([Counter])

    class Decision(Model):
        case = ForeignKeyField(Case, on_delete='CASCADE')
        open_case = IntegerField(unique=True, null=True)
        kind = CharField(max_length=12)
        ground = CharField(max_length=60, default='')
        explanation = TextField(default='')
        prepared_by = ForeignKeyField(StaffMember, on_delete='RESTRICT')
        prepared_at = UTCField()
        signed_by = ForeignKeyField(StaffMember, null=True, on_delete='RESTRICT')
        signed_at = UTCField(null=True)
        issue_at = UTCField(null=True)
        issued_at = UTCField(null=True)
        state = CharField(max_length=12)
        class Meta:
            database = db
            table_name = 'decision'
            indexes = ((('issued_at', 'issue_at'), False),)
    db.create_tables([Decision])

    class Document(Model):
        key = CharField(unique=True, max_length=43)
        account = ForeignKeyField(Account, on_delete='CASCADE')
        draft_key = CharField(index=True, max_length=16)
        case = ForeignKeyField(Case, null=True, on_delete='CASCADE')
        field = CharField(max_length=60)
        name = CharField(max_length=200)
        media_type = CharField(max_length=60)
        size = IntegerField()
        pages = IntegerField(default=1)
        sha256 = CharField(max_length=64)
        key_id = CharField(max_length=20)
        data_key = CharField(max_length=200)
        state = CharField(max_length=12)
        has_original = BooleanField(default=False)
        tries = IntegerField(default=0)
        created_at = UTCField()
        scanned_at = UTCField(null=True)
        next_scan_at = UTCField(null=True)
        class Meta:
            database = db
            table_name = 'document'
            indexes = ((('state', 'next_scan_at'), False),)
    db.create_tables([Document])

    class Draft(Model):
        key = CharField(unique=True, max_length=16)
        account = ForeignKeyField(Account, on_delete='CASCADE')
        kind = CharField(max_length=12, default='application')
        service = CharField(max_length=60)
        edition = CharField(max_length=10)
        answers = JSONField(default=dict)
        facts = JSONField(default=dict)
        done = JSONField(default=list)
        started_at = UTCField()
        saved_at = UTCField(index=True)
        class Meta:
            database = db
            table_name = 'draft'
            indexes = ((('account', 'service', 'kind'), False),)
    db.create_tables([Draft])

    class Event(Model):
        case = ForeignKeyField(Case, on_delete='CASCADE')
        kind = CharField(max_length=40)
        at = UTCField()
        actor = CharField(max_length=40)
        data = JSONField(default=dict)
        class Meta:
            database = db
            table_name = 'event'
    db.create_tables([Event])

    class Locality(Model):
        code = CharField(unique=True, max_length=40)
        region_kk = CharField(max_length=100)
        region_ru = CharField(max_length=100)
        region_en = CharField(max_length=100)
        name_kk = CharField(max_length=100)
        name_ru = CharField(max_length=100)
        name_en = CharField(max_length=100)
        body = ForeignKeyField(Organisation, on_delete='RESTRICT')
        class Meta:
            database = db
            table_name = 'locality'
    db.create_tables([Locality])

    class Kindergarten(Model):
        code = CharField(unique=True, max_length=40)
        locality = ForeignKeyField(Locality, on_delete='RESTRICT')
        name_kk = CharField(max_length=200)
        name_ru = CharField(max_length=200)
        name_en = CharField(max_length=200)
        address_kk = CharField(max_length=300, default='')
        address_ru = CharField(max_length=300, default='')
        address_en = CharField(max_length=300, default='')
        phone = CharField(max_length=16, default='')
        class Meta:
            database = db
            table_name = 'kindergarten'
    db.create_tables([Kindergarten])

    class Group(Model):
        kindergarten = ForeignKeyField(Kindergarten, on_delete='CASCADE')
        birth_year = IntegerField()
        language = CharField(max_length=2)
        places = IntegerField()
        class Meta:
            database = db
            table_name = 'kindergarten_group'
            indexes = ((('kindergarten', 'birth_year', 'language'), True),)
    db.create_tables([Group])

    class Message(Model):
        key = CharField(unique=True, max_length=120)
        case = ForeignKeyField(Case, null=True, on_delete='CASCADE')
        channel = CharField(max_length=4)
        to = CharField(max_length=200)
        subject = CharField(max_length=200, default='')
        text = TextField()
        created_at = UTCField()
        send_after = UTCField()
        expires_at = UTCField(null=True)
        leased_until = UTCField(null=True)
        tries = IntegerField(default=0)
        sent_at = UTCField(null=True)
        failed_at = UTCField(null=True)
        class Meta:
            database = db
            table_name = 'message'
            indexes = ((('sent_at', 'failed_at', 'send_after'), False),)
    db.create_tables([Message])

    class MovedDay(Model):
        day = DateField(unique=True)
        works = BooleanField()
        source = CharField(max_length=300, default='')
        class Meta:
            database = db
            table_name = 'moved_day'
    db.create_tables([MovedDay])

    class OneTimeCode(Model):
        handle = CharField(unique=True, max_length=43)
        purpose = CharField(max_length=20)
        iin = CharField(max_length=12)
        phone = CharField(null=True, max_length=16)
        is_phone_named = BooleanField(default=False)
        code_hash = CharField(max_length=64)
        bound_to = CharField(max_length=64, default='')
        tries = IntegerField(default=0)
        created_at = UTCField()
        expires_at = UTCField(index=True)
        used_at = UTCField(null=True)
        class Meta:
            database = db
            table_name = 'one_time_code'
    db.create_tables([OneTimeCode])

    class Paper(Model):
        code = CharField(unique=True, max_length=16)
        case = ForeignKeyField(Case, on_delete='CASCADE')
        kind = CharField(max_length=20)
        language = CharField(max_length=2)
        data = JSONField()
        issued_at = UTCField()
        replaced_at = UTCField(null=True)
        class Meta:
            database = db
            table_name = 'paper'
            indexes = ((('case', 'kind'), False),)
    db.create_tables([Paper])

    class PassportEdition(Model):
        service = CharField(max_length=60)
        edition = CharField(max_length=10)
        text = TextField()
        state = CharField(max_length=12)
        effective_from = CharField(max_length=10, default='')
        effective_to = CharField(max_length=10, default='')
        uploaded_by = ForeignKeyField(StaffMember, null=True, on_delete='RESTRICT')
        uploaded_at = UTCField()
        class Meta:
            database = db
            table_name = 'passport_edition'
            indexes = ((('service', 'edition'), True),)
    db.create_tables([PassportEdition])

    class QueueEntry(Model):
        case = ForeignKeyField(Case, unique=True, on_delete='CASCADE')
        child_iin = CharField(index=True, max_length=12)
        live_child = CharField(unique=True, null=True, max_length=12)
        locality = ForeignKeyField(Locality, on_delete='RESTRICT')
        birth_year = IntegerField()
        priority = IntegerField()
        asked_at = UTCField()
        language = CharField(max_length=4)
        kindergartens = JSONField()
        wanted_from = DateField()
        state = CharField(max_length=12)
        class Meta:
            database = db
            table_name = 'queue_entry'
            indexes = ((('locality', 'birth_year', 'state', 'priority', 'asked_at', 'id'), False),)
    db.create_tables([QueueEntry])

    class RateCount(Model):
        key = CharField(primary_key=True, max_length=120)
        hits = IntegerField()
        expires_at = UTCField(index=True)
        class Meta:
            database = db
            table_name = 'rate_count'
    db.create_tables([RateCount])

    class Rating(Model):
        case = ForeignKeyField(Case, unique=True, on_delete='CASCADE')
        score = IntegerField()
        text = CharField(max_length=1000, default='')
        given_at = UTCField(index=True)
        class Meta:
            database = db
            table_name = 'rating'
    db.create_tables([Rating])

    class ReferenceChange(Model):
        table = CharField(max_length=40)
        row = CharField(max_length=60)
        before = JSONField(null=True)
        after = JSONField(null=True)
        by = ForeignKeyField(StaffMember, null=True, on_delete='RESTRICT')
        at = UTCField(index=True)
        class Meta:
            database = db
            table_name = 'reference_change'
            indexes = ((('table', 'row'), False),)
    db.create_tables([ReferenceChange])

    class Referral(Model):
        entry = ForeignKeyField(QueueEntry, unique=True, on_delete='CASCADE')
        group = ForeignKeyField(Group, on_delete='RESTRICT')
        seat = IntegerField(null=True)
        given_at = UTCField()
        class Meta:
            database = db
            table_name = 'referral'
            indexes = ((('group', 'seat'), True),)
    db.create_tables([Referral])

    class SandboxMessage(Model):
        key = CharField(unique=True, max_length=120)
        channel = CharField(max_length=4)
        to = CharField(index=True, max_length=200)
        subject = CharField(max_length=200, default='')
        text = TextField()
        at = UTCField()
        class Meta:
            database = db
            table_name = 'sandbox_message'
    db.create_tables([SandboxMessage])

    class SealedPaper(Model):
        paper = ForeignKeyField(Paper, unique=True, on_delete='CASCADE')
        key = CharField(unique=True, null=True, max_length=43)
        key_id = CharField(null=True, max_length=20)
        data_key = CharField(null=True, max_length=200)
        size = IntegerField(null=True)
        sha256 = CharField(max_length=64, default='')
        sealed_by = CharField(max_length=300, default='')
        sealed_at = UTCField(index=True, null=True)
        class Meta:
            database = db
            table_name = 'sealed_paper'
    db.create_tables([SealedPaper])

    class SecurityKey(Model):
        staff = ForeignKeyField(StaffMember, on_delete='CASCADE')
        credential_id = CharField(unique=True, max_length=400)
        public_key = TextField()
        sign_count = IntegerField(default=0)
        name = CharField(max_length=100, default='')
        created_at = UTCField()
        class Meta:
            database = db
            table_name = 'security_key'
    db.create_tables([SecurityKey])

    class Session(Model):
        key_hash = CharField(primary_key=True, max_length=64)
        account = ForeignKeyField(Account, null=True, on_delete='CASCADE')
        staff = ForeignKeyField(StaffMember, null=True, on_delete='CASCADE')
        data = JSONField(default=dict)
        created_at = UTCField()
        seen_at = UTCField(index=True)
        class Meta:
            database = db
            table_name = 'session'
    db.create_tables([Session])

    class Signature(Model):
        case = ForeignKeyField(Case, on_delete='CASCADE')
        method = CharField(max_length=12)
        signer_iin = CharField(max_length=12)
        text = TextField()
        text_hash = CharField(max_length=64)
        evidence = JSONField(default=dict)
        signed_at = UTCField()
        class Meta:
            database = db
            table_name = 'signature'
    db.create_tables([Signature])

    class Task(Model):
        case = ForeignKeyField(Case, on_delete='CASCADE')
        body = ForeignKeyField(Organisation, on_delete='CASCADE')
        kind = CharField(max_length=40)
        created_at = UTCField()
        done_at = UTCField(null=True)
        class Meta:
            database = db
            table_name = 'task'
            indexes = ((('case', 'kind'), True), (('body', 'done_at'), False))
    db.create_tables([Task])

    class Upload(Model):
        key = CharField(unique=True, max_length=43)
        account = ForeignKeyField(Account, on_delete='CASCADE')
        draft_key = CharField(max_length=16)
        field = CharField(max_length=60)
        name = CharField(max_length=200)
        length = BigIntegerField()
        offset = BigIntegerField(default=0)
        parts = JSONField(default=list)
        key_id = CharField(max_length=20)
        data_key = CharField(max_length=200)
        error = JSONField(null=True)
        created_at = UTCField()
        expires_at = UTCField(index=True)
        class Meta:
            database = db
            table_name = 'upload'
    db.create_tables([Upload])


def down(migrator, db):
    migrator.migrate(migrator.drop_table('upload'))
    migrator.migrate(migrator.drop_table('task'))
    migrator.migrate(migrator.drop_table('signature'))
    migrator.migrate(migrator.drop_table('session'))
    migrator.migrate(migrator.drop_table('security_key'))
    migrator.migrate(migrator.drop_table('sealed_paper'))
    migrator.migrate(migrator.drop_table('sandbox_message'))
    migrator.migrate(migrator.drop_table('referral'))
    migrator.migrate(migrator.drop_table('reference_change'))
    migrator.migrate(migrator.drop_table('rating'))
    migrator.migrate(migrator.drop_table('rate_count'))
    migrator.migrate(migrator.drop_table('queue_entry'))
    migrator.migrate(migrator.drop_table('passport_edition'))
    migrator.migrate(migrator.drop_table('paper'))
    migrator.migrate(migrator.drop_table('one_time_code'))
    migrator.migrate(migrator.drop_table('moved_day'))
    migrator.migrate(migrator.drop_table('message'))
    migrator.migrate(migrator.drop_table('kindergarten_group'))
    migrator.migrate(migrator.drop_table('kindergarten'))
    migrator.migrate(migrator.drop_table('locality'))
    migrator.migrate(migrator.drop_table('event'))
    migrator.migrate(migrator.drop_table('draft'))
    migrator.migrate(migrator.drop_table('document'))
    migrator.migrate(migrator.drop_table('decision'))
    migrator.migrate(migrator.drop_table('counter'))
    migrator.migrate(migrator.drop_table('correction'))
    migrator.migrate(migrator.drop_table('consent'))
    migrator.migrate(migrator.drop_table('complaint'))
    migrator.migrate(migrator.drop_table('check'))
    migrator.migrate(migrator.drop_table('case_name'))
    migrator.migrate(migrator.drop_table('case'))
    migrator.migrate(migrator.drop_table('staff_member'))
    migrator.migrate(migrator.drop_table('organisation'))
    migrator.migrate(migrator.drop_table('audit_entry'))
    migrator.migrate(migrator.drop_table('account'))
