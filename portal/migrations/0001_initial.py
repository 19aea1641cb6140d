"""The tables of the first release, as the models were then."""

from peewee import *
from portal.db import JSONField
from portal.db import UTCField

def up(migrator, db):
    class Account(Model):
        iin = CharField(unique=True, max_length=12)
        name = CharField(max_length=200, default='')
        phone = CharField(null=True, max_length=16)
        register_phone = CharField(null=True, max_length=16)
        language = CharField(max_length=2, default='kk')
        reminders = BooleanField(default=True)
        created_at = UTCField()
        class Meta:
            database = db
            table_name = 'account'
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
        hours = JSONField(default=dict)
        class Meta:
            database = db
            table_name = 'organisation'
    db.create_tables([Organisation])

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
        answers = JSONField()
        facts = JSONField(default=dict)
        unchecked = BooleanField(default=False)
        receipt_code = CharField(max_length=12)
        submitted_at = UTCField()
        registered_at = UTCField()
        due_at = UTCField()
        class Meta:
            database = db
            table_name = 'case'
            indexes = ((('account', 'submitted_at'), False), (('body', 'state', 'due_at'), False))
    db.create_tables([Case])

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

    class Counter(Model):
        series = CharField(primary_key=True, max_length=80)
        last = IntegerField()
        class Meta:
            database = db
            table_name = 'counter'
    db.create_tables([Counter])

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

    class Session(Model):
        key_hash = CharField(primary_key=True, max_length=64)
        account = ForeignKeyField(Account, null=True, on_delete='CASCADE')
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


def down(migrator, db):
    migrator.migrate(migrator.drop_table('task'))
    migrator.migrate(migrator.drop_table('signature'))
    migrator.migrate(migrator.drop_table('session'))
    migrator.migrate(migrator.drop_table('sandbox_message'))
    migrator.migrate(migrator.drop_table('referral'))
    migrator.migrate(migrator.drop_table('rate_count'))
    migrator.migrate(migrator.drop_table('queue_entry'))
    migrator.migrate(migrator.drop_table('paper'))
    migrator.migrate(migrator.drop_table('one_time_code'))
    migrator.migrate(migrator.drop_table('moved_day'))
    migrator.migrate(migrator.drop_table('message'))
    migrator.migrate(migrator.drop_table('kindergarten_group'))
    migrator.migrate(migrator.drop_table('kindergarten'))
    migrator.migrate(migrator.drop_table('locality'))
    migrator.migrate(migrator.drop_table('event'))
    migrator.migrate(migrator.drop_table('draft'))
    migrator.migrate(migrator.drop_table('counter'))
    migrator.migrate(migrator.drop_table('consent'))
    migrator.migrate(migrator.drop_table('check'))
    migrator.migrate(migrator.drop_table('case'))
    migrator.migrate(migrator.drop_table('organisation'))
    migrator.migrate(migrator.drop_table('audit_entry'))
    migrator.migrate(migrator.drop_table('account'))
