"""Who is away: what they have goes to the deputy, or to nobody, and whoever has to know is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from flask import Flask

from portal import db as database
from portal.models import Absence, Case, Event, Message, StaffMember
from portal.services.office.passing_on import pass_on_due
from portal.services.review.desk import list_colleagues
from portal.services.staff import absences
from portal.services.staff.absences import AbsenceWrong
from portal.services.staff.members import NotByThemselves
from tests.review_data import MONDAY, make_account, make_case, make_school, make_staff

TODAY = MONDAY.date()
NEXT_WEEK = TODAY + dt.timedelta(days=7)


class Office:
    def __init__(self) -> None:
        self.school = make_school()
        self.officer = make_staff(self.school, "aigul")
        self.deputy = make_staff(self.school, "bolat")
        self.head = make_staff(self.school, "head", "head")
        self.account = make_account()
        self.case = make_case(self.school, self.account, "in_review", self.officer)

    def away(self, deputy: StaffMember | None, since: dt.date = TODAY, until: dt.date = NEXT_WEEK) -> Absence:
        return absences.note_absence(self.officer, self.officer, deputy, since, until, MONDAY)

    @property
    def holder(self) -> int | None:
        return Case.get_by_id(self.case.id).assignee_id

    def letters(self) -> set[str]:
        return {message.to for message in Message.select() if message.channel == "mail"}


@pytest.fixture
def office(app: Flask) -> Iterator[Office]:
    with app.app_context():
        database.connect()
        yield Office()


def test_cases_of_who_is_away_go_to_the_deputy_on_the_first_day_and_once(office: Office):
    office.away(office.deputy)
    assert office.holder == office.officer.id
    assert [pass_on_due(MONDAY), pass_on_due(MONDAY)] == [1, 0]
    assert office.holder == office.deputy.id
    assert [event.data["to"] for event in Event.select().where(Event.kind == "passed_on")] == [office.deputy.name]
    assert office.letters() == {office.deputy.email}


def test_without_a_deputy_they_are_nobodys_and_the_head_is_told(office: Office):
    office.away(None)
    pass_on_due(MONDAY)
    assert office.holder is None
    assert office.letters() == {office.head.email}


def test_nothing_passes_on_before_the_first_day(office: Office):
    office.away(office.deputy, since=TODAY + dt.timedelta(days=1))
    assert pass_on_due(MONDAY) == 0
    assert office.holder == office.officer.id
    assert pass_on_due(MONDAY + dt.timedelta(days=1)) == 1


@pytest.mark.parametrize("why", ["away", "disabled", "elsewhere"])
def test_a_deputy_who_cannot_stand_in_gets_nothing(office: Office, why: str):
    office.away(office.deputy)
    if why == "away":
        absences.note_absence(office.head, office.deputy, None, TODAY, NEXT_WEEK, MONDAY)
    elif why == "disabled":
        StaffMember.update(is_active=False).where(StaffMember.id == office.deputy.id).execute()
    else:
        StaffMember.update(organisation=make_school("school-2")).where(StaffMember.id == office.deputy.id).execute()
    pass_on_due(MONDAY)
    assert office.holder is None


def test_nobody_is_given_cases_while_away(office: Office):
    row = office.away(office.deputy)
    assert office.officer not in list_colleagues(office.head, MONDAY)
    assert office.officer in list_colleagues(office.head)
    absences.end_absence(office.officer, row.id, MONDAY)
    assert office.officer in list_colleagues(office.head, MONDAY)


def test_a_head_notes_the_absence_of_others_and_an_officer_only_their_own(office: Office):
    absences.note_absence(office.head, office.deputy, None, TODAY, NEXT_WEEK, MONDAY)
    with pytest.raises(NotByThemselves):
        absences.note_absence(office.deputy, office.officer, None, TODAY, NEXT_WEEK, MONDAY)
    stranger = make_staff(make_school("school-2"), "far.head", "head")
    with pytest.raises(NotByThemselves):
        absences.note_absence(stranger, office.officer, None, TODAY, NEXT_WEEK, MONDAY)


def test_days_that_do_not_fit_are_refused(office: Office):
    yesterday = TODAY - dt.timedelta(days=1)
    for since, until, why in (
        (NEXT_WEEK, TODAY, "backwards"),
        (yesterday, yesterday, "past"),
        (TODAY, TODAY + dt.timedelta(days=500), "long"),
    ):
        with pytest.raises(AbsenceWrong, match=why):
            office.away(None, since, until)
    with pytest.raises(AbsenceWrong, match="deputy"):
        office.away(office.officer)
    office.away(None)
    with pytest.raises(AbsenceWrong, match="overlaps"):
        office.away(None, NEXT_WEEK, NEXT_WEEK)
