"""Public pages as ready bytes."""

import datetime as dt

import brotli
import peewee
import pytest

from portal.web.first_page import style_mark
from portal.web.kept import KeptPage, Store

PASSPORT = "/kk/services/preschool-queue"
BR = {"Accept-Encoding": "br"}


@pytest.fixture
def client(client):
    """A reader who has seen a page here before, and so has the stylesheet."""
    client.set_cookie("l", f"kk{style_mark()}")
    return client


@pytest.fixture
def layer(app):
    return app.extensions["kept_pages"]


def test_the_second_reader_gets_the_same_bytes_without_flask(client, layer):
    first = client.get(PASSPORT, headers=BR)
    second = client.get(PASSPORT, headers=BR)
    assert layer.answered == 1
    assert second.data == first.data
    once = {"Set-Cookie", "Date"}
    assert {h for h in second.headers if h[0] not in once} == {h for h in first.headers if h[0] not in once}


def test_what_is_kept_is_squeezed_hardest(client):
    answer = client.get(PASSPORT, headers=BR)
    assert answer.data == brotli.compress(brotli.decompress(answer.data), mode=brotli.MODE_TEXT, quality=11)


@pytest.mark.parametrize("address", ["/kk/?q=x", "/kk/nothing", "/kk/status", "/kk/sign-in", "/kk/cabinet", "/healthz"])
def test_only_public_pages_that_say_so_are_kept(client, app, address):
    client.get(address)
    assert len(app.extensions["kept"]) == 0


def test_a_page_is_rendered_anew_when_open_turns_into_closed(client, clock, layer, demo_data):
    clock.now = dt.datetime(2026, 11, 23, 7, 59, 1, tzinfo=dt.UTC)  # a minute to 13:00 in Kazakhstan, lunch from 13:00
    assert "13:00, then a break" in client.get("/en/services/preschool-queue").text
    clock.forward(seconds=58)
    assert "13:00, then a break" in client.get("/en/services/preschool-queue").text
    clock.forward(seconds=1)
    assert "13:00, then a break" not in client.get("/en/services/preschool-queue").text
    assert layer.answered == 1


def test_no_page_is_kept_longer_than_a_minute(client, clock, layer):
    client.get("/kk/help")
    clock.forward(seconds=59)
    client.get("/kk/help")
    assert layer.answered == 1
    clock.forward(seconds=1)
    client.get("/kk/help")
    assert layer.answered == 1


def test_a_slow_line_asks_only_whether_the_page_changed(client):
    mark = client.get(PASSPORT, headers=BR).headers["ETag"]
    answer = client.get(PASSPORT, headers=BR | {"If-None-Match": mark})
    assert (answer.status_code, answer.data) == (304, b"")
    assert answer.headers["ETag"] == mark


def test_a_page_read_with_its_style_inside_is_not_sent_again_for_the_style_alone(client):
    from_first_visit = client.application.test_client().get(PASSPORT, headers=BR).headers["ETag"]
    for _ in range(2):  # rendered, then kept
        answer = client.get(PASSPORT, headers=BR | {"If-None-Match": from_first_visit})
        assert answer.status_code == 304
        # a policy sent here would replace the one that lets that very style through
        assert "Content-Security-Policy" not in answer.headers


def test_a_browser_with_the_stylesheet_gets_the_page_without_it(client):
    assert "<style>" not in client.get(PASSPORT).text
    assert "<style>" not in client.get(PASSPORT).text
    client.delete_cookie("l")
    assert "<style>" in client.get(PASSPORT).text


def test_head_is_answered_without_a_body(client):
    client.get(PASSPORT)
    answer = client.head(PASSPORT)
    assert (answer.status_code, answer.data) == (200, b"")
    assert int(answer.headers["Content-Length"]) > 0


def test_no_cookie_of_one_reader_is_kept_for_another(client, app):
    client.get("/kk/help")
    client.get("/kk/help")
    other = app.test_client()
    other.set_cookie("l", f"kk{style_mark()}")
    assert "Set-Cookie" not in other.get("/kk/help").headers


def test_kept_pages_answer_while_the_database_does_not(client, app, monkeypatch):
    def down() -> None:
        raise peewee.OperationalError("down")

    client.get("/kk/help")
    client.get(PASSPORT)
    monkeypatch.setitem(app.before_request_funcs, None, [down])
    assert client.get("/ru/help").status_code == 503
    assert client.get("/kk/help").status_code == 200
    assert client.get(PASSPORT).status_code == 200


def test_a_page_kept_by_a_clock_that_ran_ahead_is_rendered_anew(client, clock, layer):
    clock.forward(days=4 * 365)
    client.get("/kk/help")
    clock.forward(days=-4 * 365)
    client.get("/kk/help")
    assert layer.answered == 0


def test_what_htmx_asks_for_neither_replaces_nor_passes_by_what_is_kept_for_all(client, layer):
    whole = client.get("/kk/").data
    for name in ("true", "1", ""):
        client.get("/kk/", headers={"HX-Request": name})
    assert client.get("/kk/").data == whole
    before = layer.answered
    for _ in range(10):
        client.get("/kk/", headers={"HX-Request": "true"})
    assert layer.answered == before + 10


def test_the_store_is_bounded_and_forgets_the_least_recently_read(monkeypatch):
    monkeypatch.setattr("portal.web.kept.ROOM", 2)
    store = Store()
    page = KeptPage(b"", [], "", 100.0, "kk")
    keys = [(f"/{n}", False, "", False, False) for n in range(3)]
    store.keep(keys[0], page)
    store.keep(keys[1], page)
    store.find(keys[0], 50.0)
    store.keep(keys[2], page)
    assert [store.find(key, 50.0) is not None for key in keys] == [True, False, True]
    assert store.find(keys[0], 100.0) is None
    store.clear()
    assert len(store) == 0
