"""Who may call which view."""

import pytest


def test_every_view_says_who_may_call_it(app):
    unmarked = [name for name, view in app.view_functions.items() if not hasattr(view, "access")]
    assert unmarked == []


def test_a_view_without_a_mark_is_refused(make_app):
    app = make_app()
    app.add_url_rule("/kk/forgotten", "forgotten", lambda: "open to all")
    assert app.test_client().get("/kk/forgotten").status_code == 403


@pytest.mark.parametrize("address", ["/kk/cabinet", "/ru/cabinet"])
def test_a_stranger_is_sent_to_sign_in_and_back(client, address):
    answer = client.get(address)
    assert answer.status_code == 303
    assert answer.location.startswith(f"{address[:3]}/sign-in?next=")
