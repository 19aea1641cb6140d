"""Cases are found by any name, the child's IIN, the phone and the end of their number: written anew for each."""

from peewee import *
from portal.db import JSONField
from portal.services.cases.names import find_keys

BATCH = 500



def _keys(number, applicant, answers):
    """Passports are not at hand here; those of before call their people's answers like this."""
    stated = [(name, value) for name, value in answers.items() if isinstance(value, str) and value.strip()]
    names = [applicant, *(value for name, value in stated if name.endswith("_name"))]
    return find_keys(number, names, [value for name, value in stated if name.endswith(("_iin", "_phone"))])


def up(migrator, db):
    migrator.migrate(
        migrator.add_index("account", ("phone",)),
        migrator.add_index("account", ("register_phone",)),
    )

    class Account(Model):
        name = CharField(max_length=200)
        class Meta:
            database = db
            table_name = "account"

    class Case(Model):
        number = CharField(max_length=16)
        account = ForeignKeyField(Account)
        body_id = IntegerField()
        answers = JSONField()
        class Meta:
            database = db
            table_name = "case"

    class CaseName(Model):
        case_id = IntegerField()
        body_id = IntegerField()
        name = CharField(max_length=200)
        class Meta:
            database = db
            table_name = "case_name"

    last = 0
    while True:
        cases = list(Case.select(Case, Account).join(Account).where(Case.id > last).order_by(Case.id).limit(BATCH))
        if not cases:
            return
        last = cases[-1].id
        rows = [
            (case.id, case.body_id, key)
            for case in cases
            for key in _keys(case.number, case.account.name, case.answers)
        ]
        CaseName.delete().where(CaseName.case_id.in_([case.id for case in cases])).execute()
        for start in range(0, len(rows), BATCH):
            fields = [CaseName.case_id, CaseName.body_id, CaseName.name]
            CaseName.insert_many(rows[start : start + BATCH], fields=fields).execute()
