"""Staff at the door."""

import pytest

from tests.staff_signing_in import sign_in_staff

pytestmark = pytest.mark.usefixtures("demo_data")


def test_password_and_code_lead_in(client):
    assert sign_in_staff(client, "oral.officer").location == "/staff/"
    page = client.get("/staff/account")
    assert page.status_code == 200
    assert "Үлгіқызы Айгүл" in page.text
