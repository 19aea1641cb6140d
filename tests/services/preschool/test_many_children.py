"""Three thousand children of one queue in a real database, and the slow twin beside it."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

import pytest
from flask import Flask

from portal import db as database
from portal.models import Account, Case, Check, Group, Kindergarten, Locality, Organisation, QueueEntry, Referral
from portal.services.preschool import claims, placement, queue, referrals
from tests.queue_data import PASSPORT
from tests.services.preschool import twin

CHILDREN, SEATS = 3000, 40
START = dt.datetime(2027, 5, 3, 5, 0, tzinfo=dt.UTC)  # a working Monday
KINDS = ("out of turn", "first", "general")


@pytest.fixture(autouse=True)
def connection(app: Flask) -> Iterator[None]:
    with app.app_context():
        database.connect()
        yield


def make_town() -> Locality:
    body = Organisation.create(code="body", kind="provider", name_kk="Бөлім", name_ru="Отдел", name_en="Department")
    return Locality.create(
        code="oral", region_kk="БҚО", region_ru="ЗКО", region_en="WKO",
        name_kk="Орал", name_ru="Уральск", name_en="Oral", body=body,
    )  # fmt: skip


def make_groups(town: Locality, chance: random.Random) -> dict[int, twin.Group]:
    groups = {}
    for number in range(12):
        code = f"g-{number}"
        garden = Kindergarten.create(code=code, locality=town, name_kk=code, name_ru=code, name_en=code)
        for language in ("kk", "ru"):
            places = chance.randint(0, 2 * SEATS // 24 + 2)
            row = Group.create(kindergarten=garden, birth_year=2020, language=language, places=places)
            groups[row.id] = twin.Group(str(row.id), code, language, places)
    return groups


def make_children(town: Locality, chance: random.Random, count: int) -> list[twin.Child]:
    people = [
        twin.Child(
            name=number, kind=chance.choices(KINDS, (1, 4, 8))[0],
            applied=START - dt.timedelta(minutes=chance.randrange(20 * count)),
            wishes=[f"g-{n}" for n in chance.sample(range(12), chance.randint(1, 4))],
            language=chance.choice(("kk", "kk", "ru", "any")),
            wanted=START.date() + dt.timedelta(days=chance.choice((-100, -3, 0, 31, 32, 90))),
            born=dt.date(2020, chance.choice((2, 4, 5, 6, 11)), chance.randint(1, 29)),
            claims=chance.random() < 0.05, state=chance.choices(("waiting", "gone"), (12, 1))[0],
        )
        for number in range(1, count + 1)
    ]  # fmt: skip
    account = Account.create(iin="940308490011", name="Үлгі", created_at=START)
    with database.db.atomic():
        for each in people:
            answers = {
                "child": "other",
                "child_iin": f"{each.name:012}",
                "child_name": f"Үлгі {each.name}",
                "child_birth_date": each.born.isoformat(),
            }
            case = Case.create(
                number=f"{each.name:08}", kind="application", draft_key=f"d{each.name}", account=account,
                service=PASSPORT.id, edition=PASSPORT.edition, language="kk", body=town.body,
                state="accepted" if each.state == "waiting" else "withdrawn", is_open=False, answers=answers,
                unchecked=each.claims, receipt_code="x", submitted_at=each.applied, registered_at=each.applied,
                due_at=each.applied,
            )  # fmt: skip
            if each.claims:
                Check.create(case=case, subject="privilege", next_try_at=START)
            QueueEntry.create(
                id=each.name, case=case, child_iin=f"{each.name:012}",
                live_child=f"{each.name:012}" if each.state == "waiting" else None, locality=town, birth_year=2020,
                priority=KINDS.index(each.kind), asked_at=each.applied, language=each.language,
                kindergartens=each.wishes, wanted_from=each.wanted, born=each.born,
                state="waiting" if each.state == "waiting" else "left",
            )  # fmt: skip
    return people


def held() -> dict[int, str]:
    rows = Referral.select(Referral.entry, Referral.group).where(Referral.seat.is_null(False))
    return {row.entry_id: str(row.group_id) for row in rows}


def placed(people: list[twin.Child]) -> dict[int, str]:
    return {each.name: each.place for each in people if each.place is not None}


def test_the_database_gives_each_place_to_whom_the_slow_twin_gives_it() -> None:
    chance = random.Random(9)
    town = make_town()
    groups = make_groups(town, chance)
    people = make_children(town, chance, CHILDREN)
    now = START

    def give() -> None:
        while placement.give_free_places(now):
            pass
        twin.give(people, list(groups.values()), 3, now.date())
        assert held() == placed(people)
        assert placement.give_free_places(now) == 0, "re-running changes nothing"

    def vacate(each: twin.Child, state: str) -> None:
        groups[int(each.place or 0)].taken.discard(each.name)
        each.place, each.state = None, state

    give()
    assert len(held()) > SEATS // 2

    for each in chance.sample([each for each in people if each.state != "gone"], 60):  # families leave
        queue.leave_queue(QueueEntry.get_by_id(each.name))
        if each.place:
            vacate(each, "gone")
        each.state = "gone"
    give()

    used = set(chance.sample(sorted(held()), len(held()) // 2))  # half of the places are used, the other half lapse
    QueueEntry.update(state="enrolled").where(QueueEntry.id.in_(used)).execute()
    now = START + dt.timedelta(days=20)
    assert referrals.end_unused(now) == len(placed(people)) - len(used)
    for each in people:
        if each.place and each.name not in used:
            vacate(each, "resting")
    give()

    claimed = [each for each in people if each.claims and each.state == "waiting"]  # the claims end by their term
    assert len(claimed) > 50
    while claims.end_claims(now):
        pass
    for each in claimed:
        each.claims, each.kind = False, "general"
    unchecked = QueueEntry.select().join(Case).where(Case.unchecked, QueueEntry.state == "waiting")
    assert not unchecked.exists()
    give()
    priorities = {row.id: row.priority for row in QueueEntry.select(QueueEntry.id, QueueEntry.priority)}
    assert all(KINDS[priorities[each.name]] == each.kind for each in claimed)


def test_a_number_in_the_queue_is_the_twins() -> None:
    chance = random.Random(3)
    town = make_town()
    people = make_children(town, chance, 200)
    line = [each.name for each in twin.order(people, 3) if each.state == "waiting"]
    for entry in QueueEntry.select().where(QueueEntry.state == "waiting"):
        at = queue.position(entry, START)
        assert at.number == line.index(entry.id) + 1
        ahead = [next(each for each in people if each.name == name).kind for name in line[: at.number - 1]]
        assert (at.extraordinary, at.first, at.general) == tuple(ahead.count(kind) for kind in KINDS)
