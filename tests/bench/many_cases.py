"""A million invented cases, made by the database itself within a minute or two."""

from __future__ import annotations

import datetime as dt

import peewee

from portal.db import db
from portal.models import Account, Organisation, StaffMember
from portal.services.cases.names import name_key

NOW = dt.datetime(2026, 11, 23, 5, 0, tzinfo=dt.UTC)
BODIES, ACCOUNTS, OFFICERS = 40, 20_000, 20
EDITIONS = {"home-schooling": "2020-05-27", "preschool-queue": "2015-04-07", "bench-service": "2026-01-01"}
USUAL, OTHER, RARE = EDITIONS

# n counts the cases; k gives each a moment of its own that does not follow the ids; `/` is whole-number division.
# One case in ten is open, one open case in five is nobody's, one in ten thousand is of the rare service; two fifths
# of all are with the first body, one in 23 is a complaint. Open ones came in the last two days, the others in the last
# month.
CASES = """
INSERT INTO "case" (number, kind, draft_key, account_id, service, edition, channel, language, body_id, incoming_number,
    accepted_by, state, is_open, assignee_id, answers, facts, unchecked, receipt_code, submitted_at, registered_at,
    due_at, answered_at)
SELECT 'N' || n, CASE WHEN n % 23 = 0 THEN 'complaint' ELSE 'application' END, 'd' || n,
    {account} + n % {accounts}, service,
    CASE service WHEN '{USUAL}' THEN '{e_usual}' WHEN '{OTHER}' THEN '{e_other}' ELSE '{e_rare}' END, 'portal', 'kk',
    body, '', '', CASE WHEN is_open THEN CASE n / 50 % 4 WHEN 0 THEN 'submitted' WHEN 3 THEN 'needs_correction'
    ELSE 'in_review' END ELSE CASE n / 5 % 6 WHEN 4 THEN 'refused' WHEN 5 THEN 'withdrawn' ELSE 'granted' END END,
    is_open, CASE WHEN body = {body} AND n / 50 % 5 > 0 THEN {officer} + n / 50 % {officers} END,
    '{answers}', '{{}}', {false}, 'x', {before}, {before}, {due},
    CASE WHEN NOT is_open THEN {answered} END
FROM (
    SELECT n, n / 5 % 10 = 0 AS is_open, CASE WHEN n % 5 < 2 THEN {body} ELSE {others} + n % {bodies} END AS body,
        CASE WHEN n / 5 % 10000 = 0 THEN '{RARE}' WHEN n / 11 % 2 = 0 THEN '{USUAL}' ELSE '{OTHER}' END AS service,
        n * 7919 % {cases} * (CASE WHEN n / 5 % 10 = 0 THEN 5 ELSE 60 END) * 40000 / {cases} + n % 7 AS seconds
    FROM ({series}) AS series
) AS shaped
"""
SERIES = "WITH RECURSIVE every(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM every WHERE n < {last}) SELECT n FROM every"
SERIES_ON_POSTGRESQL = "SELECT generate_series(0, {last})::bigint AS n"
NAMES = """
INSERT INTO case_name (case_id, body_id, name)
SELECT "case".id, body_id, '{first}' || a.code || '{second}' || b.padded || c.padded
FROM "case" JOIN three AS a ON a.n = ("case".id - {case}) % 977
    JOIN three AS b ON b.n = ("case".id - {case}) / 1000 % 1000 JOIN three AS c ON c.n = ("case".id - {case}) % 1000
"""
REFUSALS = """
INSERT INTO decision (case_id, open_case, kind, ground, explanation, prepared_by_id, prepared_at, signed_by_id,
    signed_at, issue_at, issued_at, state)
SELECT id, id, 'refuse', CASE id % 3 WHEN 0 THEN 'no-consent' ELSE 'untrue-documents' END, 'x', {officer}, due_at,
    {officer}, due_at, due_at, due_at, 'signed' FROM "case" WHERE state = 'refused'
"""
COMPLAINTS = """
INSERT INTO complaint (case_id, "to", against, official, outcome, answer, reasons, remedy, anew, answered_by_id)
SELECT id, 'provider', 'body', '', '', CASE state WHEN 'granted' THEN 'satisfied' WHEN 'refused' THEN 'refused'
    ELSE '' END, '', '', {false}, NULL FROM "case" WHERE kind = 'complaint'
"""
RATINGS = """
INSERT INTO rating (case_id, score, text, given_at)
SELECT id, 1 + id % 5, CASE WHEN id % 50 = 0 THEN '{words}' ELSE '' END, answered_at
FROM "case" WHERE id % 4 = 0 AND answered_at IS NOT NULL
"""


