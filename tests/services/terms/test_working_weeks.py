"""Days off of both weeks over five years, against a table written by hand; moved days that say whose week they move."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.services.local_time import ZONE
from portal.services.passports.hours import Hours
from portal.services.terms.working_time import Opening, opening, opening_intervals, week_hours
from portal.services.terms.working_weeks import Calendar, is_day_off, is_working_day

CALENDAR = Calendar()
FIVE = week_hours(Hours(days=dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "09:00-18:00")))
SIX = week_hours(Hours(days=dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat"), "09:00-20:00")))
DAYS = [dt.date(2024, 1, 1) + dt.timedelta(days=n) for n in range(366 + 3 * 365 + 366)]

# Written by hand from the published holidays and decrees, never by the library under test.
HOLIDAYS = {  # every day that the law names, whatever day of the week it is
    year: [
        (1, 1),
        (1, 2),
        (1, 7),
        (3, 8),
        (3, 21),
        (3, 22),
        (3, 23),
        (5, 1),
        (5, 7),
        (5, 9),
        (7, 6),
        (10, 25),
        (12, 16),
    ]
    for year in range(2024, 2029)
}
for year, more in {2024: [(8, 30), (6, 16)], 2025: [(8, 30), (6, 6)], 2026: [(5, 27)], 2027: [(3, 15), (5, 16)],
                   2028: [(3, 15), (5, 5)]}.items():  # fmt: skip
    HOLIDAYS[year] += more  # Constitution Day on 30 August to 2025, on 15 March from 2027; Құрбан айт, by reckoning
MOVED_BY_SUNDAY = [  # days off in both weeks
    (2025, 3, 24), (2025, 7, 7), (2026, 3, 9), (2026, 3, 24), (2026, 10, 26), (2027, 3, 24), (2027, 5, 10),
    (2028, 1, 3), (2028, 5, 8),
]  # fmt: skip
MOVED_BY_SATURDAY = [  # days off in the five-day week alone
    (2024, 3, 25), (2024, 7, 8), (2025, 3, 10), (2025, 3, 25), (2025, 9, 1), (2025, 10, 27), (2026, 3, 25),
    (2026, 5, 11), (2027, 1, 4), (2027, 5, 3), (2028, 1, 4), (2028, 12, 18),
]  # fmt: skip
BOTH = {dt.date(year, *day) for year, days in HOLIDAYS.items() for day in days}
BOTH |= {dt.date(*day) for day in MOVED_BY_SUNDAY}
BOTH.add(dt.date(2025, 1, 3))  # by decree, for Sunday 5 January
OFF_FIVE = BOTH | {dt.date(*day) for day in MOVED_BY_SATURDAY} | {dt.date(2024, 5, 8)}  # by decree, for Saturday 4 May
SUNDAY_AT_WORK, SATURDAY_AT_WORK = dt.date(2025, 1, 5), dt.date(2024, 5, 4)


def opens_five(day: dt.date) -> bool:
    return day in (SUNDAY_AT_WORK, SATURDAY_AT_WORK) or (day.weekday() < 5 and day not in OFF_FIVE)


def opens_six(day: dt.date) -> bool:
    return day == SUNDAY_AT_WORK or (day.weekday() < 6 and day not in BOTH)


def test_every_day_of_five_years_is_open_as_the_hand_made_table_says_in_both_weeks():
    wrong = [
        (day, hours.six_days)
        for day in DAYS
        for hours, opens in ((FIVE, opens_five), (SIX, opens_six))
        if bool(opening_intervals(hours, CALENDAR, day)) != opens(day)
    ]
    assert wrong == []
    assert len(DAYS) == 1827


def test_terms_count_monday_to_friday_whatever_week_a_body_works():
    assert [day for day in DAYS if is_working_day(CALENDAR, day) != opens_five(day)] == []


@pytest.mark.parametrize("day", ["2026-03-25", "2026-05-11", "2027-01-04", "2027-05-03", "2028-01-04", "2025-09-01"])
def test_a_holiday_on_a_saturday_moves_nothing_in_a_six_day_week(day):
    moment = dt.datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=ZONE)
    assert opening(SIX, CALENDAR, moment).is_open
    assert not opening(FIVE, CALENDAR, moment).is_open


@pytest.mark.parametrize(
    ("now", "opens"),
    [("2027-01-03T12:00", "2027-01-04T09:00"), ("2026-03-20T20:00", "2026-03-25T09:00"),
     ("2026-10-24T20:00", "2026-10-27T09:00")],
)  # fmt: skip
def test_what_a_six_day_week_says_of_its_next_opening(now, opens):
    now, opens = (dt.datetime.fromisoformat(text).replace(tzinfo=ZONE) for text in (now, opens))
    assert opening(SIX, CALENDAR, now) == Opening(is_open=False, until=opens)


moved = st.dictionaries(st.sampled_from(DAYS), st.booleans(), max_size=4).map(lambda days: tuple(days.items()))


@given(st.sampled_from(DAYS), moved, moved, moved)
def test_a_moved_day_moves_the_week_it_names_and_no_other(day, both, five, six):
    calendar = Calendar(both, five, six)
    for six_days, own in ((False, five), (True, six)):
        said = {**dict(both), **dict(own)}
        expected = not said[day] if day in said else is_day_off(CALENDAR, day, six_days)
        assert is_day_off(calendar, day, six_days) == expected
    assert is_working_day(calendar, day) == is_working_day(Calendar(both, five), day)


def test_who_opens_on_saturdays_works_six_days_unless_told_otherwise():
    assert SIX.six_days
    assert not FIVE.six_days
    assert week_hours(Hours(days={"mon": "09:00-18:00"}), six_days=True).six_days
    assert not week_hours(Hours(days={"sat": "09:00-13:00"}), six_days=False).six_days
