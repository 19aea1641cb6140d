"""Moments noted by a clock that was wrong: a clock may run ahead for an hour and be put right, and what was written
meanwhile lies in the future. Nothing of it may hold good, or hold anybody up, until that future comes."""

from __future__ import annotations

import datetime as dt

SKEW = dt.timedelta(minutes=5)  # by so much the clocks of several machines may differ


def is_ahead(moment: dt.datetime, now: dt.datetime) -> bool:
    """Was this noted by a clock that ran ahead?"""
    return moment > now + SKEW
