"""Working time: opening hours, days off, terms, registration after hours."""

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portal.services.local_time import ZONE
from portal.services.passports.hours import Hours
from portal.services.passports.schema import Term
from portal.services.terms.working_time import (
    Interval,
    NeverOpen,
    Opening,
    TimeLeft,
    WeekHours,
    add_working_days,
    after_correction,
    end_of_term,
    opening,
    opening_intervals,
    registration_moment,
    time_left,
    week_hours,
)
from portal.services.terms.working_weeks import Calendar, is_day_off, is_working_day

CALENDAR = Calendar()

# Written by hand from the law on holidays: what people have off in 2026 besides Saturdays and Sundays.
OFF_2026 = {
    dt.date(2026, month, day)
    for month, day in [
        (1, 1), (1, 2),  # New Year
        (1, 7),  # Christmas
        (3, 9),  # for Sunday 8 March
        (3, 23), (3, 24), (3, 25),  # Nauryz on 21-23 March; Saturday and Sunday moved on
        (5, 1), (5, 7), (5, 11),  # 11 for Saturday 9 May
        (5, 27),  # Құрбан айт, by reckoning
        (7, 6),  # Capital Day; Constitution Day of 30 August is no holiday any more
        (10, 26),  # for Sunday 25 October
        (12, 16),  # Independence Day
    ]
}  # fmt: skip

WORK = (Interval(dt.time(9), dt.time(13)), Interval(dt.time(14, 30), dt.time(18, 30)))
SCHOOL = WeekHours(days=(WORK,) * 5 + ((), ()))
OFFICE = WeekHours(days=((Interval(dt.time(9), dt.time(20)),),) * 6 + ((),), six_days=True)
ALWAYS = WeekHours(always=True)
EARLIEST, LATEST = (dt.datetime.fromisoformat(f"{year}-01-01") for year in (1990, 2030))


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZONE)


def test_the_working_days_of_2026_are_those_of_the_hand_made_table():
    days = [dt.date(2026, 1, 1) + dt.timedelta(days=n) for n in range(365)]
    assert {day for day in days if day.weekday() < 5 and not is_working_day(CALENDAR, day)} == OFF_2026
    assert not any(is_working_day(CALENDAR, day) for day in days if day.weekday() >= 5)


@pytest.mark.parametrize("day", [dt.date(2029, 1, 8), dt.date(2027, 5, 17)])
def test_christmas_and_qurban_ait_at_a_weekend_move_no_day_off(day):
    assert day.weekday() == 0
    assert is_working_day(CALENDAR, day)


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2026-03-20", 2, "2026-03-27"),  # over Nauryz: 21 to 25 are off
        ("2026-10-23", 1, "2026-10-27"),  # Monday 26 October is off for Sunday the 25th
        ("2026-12-15", 1, "2026-12-17"),  # Independence Day
        ("2026-11-20", 5, "2026-11-27"),
        ("2026-11-22", 1, "2026-11-23"),  # from a Sunday
        ("2026-11-22", 0, "2026-11-22"),
    ],
)
def test_working_days_count_from_the_day_after(start, n, end):
    assert add_working_days(CALENDAR, dt.date.fromisoformat(start), n) == dt.date.fromisoformat(end)


def test_working_days_do_not_count_backwards():
    with pytest.raises(ValueError, match="forwards"):
        add_working_days(CALENDAR, dt.date(2026, 11, 20), -1)


def test_a_decree_comes_before_the_library():
    moved = Calendar(overrides=((dt.date(2026, 3, 25), True), (dt.date(2026, 3, 26), False)))
    assert is_working_day(moved, dt.date(2026, 3, 25))
    assert not is_working_day(moved, dt.date(2026, 3, 26))
    assert add_working_days(moved, dt.date(2026, 3, 20), 2) == dt.date(2026, 3, 27)


def test_a_weekend_day_that_a_past_decree_made_work_is_known_to_the_library():
    assert is_working_day(CALENDAR, dt.date(2025, 1, 5))
    assert not is_working_day(CALENDAR, dt.date(2025, 1, 3))


def test_a_term_in_minutes_runs_day_and_night():
    assert end_of_term(CALENDAR, at("2026-11-21T23:50"), Term(minutes=30)) == at("2026-11-22T00:20")


@given(
    st.datetimes(min_value=EARLIEST, max_value=LATEST, timezones=st.sampled_from([dt.UTC, ZONE])),
    st.integers(1, 3000),
)
@example(dt.datetime(2024, 2, 29, 18, 0, tzinfo=dt.UTC), 30)  # the clocks of the east were put back at midnight
@example(dt.datetime(2024, 2, 29, 23, 45, tzinfo=ZONE), 30)
@example(dt.datetime(2024, 2, 29, 23, 45, tzinfo=ZONE, fold=1), 30)
def test_a_term_in_minutes_lasts_so_many_minutes_also_where_clocks_were_put_back(begun, minutes):
    ends = end_of_term(CALENDAR, begun, Term(minutes=minutes))
    assert ends.astimezone(dt.UTC) - begun.astimezone(dt.UTC) == dt.timedelta(minutes=minutes)
    assert ends.tzinfo is ZONE


