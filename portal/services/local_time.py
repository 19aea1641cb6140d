"""The one zone of the country, and moments in it. Pure."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Almaty")  # one zone for the whole country since 2024-03-01


def local(moment: dt.datetime) -> dt.datetime:
    """The moment on the country's clock."""
    return moment.astimezone(ZONE)
