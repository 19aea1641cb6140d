"""The overview and the places: every number is the one of the list that it leads to, and officers change places."""

from __future__ import annotations

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from portal import db as database
from portal.models import (
    Case,
    Decision,
    Group,
    Kindergarten,
    Organisation,
    QueueEntry,
    ReferenceChange,
    Referral,
    StaffMember,
)
from tests.conftest import Clock
from tests.review_data import make_account, make_case
from tests.signing_in import post
from tests.staff_signing_in import sign_in_staff

DAY = dt.timedelta(days=1)


@pytest.fixture
def cases(app, demo_data, clock: Clock) -> list[Case]:
    """At a body: two of an officer, one of them late; one of nobody; one prepared; one done."""
    database.connect()
    StaffMember.update(language="en").execute()
    body, account, now = Organisation.get(Organisation.code == "oral-edu"), make_account(), clock()
    officer = StaffMember.get(StaffMember.login == "oral.officer")
    made = [
        make_case(body, account, "in_review", officer, due_at=now - DAY, submitted_at=now - 5 * DAY),
        make_case(body, account, "in_review", officer, due_at=now + DAY),
        make_case(body, account, due_at=now + dt.timedelta(hours=2)),
        make_case(body, account, "granted", submitted_at=now - 20 * DAY),
    ]
    Decision.create(case=made[1], open_case=made[1].id, kind="grant", prepared_by=officer, prepared_at=now,
                    state="prepared")  # fmt: skip
    return made


def page(client: FlaskClient, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "lxml")


def count_in(client: FlaskClient, address: str) -> int:
    """How many lines stand in a list, over all its pages."""
    found = 0
    while address:
        soup = page(client, address)
        found += len(soup.select("table.cases tbody tr"))
        after = soup.select_one("a[rel=next]")
        address = after["href"] if after else ""
    return found


@pytest.mark.parametrize("login", ["oral.head", "oral.manager"])
def test_every_number_is_that_of_the_list_it_leads_to(client, cases, login):
    sign_in_staff(client, login)
    soup = page(client, "/staff/overview")
    links = soup.select("main a[href^='/staff/work']")
    assert len(links) >= 8
    for link in links:
        assert count_in(client, link["href"]) == int(link.text), link["href"]


def test_what_a_person_has_is_counted_apart(client, cases):
    sign_in_staff(client, "oral.head")
    rows = page(client, "/staff/overview").select("table.figures")[0].select("tbody tr")
    numbers = {row.th.text: [cell.text for cell in row.select("td")] for row in rows}
    officer = StaffMember.get(StaffMember.login == "oral.officer")
    assert numbers[officer.name] == ["2", "1", "0"]


def test_an_administrator_sees_each_body_and_no_list(client, cases):
    sign_in_staff(client, "admin")
    soup = page(client, "/staff/overview")
    assert not soup.select("a[href^='/staff/work']")
    own = soup.select_one("a[href$='body=oral-edu']")
    assert page(client, own["href"]).select("table.figures")
    assert client.get("/staff/overview?body=none").status_code == 404


def test_a_head_sees_no_other_body(client, cases):
    sign_in_staff(client, "oral.head")
    other = Organisation.get(Organisation.code == "aqsai-edu").name_en
    assert other not in client.get("/staff/overview?body=aqsai-edu").text


class TestPlaces:
    @pytest.fixture
    def group(self, app, demo_data, clock: Clock) -> Group:
        database.connect()
        StaffMember.update(language="en").execute()
        entry = QueueEntry.select().where(QueueEntry.state == "waiting").first()
        town = (Kindergarten.locality == entry.locality) & (Group.birth_year == entry.birth_year)
        group = Group.select(Group, Kindergarten).join(Kindergarten).where(town, Group.places > 0).first()
        Referral.create(entry=entry, group=group, seat=1, given_at=clock())
        QueueEntry.update(state="offered").where(QueueEntry.id == entry.id).execute()
        return group

    def address(self, group: Group) -> str:
        return f"/staff/places/{group.kindergarten.code}/{group.birth_year}/{group.language}"

    def test_the_grid_counts_places_taken_and_children_who_wait(self, client, group):
        sign_in_staff(client, "oral.officer")
        town = group.kindergarten.locality
        soup = page(client, f"/staff/places?town={town.code}&year={group.birth_year}")
        facts = {each.dt.text: int(each.dd.text) for each in soup.select("dl.facts > div")}
        groups = Group.select().join(Kindergarten).where(
            Kindergarten.locality == town, Group.birth_year == group.birth_year
        )  # fmt: skip
        waits = (QueueEntry.locality == town) & (QueueEntry.birth_year == group.birth_year)
        assert facts["Places"] == sum(each.places for each in groups)
        assert facts["Children waiting"] == QueueEntry.select().where(waits, QueueEntry.state == "waiting").count()
        assert facts["Free"] == facts["Places"] - facts["Taken"]

    def test_an_officer_changes_places_and_the_change_is_on_record(self, client, group):
        sign_in_staff(client, "oral.officer")
        before = ReferenceChange.select().count()
        assert post(client, self.address(group), {"places": str(group.places + 3)}).status_code == 303
        assert Group.get_by_id(group.id).places == group.places + 3
        change = ReferenceChange.select().order_by(ReferenceChange.id.desc()).first()
        assert (ReferenceChange.select().count(), change.by.login) == (before + 1, "oral.officer")

    @pytest.mark.parametrize("places", ["0", "-1", "many", "99999", ""])
    def test_never_below_what_children_hold_and_never_nonsense(self, client, group, places):
        sign_in_staff(client, "oral.officer")
        answer = post(client, self.address(group), {"places": places})
        assert answer.status_code == 422
        assert BeautifulSoup(answer.text, "lxml").select("#places-error")
        assert Group.get_by_id(group.id).places == group.places

    def test_v8_4_1_another_bodys_kindergarten_is_not_there(self, client, group):
        sign_in_staff(client, "aqsai.officer")
        assert client.get(self.address(group)).status_code == 404
        assert post(client, self.address(group), {"places": "100"}).status_code == 404
        assert Group.get_by_id(group.id).places == group.places

    def test_a_manager_looks_and_changes_nothing(self, client, group):
        sign_in_staff(client, "oral.manager")
        assert not page(client, "/staff/places").select("table.places a")
        assert post(client, self.address(group), {"places": "100"}).status_code == 403
