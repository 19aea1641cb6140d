"""Where people go, and when."""

import datetime as dt

from portal.services.reference.offices import WeekLine, next_change, week_lines
from portal.services.terms.working_time import Interval, WeekHours

DAY = (Interval(dt.time(9), dt.time(13)), Interval(dt.time(14), dt.time(18)))
SATURDAY = (Interval(dt.time(9), dt.time(13)),)


def test_equal_neighbouring_days_share_a_line_and_closed_days_have_none():
    week = WeekHours(days=(DAY, DAY, (), DAY, DAY, SATURDAY, ()))
    assert week_lines(week) == (WeekLine(0, 1, DAY), WeekLine(3, 4, DAY), WeekLine(5, 5, SATURDAY))


def test_round_the_clock_needs_no_lines():
    assert week_lines(WeekHours(always=True)) == ()


def test_nothing_changes_where_nothing_is_listed():
    assert next_change([]) is None
