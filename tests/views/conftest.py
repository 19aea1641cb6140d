"""People that several files of tests sign in as."""

from __future__ import annotations

import pytest

from portal import db as database
from portal.models import StaffMember
from tests.staff_signing_in import sign_in_staff


@pytest.fixture
def admin(client, demo_data):
    """The demo's administrator, signed in; staff pages in English."""
    database.connect()
    StaffMember.update(language="en").execute()
    sign_in_staff(client, "admin")
    return client
