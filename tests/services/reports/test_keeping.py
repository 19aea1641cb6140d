"""What is kept is what would be counted anew; one day that cannot be counted holds up no other."""

from __future__ import annotations

import datetime as dt

import pytest

from portal import db as database
from portal.models import Case, Decision, Figure, FigureDay, Organisation, Rating, SetAside, StaffMember
from portal.services.cases.timeline import add_event, set_state
from portal.services.reports import applications, complaints, keeping, overview
from portal.services.reports.counting import ReportQuery
from tests.conftest import Clock
from tests.review_data import make_account, make_case

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
LONG_AGO, FAR = dt.date(2020, 1, 1), dt.date(2030, 1, 1)


@pytest.fixture
def cases(app, demo_data, clock: Clock) -> list[Case]:
    """Of two bodies and fifty days, in every state; some refused, some with a mark."""
    database.connect()
    now, account = clock(), make_account()
    bodies = [Organisation.get(Organisation.code == code) for code in ("oral-edu", "aqsai-edu")]
    head, made = StaffMember.get(StaffMember.login == "oral.head"), []
    for n in range(24):
        state = ("granted", "refused", "in_review", "withdrawn", "accepted", "granted")[n % 6]
        sent = now - n * 2 * DAY - n * 53 * dt.timedelta(minutes=1)
        answered = sent + n * 5 * HOUR if state in ("granted", "refused", "withdrawn") else None
        case = make_case(
            bodies[n % 5 == 0], account, state, submitted_at=sent, due_at=sent + 2 * DAY, answered_at=answered
        )
        if state == "refused":
            Decision.create(
                case=case, open_case=case.id, kind="refuse", ground="no-consent", explanation="–", prepared_by=head,
                prepared_at=now, signed_by=head, signed_at=now, issued_at=now, state="signed",
            )  # fmt: skip
        if answered:
            Rating.create(case=case, score=1 + n % 5, given_at=min(answered, now))
        made.append(case)
    return made


def keep(now: dt.datetime) -> None:
    while keeping.keep_figures(now, 500) > 5:
        pass


def everything(now: dt.datetime) -> list[object]:
    """Every figure there is for several questions, without the moment."""
    oral = Organisation.get(Organisation.code == "oral-edu").id
    today = now.date()
    found: list[object] = []
    for asked in (
        ReportQuery(LONG_AGO, FAR), ReportQuery(LONG_AGO, FAR, body=oral), ReportQuery(LONG_AGO, FAR, "home-schooling"),
        ReportQuery(today - 20 * DAY, today - 3 * DAY), ReportQuery(today - 9 * DAY, today, "home-schooling", oral),
    ):  # fmt: skip
        report = applications.make_report(asked, now, ["preschool-queue"])
        found += [report.cells, report.states, report.medians, report.refusals]
        found += [complaints.count_complaints(asked, now).cells, complaints.count_marks(asked, now)]
    return [*found, overview.count_bodies(now), overview.count_bodies(now, oral)]


def anew(now: dt.datetime) -> list[object]:
    with database.db.atomic() as transaction:
        FigureDay.update(counted_at=None).execute()
        counted = everything(now)
        transaction.rollback()
    return counted


def test_what_is_kept_is_what_is_counted_anew(cases: list[Case], clock: Clock) -> None:
    assert keeping.kept_at(ReportQuery(LONG_AGO, FAR), clock()) is None
    keep(clock())
    assert keeping.kept_at(ReportQuery(LONG_AGO, FAR), clock()) == clock()
    assert everything(clock()) == anew(clock())
    assert applications.make_report(ReportQuery(LONG_AGO, FAR), clock()).total.received >= len(cases)


def test_pages_read_what_is_kept_and_say_as_of_when(cases: list[Case], clock: Clock) -> None:
    keep(clock())
    counted = clock()
    Figure.update(count=Figure.count + 1).execute()
    clock.forward(minutes=5)
    report = applications.make_report(ReportQuery(LONG_AGO, FAR), clock())
    assert report.as_of == counted
    assert report.cells != anew(clock())[0]


def test_what_happens_to_a_case_counts_its_day_anew(cases: list[Case], clock: Clock) -> None:
    keep(clock())
    for case in cases:
        clock.forward(minutes=1)
        if case.state == "in_review":
            set_state(case, "granted", clock())
            add_event(case, "granted", clock())
    assert everything(clock()) != anew(clock())
    keep(clock())
    assert everything(clock()) == anew(clock())


def test_a_term_that_passes_counts_its_day_anew(cases: list[Case], clock: Clock) -> None:
    Case.update(due_at=clock() + 30 * dt.timedelta(minutes=1)).where(Case.state == "in_review").execute()
    keep(clock())
    clock.forward(minutes=31)
    assert everything(clock()) != anew(clock())
    keep(clock())
    assert everything(clock()) == anew(clock())


def test_what_no_event_tells_of_is_found_when_the_turn_of_its_day_comes(cases: list[Case], clock: Clock) -> None:
    keep(clock())
    clock.forward(minutes=1)
    Case.update(service="preschool-queue").where(Case.id == cases[10].id).execute()
    for _ in range(FigureDay.select().count()):
        clock.forward(seconds=1)
        keeping.keep_figures(clock())
    assert everything(clock()) == anew(clock())


def test_a_day_that_cannot_be_counted_holds_up_no_other(cases: list[Case], clock: Clock, monkeypatch) -> None:
    bad, count = str(cases[3].submitted_at.date()), keeping.count

    def failing(sort, names, asked, now):
        if str(asked.since) == bad:
            raise ValueError("a row that cannot be read")
        return count(sort, names, asked, now)

    with monkeypatch.context() as broken:
        broken.setattr(keeping, "count", failing)
        keep(clock())
    waiting = [row.day for row in FigureDay.select().where(FigureDay.counted_at.is_null())]
    assert waiting == [bad]
    assert SetAside.get(SetAside.job == keeping.JOB).reason.startswith("ValueError")
    assert everything(clock()) == anew(clock())  # a page that shows this day counts for itself
    clock.forward(minutes=2)
    keep(clock())
    assert keeping.kept_at(ReportQuery(LONG_AGO, FAR), clock()) == clock()
    assert not SetAside.select().where(SetAside.job == keeping.JOB).exists()


def test_without_a_worker_for_two_hours_pages_count_for_themselves(cases: list[Case], clock: Clock) -> None:
    keep(clock())
    clock.forward(hours=2)
    assert keeping.kept_at(ReportQuery(LONG_AGO, FAR), clock()) is not None
    clock.forward(seconds=1)
    assert keeping.kept_at(ReportQuery(LONG_AGO, FAR), clock()) is None
