"""What the reader sees when something did not work."""

import re

import peewee
import pytest
from bs4 import BeautifulSoup

from portal.web.access import public
from portal.web.errors import refuse
from tests.signing_in import post


class TeapotIsShort(Exception):
    """A refusal of a service."""


@pytest.fixture
def broken(make_app):
    """An application with views that fail; its own 500 page is shown instead of raising."""
    app = make_app()
    app.testing = False

    def add(path, error):
        @public
        def fail():
            raise error

        app.add_url_rule(path, path.strip("/"), fail)

    add("/ru/breaks", RuntimeError("secret of the house"))
    add("/kk/database", peewee.OperationalError("server closed the connection, password=x"))
    add("/kk/short", TeapotIsShort())
    refuse(app, TeapotIsShort, 409)
    return app


def test_a_wrong_address_gets_a_page_that_helps(client):
    answer = client.get("/kk/services/nothing-of-the-kind")
    page = BeautifulSoup(answer.text, "lxml")
    assert answer.status_code == 404
    assert len(page.select("main")) == len(page.select("h1")) == 1
    assert page.select_one('a[href="/kk/services/preschool-queue"]')
    assert page.select_one('a[href="tel:1414"]')


def test_v16_5_1_a_failure_shows_a_number_and_no_trace(broken, caplog):
    answer = broken.test_client().get("/ru/breaks")
    page = BeautifulSoup(answer.text, "lxml")
    assert answer.status_code == 500
    assert page.html["lang"] == "ru"
    assert "secret of the house" not in answer.text
    assert "Traceback" not in answer.text
    number = page.select_one("main code").text
    assert re.fullmatch(r"[0-9a-f]{12}", number)
    assert number in caplog.text
    assert "secret of the house" in caplog.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_database_that_is_down_is_an_honest_503(broken):
    answer = broken.test_client().get("/kk/database")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "password" not in answer.text


def test_a_refusal_of_a_service_gets_a_page_of_its_own(broken):
    assert broken.test_client().get("/kk/short").status_code == 409


def test_a_method_that_is_not_served_names_those_that_are(client):
    answer = client.open("/kk/help", method="DELETE")
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_a_form_larger_than_64_kb_is_refused(client):
    answer = client.post("/csp", data=b"x" * (64 * 1024 + 1), content_type="application/csp-report")
    assert answer.status_code == 413
    assert "<h1>" in answer.text


@pytest.mark.parametrize("path", ["/ru", "/ru/", "/ru/cabinet", "/ru/nowhere", "/staff/"])
@pytest.mark.parametrize("host", ["a" * 64 + ".kz", "a..b", ".", "a..b:80"])
def test_a_host_that_is_no_name_is_refused_in_words(app, path, host):
    app.testing = False
    answer = app.test_client().get(path, headers={"Host": host})
    assert answer.status_code == 400 or (path == "/ru/" and answer.status_code == 200)  # a page kept for everybody
    page = BeautifulSoup(answer.text, "lxml")
    assert page.h1
    if path.startswith("/ru"):
        assert page.html["lang"] == "ru"


@pytest.mark.parametrize("cookie", ["s=\xff", "\xff", "l=ru; s=\xff\xfe", 's="\xff"'])
@pytest.mark.parametrize("path", ["/ru/", "/ru/cabinet", "/ru/sign-in", "/staff/"])
def test_a_cookie_of_bytes_that_are_no_letters_breaks_no_page(app, path, cookie):
    app.testing = False
    answer = app.test_client(use_cookies=False).get(path, environ_overrides={"HTTP_COOKIE": cookie})
    assert answer.status_code in (200, 303)


def test_a_form_without_files_that_is_too_large_says_that_its_text_is_too_long(client):
    answer = post(client, "/ru/status", {"number": "x" * 70_000})
    assert answer.status_code == 413
    assert "Слишком длинный текст" in answer.text
