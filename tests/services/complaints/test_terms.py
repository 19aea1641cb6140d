"""Terms of complaints over four years, against a calendar written by hand from the published holidays and decrees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from portal.services.complaints import registration as complaint_registration
from portal.services.local_time import ZONE, local
from tests.queue_data import PASSPORT

# Written by hand, never by the library under test: the law on holidays (a holiday at a weekend moves the day off to
# the next working day, but for 7 January and Құрбан айт), and the government's decrees that move days off.
# Mondays to Fridays that are off, month by month.
OFF = {
    2024: [
        (1, 1), (1, 2),  # New Year; Christmas is a Sunday and moves nothing
        (3, 8), (3, 21), (3, 22), (3, 25),  # 25 for Saturday 23
        (5, 1), (5, 7), (5, 8), (5, 9),  # 8 for Saturday 4, by decree
        (7, 8),  # for Saturday 6; Құрбан айт on Sunday 16 June moves nothing
        (8, 30), (10, 25), (12, 16),
    ],
    2025: [
        (1, 1), (1, 2), (1, 3), (1, 7),  # 3 for Sunday 5, by decree
        (3, 10), (3, 21), (3, 24), (3, 25),  # for Saturday 8; for Saturday 22 and Sunday 23
        (5, 1), (5, 7), (5, 9),
        (6, 6),  # Құрбан айт
        (7, 7), (9, 1), (10, 27), (12, 16),  # for Sunday 6 July, Saturday 30 August, Saturday 25 October
    ],
    2026: [
        (1, 1), (1, 2), (1, 7),
        (3, 9), (3, 23), (3, 24), (3, 25),  # for Sunday 8; for Saturday 21 and Sunday 22
        (5, 1), (5, 7), (5, 11),  # 11 for Saturday 9
        (5, 27),  # Құрбан айт
        (7, 6), (10, 26), (12, 16),  # 26 for Sunday 25; 30 August is no holiday any more
    ],
    2027: [
        (1, 1), (1, 4), (1, 7),  # 4 for Saturday 2
        (3, 8), (3, 15), (3, 22), (3, 23), (3, 24),  # Constitution Day; 24 for Sunday 21
        (5, 3), (5, 7), (5, 10),  # for Saturday 1 and Sunday 9; Құрбан айт on Sunday 16 moves nothing
        (7, 6), (10, 25), (12, 16),
    ],
    2028: [(1, 3), (1, 4), (1, 7)],  # for Saturday 1 and Sunday 2: terms that began in December end here
}  # fmt: skip
WORK = {dt.date(2024, 5, 4), dt.date(2025, 1, 5)}  # weekend days that the same decrees made working days
DAYS_OFF = {dt.date(year, *day) for year, days in OFF.items() for day in days}
DAYS = [dt.date(2024, 1, 1) + dt.timedelta(days=n) for n in range(366 + 3 * 365)]
TERMS = {"provider": 5, "state_corporation": 5, "authorised_body": 15}


def works(day: dt.date) -> bool:
    return day in WORK or (day.weekday() < 5 and day not in DAYS_OFF)


def following(day: dt.date) -> Iterator[dt.date]:
    while True:
        day += dt.timedelta(days=1)
        if works(day):
            yield day


def counted(arrived: dt.date, term: int) -> tuple[dt.date, dt.date]:
    """Registration and last day, counted day by day over the table."""
    registered = arrived if works(arrived) else next(following(arrived))
    days = following(registered)
    return registered, [next(days) for _ in range(term)][-1]


def test_the_table_itself_says_what_was_published():
    assert DAYS[-1] == dt.date(2027, 12, 31)
    assert all(day.weekday() < 5 for day in DAYS_OFF)
    assert all(day.weekday() >= 5 for day in WORK)
    friday = dt.date(2026, 3, 20)
    assert counted(friday, 2)[1] == dt.date(2026, 3, 27)  # 21 to 25 are off


@pytest.mark.parametrize("to", TERMS)
def test_every_term_of_four_years_ends_on_the_day_that_the_table_says(
    app: Flask, to: str, fill_with_demo: Callable[[Flask], None]
):
    fill_with_demo(app)  # with the days that the portal brings along
    route = next(route for route in PASSPORT.complaints if route.to == to)
    assert route.term is not None
    assert route.term.working_days == TERMS[to]
    wrong = []
    for day in DAYS:
        for hour in (0, 12, 23):
            arrived = dt.datetime(day.year, day.month, day.day, hour, 30, tzinfo=ZONE)
            found = tuple(local(moment).date() for moment in complaint_registration.registration(route, arrived))
            if found != counted(day, TERMS[to]):
                wrong.append(f"{arrived}: {found}, not {counted(day, TERMS[to])}")
    assert wrong == []
    print(f"{to}: {len(DAYS)} days, each at 3 hours")
