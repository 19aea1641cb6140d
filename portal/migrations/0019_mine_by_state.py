"""Somebody's own cases in one state are read in order; and what disabled members held is nobody's, as it is from now on."""

from peewee import *


def up(migrator, db):
    migrator.migrate(migrator.add_index("case", ("body_id", "assignee_id", "state", "due_at", "id", "service"), False))
    gone = "SELECT staff_member.id FROM staff_member WHERE NOT staff_member.is_active"
    unfinished = "is_open OR state IN ('submitted', 'accepted', 'in_review', 'needs_correction')"
    db.execute_sql(f'UPDATE "case" SET assignee_id = NULL WHERE assignee_id IN ({gone}) AND ({unfinished})')


def down(migrator, db):
    migrator.migrate(migrator.drop_index("case", "case_body_id_assignee_id_state_due_at_id_service"))