@pytest.mark.parametrize("zone", [dt.UTC, ZONE])
def test_a_pause_gives_back_the_minutes_it_took_also_where_clocks_were_put_back(zone):
    due = dt.datetime(2024, 2, 29, 17, 30, tzinfo=dt.UTC)
    asked, answered = (dt.datetime(2024, 2, 29, hour, tzinfo=dt.UTC) for hour in (17, 19))  # an hour twice between
    found = after_correction(
        "pauses", CALENDAR, Term(minutes=30), due.astimezone(zone), asked.astimezone(zone), answered.astimezone(zone)
    )
    assert found.astimezone(dt.UTC) - due == dt.timedelta(hours=2)


def test_minutes_left_today_are_real_ones_also_where_clocks_were_put_back():
    now, due = dt.datetime(2024, 2, 29, 17, 50, tzinfo=dt.UTC), dt.datetime(2024, 2, 29, 18, 20, tzinfo=dt.UTC)
    whole = (Interval(dt.time(), dt.time()),)
    for zone in (dt.UTC, ZONE):
        left = time_left(WeekHours(days=(whole,) * 7), CALENDAR, now.astimezone(zone), due.astimezone(zone))
        assert left == TimeLeft(0, 30)


def test_a_term_in_working_days_ends_with_the_last_second_of_its_last_day():
    late_at_night_in_utc = dt.datetime(2026, 3, 19, 20, 0, tzinfo=dt.UTC)  # already Friday the 20th in Oral
    assert end_of_term(CALENDAR, late_at_night_in_utc, Term(working_days=2)) == at("2026-03-27T23:59:59")


def test_hours_of_a_passport_lose_their_lunch():
    week = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "09:00-18:30")
    assert week_hours(Hours(days=week, lunch="13:00-14:30")) == SCHOOL
    assert week_hours(Hours(days=week)).days[0] == (Interval(dt.time(9), dt.time(18, 30)),)
    assert week_hours(Hours(days=week, holidays="open")).open_on_days_off
    assert week_hours("always") == ALWAYS


def test_a_short_day_that_ends_before_lunch_stays_whole():
    hours = week_hours(Hours(days={"mon": "09:00-18:00", "sat": "09:00-13:00"}, lunch="13:00-14:00"))
    assert hours.days[5] == (Interval(dt.time(9), dt.time(13)),)
    assert len(hours.days[0]) == 2


def test_a_day_may_last_until_midnight():
    whole_day = (Interval(dt.time(), dt.time()),)
    night = WeekHours(days=(whole_day,) * 2 + ((),) * 5)
    assert opening_intervals(night, CALENDAR, dt.date(2026, 11, 23)) == ((at("2026-11-23"), at("2026-11-24")),)
    assert opening(night, CALENDAR, at("2026-11-23T10:00")) == Opening(is_open=True, until=at("2026-11-25"))


@pytest.mark.parametrize(
    ("hours", "now", "expected"),
    [
        (SCHOOL, "2026-11-23T08:59:59", Opening(False, at("2026-11-23T09:00"))),
        (SCHOOL, "2026-11-23T09:00", Opening(True, at("2026-11-23T13:00"), lunch=True)),
        (SCHOOL, "2026-11-23T13:00", Opening(False, at("2026-11-23T14:30"), lunch=True)),
        (SCHOOL, "2026-11-23T14:30", Opening(True, at("2026-11-23T18:30"))),
        (SCHOOL, "2026-11-23T18:30", Opening(False, at("2026-11-24T09:00"))),
        (SCHOOL, "2026-03-20T19:00", Opening(False, at("2026-03-26T09:00"))),  # over Nauryz
        (OFFICE, "2026-11-21T13:30", Opening(True, at("2026-11-21T20:00"))),  # a Saturday, no lunch
        (OFFICE, "2026-05-09T10:00", Opening(False, at("2026-05-11T09:00"))),  # Victory Day, Sunday, the day moved
        (ALWAYS, "2026-12-16T03:00", Opening(True, None)),
        (WeekHours(), "2026-11-23T10:00", Opening(False, None)),
    ],
)
def test_open_now_says_until_when(hours, now, expected):
    assert opening(hours, CALENDAR, at(now)) == expected


def test_a_saturday_made_a_working_day_has_fridays_hours():
    moved = Calendar(overrides=((dt.date(2026, 11, 28), True),))
    assert [start.hour for start, _ in opening_intervals(SCHOOL, moved, dt.date(2026, 11, 28))] == [9, 14]
    assert [end.hour for _, end in opening_intervals(OFFICE, moved, dt.date(2026, 11, 28))] == [20]


