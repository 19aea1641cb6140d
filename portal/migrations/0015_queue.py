"""The queue: ranks read from an index, ages, referrals that end, claims that officers see from the first minute."""

from peewee import *
from playhouse.migrate import make_index_name
from portal.db import UTCField

RANKED = ("locality_id", "birth_year", "priority", "asked_at", "id", "state")
BY_STATE = ("locality_id", "birth_year", "state", "priority", "asked_at", "id")
OLD = "queueentry_locality_id_birth_year_state_priority_asked_at_id"
UNCONFIRMED = ("body_id", "unchecked", "due_at", "id", "assignee_id", "service")


def up(migrator, db):
    migrator.migrate(
        migrator.add_column("queue_entry", "born", DateField(null=True)),
        migrator.add_column("queue_entry", "inactive_until", DateField(null=True)),
        migrator.add_column("queue_entry", "restored_at", UTCField(null=True)),
        migrator.add_column("referral", "valid_until", DateField(null=True, index=True)),
        migrator.add_column("referral", "warned_at", UTCField(null=True)),
        migrator.drop_index("queue_entry", OLD),
        migrator.add_index("queue_entry", RANKED),
        migrator.add_index("case", UNCONFIRMED),
    )


def down(migrator, db):
    migrator.migrate(
        migrator.drop_index("case", make_index_name("case", UNCONFIRMED)),
        migrator.drop_index("queue_entry", make_index_name("queue_entry", RANKED)),
        migrator.add_index("queue_entry", BY_STATE, name=OLD),
        migrator.drop_column("referral", "warned_at"),
        migrator.drop_column("referral", "valid_until"),
        migrator.drop_column("queue_entry", "restored_at"),
        migrator.drop_column("queue_entry", "inactive_until"),
        migrator.drop_column("queue_entry", "born"),
    )