def fill(cases: int, body: Organisation, officer: StaffMember) -> None:
    """Into a database with a few rows of the demo: `body` gets most, `officer` a twentieth of what is somebody's."""
    on_postgresql = isinstance(db.obj, peewee.PostgresqlDatabase)
    with db.atomic():
        values = _people(body, officer)
        indexes = _drop_indexes(on_postgresql)
        _run(CASES.format(
            **values, cases=cases, **_moments(on_postgresql), false="false" if on_postgresql else "0",
            answers='{"a": "%s"}' % ("у" * 300),
            series=(SERIES_ON_POSTGRESQL if on_postgresql else SERIES).format(last=cases - 1),
        ))  # fmt: skip
        _names()
        _run(REFUSALS.format(officer=values["officer"]))
        _run(COMPLAINTS.format(false="false" if on_postgresql else "0"))
        _run(RATINGS.format(words="Көп күттім. " * 5))
        for index in indexes:
            db.execute_sql(index)
    db.execute_sql("VACUUM ANALYZE" if on_postgresql else "ANALYZE")


def _run(sql: str) -> None:
    """For psycopg a percent sign begins a parameter."""
    db.execute_sql(sql.replace("%", "%%") if isinstance(db.obj, peewee.PostgresqlDatabase) else sql)


def _people(body: Organisation, officer: StaffMember) -> dict[str, object]:
    bodies = [
        {"code": f"b{n}", "kind": "school", "name_kk": f"b{n}", "name_ru": f"b{n}", "name_en": f"b{n}", "hours": {}}
        for n in range(BODIES)
    ]
    Organisation.insert_many(bodies).execute()
    others = Organisation.get(Organisation.code == "b0").id
    staff = [
        {"login": f"s{n}", "name": f"S {n}", "organisation": body, "role": "officer", "password_hash": "-",
         "created_at": NOW} for n in range(1, OFFICERS)
    ]  # fmt: skip
    StaffMember.update(id=1_000_000).where(StaffMember.id == officer.id).execute()
    StaffMember.insert_many([{"id": 1_000_000 + n, **each} for n, each in enumerate(staff, start=1)]).execute()
    people = [{"iin": f"{n:012d}", "name": f"Үлгі {n}", "created_at": NOW} for n in range(ACCOUNTS)]
    for start in range(0, ACCOUNTS, 1000):
        Account.insert_many(people[start : start + 1000]).execute()
    return {
        "account": Account.get(Account.iin == "0" * 12).id, "accounts": ACCOUNTS, "body": body.id, "others": others,
        "bodies": BODIES, "officer": 1_000_000, "officers": OFFICERS, "USUAL": USUAL, "OTHER": OTHER, "RARE": RARE,
        "e_usual": EDITIONS[USUAL], "e_other": EDITIONS[OTHER], "e_rare": EDITIONS[RARE],
    }  # fmt: skip


def _moments(on_postgresql: bool) -> dict[str, str]:
    """Submitted, due two days later, answered after up to three days."""
    if on_postgresql:
        before = f"(timestamp '{NOW:%Y-%m-%d %H:%M:%S}' - seconds * interval '1 second')"
        return {
            "before": before,
            "due": f"{before} + interval '2 days'",
            "answered": f"{before} + n % 4 * interval '1 day'",
        }
    before = f"strftime('%Y-%m-%d %H:%M:%S', '{NOW:%Y-%m-%d %H:%M:%S}', -seconds || ' seconds'"
    return {"before": f"{before})", "due": f"{before}, '+2 days')", "answered": f"{before}, '+' || (n % 4) || ' days')"}


def _drop_indexes(on_postgresql: bool) -> list[str]:
    """They are made again at the end: much sooner done than row by row."""
    named = "SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ('case', 'case_name')"
    rows = named if on_postgresql else "SELECT name, sql FROM sqlite_master WHERE tbl_name IN ('case', 'case_name')"
    found = [row for row in db.execute_sql(rows) if (row[1] or "").startswith("CREATE INDEX")]
    for name, _ in found:
        db.execute_sql(f'DROP INDEX "{name}"')
    return [definition for _, definition in found]


def _names() -> None:
    db.execute_sql("CREATE TEMPORARY TABLE three (n INTEGER PRIMARY KEY, code TEXT, padded TEXT)")
    for n in range(1000):
        db.execute_sql(f"INSERT INTO three VALUES ({n}, '{name_key(str(n))}', '{name_key(f'{n:03d}')}')")
    first = db.execute_sql("SELECT min(id) FROM \"case\" WHERE number = 'N0'").fetchone()[0]
    _run(NAMES.format(first=name_key("Үлгі"), second=name_key("а Бала")[2:], case=first))
