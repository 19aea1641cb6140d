"""The kindergarten queue: one entry a child, places given."""

from peewee import CharField, DateField, ForeignKeyField, IntegerField

from ..db import BaseModel, JSONField, UTCField
from .cases import Case
from .organisations import Group, Locality


class QueueEntry(BaseModel):
    """A child in the queue of a locality and a year of birth, ordered by class, then by the moment of submission."""

    case = ForeignKeyField(Case, unique=True, backref="queue_entries", on_delete="CASCADE")
    child_iin = CharField(max_length=12, index=True)
    live_child = CharField(max_length=12, unique=True, null=True)  # one live entry a child
    locality = ForeignKeyField(Locality, backref="queue_entries", on_delete="RESTRICT")
    birth_year = IntegerField()
    priority = IntegerField()  # 0 extraordinary, 1 first-priority, 2 general
    asked_at = UTCField()  # the moment of submission
    language = CharField(max_length=4)  # kk, ru, or any
    kindergartens = JSONField()  # codes, in the family's order; the queue's place stands in the locality all the same
    wanted_from = DateField()
    born = DateField(null=True)  # null for entries made before ages were looked at: the IIN says it then
    # waiting, offered (has a referral), enrolled, inactive (has no turn for now), left
    state = CharField(max_length=12)
    inactive_until = DateField(null=True)  # until when the family may come back after a referral it did not use
    restored_at = UTCField(null=True)  # when it came back, once

    class Meta:
        indexes = ((("locality", "birth_year", "priority", "asked_at", "id", "state"), False),)


class Referral(BaseModel):
    """A place given to an entry. A place is a seat of a group: two cannot hold the same one."""

    entry = ForeignKeyField(QueueEntry, unique=True, backref="referrals", on_delete="CASCADE")
    group = ForeignKeyField(Group, backref="referrals", on_delete="RESTRICT")
    seat = IntegerField(null=True)  # null once given back
    given_at = UTCField()
    valid_until = DateField(null=True, index=True)  # the last day to use it; null: no end
    warned_at = UTCField(null=True)  # when the family was told that it ends

    class Meta:
        indexes = ((("group", "seat"), True),)
