"""Giving places out, without a database: by hand, and against the slow twin."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from portal.services.preschool.allocation import Place, Waiting, allocate, may_have_now
from portal.services.preschool.order import GENERAL, turn
from portal.services.preschool.policy import birthday
from tests.services.preschool import twin

DAY = dt.date(2027, 5, 1)
NOON = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
KINDS = ("out of turn", "first", "general")
A, B = "a", "b"


def child(rank: int, *wishes: str, confirmed: bool = True, **more: object) -> Waiting:
    return Waiting(rank, turn(GENERAL, rank, 3), wishes, "any", DAY, confirmed=confirmed, **more)  # type: ignore[arg-type]


def place(group: int, kindergarten: str, free: int) -> Place:
    return Place(group, kindergarten, "kk", free)


def pairs(waiting: list[Waiting], places: list[Place], day: dt.date = DAY) -> list[tuple[int, int]]:
    return [(given.entry, given.group) for given in allocate(waiting, places, day)]


def test_an_unconfirmed_child_at_the_head_keeps_one_place_back_and_no_more() -> None:
    waiting = [child(0, A, confirmed=False), *(child(rank, A) for rank in range(1, 12))]
    assert pairs(waiting, [place(1, A, 10)]) == [(rank, 1) for rank in range(1, 10)]


def test_the_place_kept_back_is_of_the_first_wish_that_is_free() -> None:
    waiting = [child(0, A, B, confirmed=False), child(1, A, B), child(2, A)]
    assert pairs(waiting, [place(1, A, 1), place(2, B, 1)]) == [(1, 2)]


def test_who_can_have_nothing_keeps_nothing_back() -> None:
    late = child(0, A, confirmed=False, too_old_from=DAY)
    assert pairs([late, child(1, A)], [place(1, A, 1)]) == [(1, 1)]


@pytest.mark.parametrize(("too_old_from", "may"), [(DAY, False), (DAY + dt.timedelta(days=1), True), (None, True)])
def test_the_age_is_looked_at_on_the_day_when_the_place_is_given(too_old_from: dt.date | None, may: bool) -> None:
    assert may_have_now(child(0, A, too_old_from=too_old_from), DAY) is may


def test_the_age_is_looked_at_on_the_day_when_the_child_would_begin() -> None:
    begins = Waiting(0, (0, 0), (A,), "any", DAY + dt.timedelta(days=20), DAY + dt.timedelta(days=10))
    assert not may_have_now(begins, DAY)


def test_somebody_born_on_29_february_is_too_old_on_1_march() -> None:
    assert birthday(dt.date(2020, 2, 29), 7) == dt.date(2027, 3, 1)


def some_world(chance: random.Random, children: int) -> tuple[list[twin.Child], list[twin.Group]]:
    gardens = [f"g{n}" for n in range(chance.randint(1, 8))]
    groups = [twin.Group(f"{garden}-{language}", garden, language, chance.randint(0, max(children // 8, 1)))
              for garden in gardens for language in ("kk", "ru") if chance.random() < 0.8]  # fmt: skip
    people = [
        twin.Child(
            name=name,
            kind=chance.choices(KINDS, (1, 4, 8))[0],
            applied=NOON + dt.timedelta(minutes=chance.randrange(children)),
            wishes=chance.sample(gardens, chance.randint(1, min(4, len(gardens)))),
            language=chance.choice(("kk", "kk", "ru", "any")),
            wanted=DAY + dt.timedelta(days=chance.choice((-200, -10, 0, 20, 31, 32, 120))),
            born=dt.date(2020, chance.choice((2, 4, 5, 6, 11)), chance.randint(1, 29)),
            claims=chance.random() < 0.15,
            state=chance.choices(("waiting", "gone", "resting"), (10, 1, 1))[0],
        )
        for name in range(children)
    ]
    return people, groups


def as_read(people: list[twin.Child], ratio: int) -> list[Waiting]:
    ranks: dict[str, int] = {}
    waiting = []
    for each in sorted(people, key=lambda each: (each.applied, each.name)):
        if each.state == "gone":
            continue
        rank = ranks.get(each.kind, 0)
        ranks[each.kind] = rank + 1
        if each.state == "waiting":
            waiting.append(
                Waiting(
                    each.name, turn(KINDS.index(each.kind), rank, ratio), tuple(each.wishes), each.language,
                    each.wanted, birthday(each.born, 7), not each.claims,
                )
            )  # fmt: skip
    return waiting


def as_places(groups: list[twin.Group]) -> list[Place]:
    return [Place(n, each.garden, each.language, each.seats - len(each.taken)) for n, each in enumerate(groups)]


@pytest.mark.parametrize("seed", range(150))
def test_the_slow_twin_agrees_round_after_round(seed: int) -> None:
    """Places come free, claims are settled, children leave and come: both give the same places to the same children."""
    chance = random.Random(seed)
    people, groups = some_world(chance, chance.choice((3, 12, 60)))
    ratio = chance.choice((1, 2, 3, 3, 5))
    day = DAY
    for _ in range(4):
        said = {given.entry: groups[given.group].name for given in allocate(
            as_read(people, ratio), as_places(groups), day)}  # fmt: skip
        assert said == twin.give(people, groups, ratio, day)
        assert allocate(as_read(people, ratio), as_places(groups), day) == [], "re-running changes nothing"
        assert twin.give(people, groups, ratio, day) == {}
        for each in people:
            if each.state == "placed" and chance.random() < 0.3:  # a referral that nobody used
                next(group for group in groups if group.name == each.place).taken.discard(each.name)
                each.state, each.place = chance.choice(("resting", "gone")), None
            elif chance.random() < 0.1:
                each.claims, each.kind = False, chance.choice((each.kind, "general"))
            elif each.state == "resting" and chance.random() < 0.5:
                each.state = "waiting"
        day += dt.timedelta(days=chance.choice((1, 30)))


@pytest.mark.parametrize("seed", range(60))
def test_nobody_is_passed_over_and_no_seat_idles_that_somebody_could_have(seed: int) -> None:
    chance = random.Random(1000 + seed)
    people, groups = some_world(chance, 40)
    twin.give(people, groups, 3, DAY)
    claims = [each for each in people if each.state == "waiting" and each.claims]
    for each in people:
        if each.state != "waiting" or each.claims or not twin.begins_in_time(each, DAY, 7):
            continue
        for group in groups:
            if twin.suits(group, each) and len(group.taken) < group.seats:
                left = group.seats - len(group.taken)
                ahead = twin.order(people, 3)
                keeping = [other for other in claims if twin.suits(group, other)
                           and ahead.index(other) < ahead.index(each)]  # fmt: skip
                assert len(keeping) >= left, "a seat idles only for as many claims as stand before"
