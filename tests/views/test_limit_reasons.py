"""Every limit has its reason, in the reader's language."""

from __future__ import annotations

import pytest
from flask import Flask, g

from portal.services.identity.limits import LIMITS, LimitReached
from portal.views.limit_reasons import reason

SLOWED = (
    "password", "factor", "codes of a person", "codes of a person at a network", "codes of an owner",
    "phones named with an iin", "phones named with an iin at a network",
)  # fmt: skip
SILENT = {  # never shown to anybody: their refusals do not show, or have no page
    "nobody's codes", "nobody's codes sent", "nobody's codes sent at most", "alarms about codes",
    "forms kept for an address",
    "reports of an address", "refusals on record of an address",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted({*LIMITS, *SLOWED} - SILENT))
def test_what_was_done_too_often_is_named(app: Flask, name: str) -> None:
    with app.test_request_context("/en/status"):
        g.lang = "en"
        assert reason(LimitReached(name, 60)) != "This was done too often."