def test_a_body_may_serve_on_holidays():
    duty = WeekHours(days=SCHOOL.days, open_on_days_off=True)
    assert opening(duty, CALENDAR, at("2026-12-16T10:00")).is_open
    assert not opening(SCHOOL, CALENDAR, at("2026-12-16T10:00")).is_open


@pytest.mark.parametrize(
    ("arrived", "registered"),
    [
        ("2026-11-20T18:29:59", "2026-11-20T18:29:59"),
        ("2026-11-20T18:31", "2026-11-23T09:00"),  # Friday evening
        ("2026-11-21T10:00", "2026-11-23T09:00"),  # Saturday
        ("2026-11-23T13:45", "2026-11-23T13:45"),  # lunch
        ("2026-11-23T03:00", "2026-11-23T03:00"),  # before opening
        ("2026-12-16T10:00", "2026-12-17T09:00"),  # a holiday
        ("2026-03-20T19:00", "2026-03-26T09:00"),  # the eve of Nauryz
    ],
)
def test_home_schooling_registers_after_hours_on_the_next_working_day(arrived, registered):
    assert registration_moment(SCHOOL, CALENDAR, at(arrived), "next_working_day") == at(registered)


def test_the_kindergarten_counts_the_moment_of_submission_day_and_night():
    moment = dt.datetime(2026, 11, 21, 22, 15, tzinfo=dt.UTC)
    assert registration_moment(SCHOOL, CALENDAR, moment, "at_once") == moment


def test_nothing_is_registered_by_hours_that_never_open():
    with pytest.raises(NeverOpen):
        registration_moment(WeekHours(), CALENDAR, at("2026-11-23T10:00"), "next_working_day")


def test_a_saturday_of_service_is_no_working_day_of_terms():
    assert registration_moment(OFFICE, CALENDAR, at("2026-11-21T10:00"), "next_working_day") == at("2026-11-23T09:00")


dates = st.dates(dt.date(2024, 3, 1), dt.date(2032, 12, 31))
moments = st.builds(lambda day, minutes: at(f"{day}") + dt.timedelta(minutes=minutes), dates, st.integers(0, 1439))
calendars = st.builds(
    lambda days: Calendar(tuple(sorted(days.items()))), st.dictionaries(dates, st.booleans(), max_size=5)
)
counts = st.integers(0, 40)
times = st.integers(0, 95).map(lambda quarter: dt.time(quarter // 4, quarter % 4 * 15))


@st.composite
def week_of_hours(draw):
    days = []
    for _ in range(7):
        marks = sorted(draw(st.sets(times, max_size=4)))
        days.append(tuple(Interval(a, b) for a, b in zip(marks[::2], marks[1::2], strict=False)))
    return WeekHours(days=tuple(days), open_on_days_off=draw(st.booleans()))


@given(calendars, dates, st.integers(1, 40))
def test_a_term_ends_on_a_working_day_after_its_start(calendar, start, n):
    end = add_working_days(calendar, start, n)
    assert is_working_day(calendar, end)
    between = [start + dt.timedelta(days=k) for k in range(1, (end - start).days + 1)]
    assert sum(is_working_day(calendar, day) for day in between) == n


@given(calendars, dates, counts, counts)
def test_terms_add_up(calendar, start, n, m):
    assert add_working_days(calendar, add_working_days(calendar, start, n), m) == add_working_days(
        calendar, start, n + m
    )


@given(calendars, dates, dates, counts)
def test_who_starts_later_never_ends_earlier(calendar, one, other, n):
    early, late = sorted((one, other))
    assert add_working_days(calendar, early, n) <= add_working_days(calendar, late, n)


@given(calendars, dates)
def test_a_day_off_is_never_a_working_day(calendar, day):
    assert not (is_day_off(calendar, day) and is_working_day(calendar, day))


@given(week_of_hours(), calendars, moments)
def test_the_state_holds_until_the_moment_named_and_flips_there(hours, calendar, now):
    state = opening(hours, calendar, now)
    if state.until is None:
        return
    assert state.until > now
    just_before = state.until - dt.timedelta(microseconds=1)
    assert opening(hours, calendar, just_before).is_open == state.is_open
    assert opening(hours, calendar, state.until).is_open != state.is_open


@given(week_of_hours(), calendars, moments)
def test_open_agrees_with_the_intervals_of_the_day(hours, calendar, now):
    today = now.astimezone(ZONE).date()
    inside = any(start <= now < end for start, end in opening_intervals(hours, calendar, today))
    assert opening(hours, calendar, now).is_open == inside


@given(calendars, moments, moments)
def test_registration_is_never_before_arrival_and_keeps_the_order(calendar, one, other):
    early, late = sorted((one, other))
    first, second = (registration_moment(SCHOOL, calendar, moment, "next_working_day") for moment in (early, late))
    assert early <= first <= second
    assert is_working_day(calendar, first.date())
