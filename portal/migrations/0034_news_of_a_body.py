"""What came to a body's cases and was not acted on is a list of its own; what is in a queue and has such news is open.

What the citizen wrote to a case in a queue, and claims that somebody has taken, are an officer's from now on."""

from peewee import *


def up(migrator, db):
    migrator.migrate(migrator.add_index("case", ("body_id", "news", "due_at", "id"), False))
    queued = "kind = 'application' AND state = 'accepted'"
    claims = "unchecked AND assignee_id IS NOT NULL"
    db.execute_sql(f"""UPDATE "case" SET is_open = true WHERE {queued} AND (({claims}) OR news = 'answered')""")


def down(migrator, db):
    migrator.migrate(migrator.drop_index("case", "case_body_id_news_due_at_id"))
