"""Demo data: loads once, is invented through and through, and shows what the queue does."""

import dataclasses
import datetime as dt
import json

import pytest

from portal.config import load_settings
from portal.db import db, make_database
from portal.models import Group, Kindergarten, Organisation, QueueEntry
from portal.services.demo.loading import FILES, DemoResult, NotInProduction, load_demo
from portal.services.iin import birth_date, is_valid
from portal.services.preschool import giving
from portal.services.preschool import queue as preschool
from portal.services.reference.directory import list_kindergartens, list_localities

NOW = dt.datetime(2026, 11, 23, 5, 0, tzinfo=dt.UTC)
DEMO = load_settings({"PORTAL_ENV": "demo"})
PEOPLE = json.loads((FILES / "people.json").read_text("utf-8"))
CHILDREN = [child for person in PEOPLE for child in person["children"]]
PRODUCTION = dataclasses.replace(DEMO, env="production")


@pytest.fixture(autouse=True)
def database(database_url):
    db.initialize(make_database(database_url))
    db.connect()
    yield
    db.close()


def test_loading_twice_is_once_and_keeps_what_was_changed():
    first = load_demo(DEMO, NOW)
    assert (first.organisations, first.groups, first.children) == (14, 156, 17)
    Group.update(places=77).where(Group.places == 0).execute()
    Organisation.update(phone="+77001112233").execute()
    assert load_demo(DEMO, NOW + dt.timedelta(days=3)) == DemoResult(0, 0, 0, 0)
    assert Group.select().where(Group.places == 77).exists()
    assert {row.phone for row in Organisation.select()} == {"+77001112233"}


def test_a_year_later_the_groups_and_children_of_that_year_are_added():
    load_demo(DEMO, NOW)
    later = load_demo(DEMO, NOW + dt.timedelta(days=365))
    assert later.organisations == 0
    assert (later.groups, later.children) == (26, 17)


def test_demo_data_is_refused_in_production():
    with pytest.raises(NotInProduction):
        load_demo(PRODUCTION, NOW)
    assert not Organisation.select().exists()


def test_a_new_child_of_oral_becomes_fourteenth_with_three_of_priority_ahead():
    load_demo(DEMO, NOW)
    last = QueueEntry.select().where(QueueEntry.birth_year == 2023).order_by(QueueEntry.asked_at.desc()).first()
    place = preschool.position(last, NOW)
    assert (place.number, place.extraordinary, place.first, place.general) == (13, 1, 2, 9)


def test_nobody_who_waits_could_have_a_place_already():
    load_demo(DEMO, NOW)
    for entry in QueueEntry.select():
        assert giving.refer_if_free(entry, NOW) is None
    assert all(giving.plan(queue, NOW) == [] for queue in giving.list_open_queues())


def test_there_are_towns_with_free_places_and_every_name_says_demo():
    load_demo(DEMO, NOW)
    assert len(list_localities()) == 8
    assert len(list_kindergartens("oral")) == 8
    for row in [*Organisation.select(), *Kindergarten.select()]:
        assert row.name_kk.endswith("(демо)")
        assert row.name_ru.endswith("(демо)")
        assert row.name_en.endswith("(demo)")
    free = {group.kindergarten.locality.code for group in Group.select() if group.places}
    assert free == {row.code for row in list_localities()}


def test_the_people_of_the_registers_have_sound_numbers_and_phones_that_nobody_has():
    for person in [*PEOPLE, *CHILDREN]:
        assert is_valid(person["iin"])
        assert birth_date(person["iin"]) == dt.date.fromisoformat(person["birth_date"])
    phones = [person["phone"] for person in PEOPLE if person["phone"]]
    assert len(set(phones)) == len(phones) == len(PEOPLE) - 1
    assert all(phone.startswith("+770000000") for phone in phones)
    assert len({person["iin"] for person in PEOPLE}) == len(PEOPLE)


def test_the_people_show_the_cases_that_matter():
    assert any(not person["children"] for person in PEOPLE)
    assert any("serviceman" in person["statuses"] for person in PEOPLE)
    assert any("large_family" in person["statuses"] and len(person["children"]) == 4 for person in PEOPLE)
    assert sum(child["birth_date"] < "2019" for child in CHILDREN) == 1  # too old for the queue
    iins = [child["iin"] for child in CHILDREN]
    assert len(set(iins)) == len(iins) - 2  # two children are known by both parents


def test_the_queue_has_numbers_as_sound_as_the_registers():
    load_demo(DEMO, NOW)
    for entry in QueueEntry.select():
        assert is_valid(entry.child_iin)
        assert is_valid(entry.case.account.iin)
        assert birth_date(entry.child_iin).year == entry.birth_year
