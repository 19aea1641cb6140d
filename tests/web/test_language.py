"""In which language a page speaks."""

import pytest
from bs4 import BeautifulSoup
from flask import g
from flask_babel import force_locale, gettext

from portal.web.first_page import style_mark
from portal.web.language import capital


@pytest.mark.parametrize(
    ("cookie", "accepts", "chosen"),
    [
        ("ru", "en", "ru"),
        ("xx", "en", "en"),
        (None, "ru-KZ, ru;q=0.9, en;q=0.8", "ru"),
        (None, "kk-KZ", "kk"),
        (None, "fr, de;q=0.5", "kk"),
        (None, "", "kk"),
    ],
)
def test_the_root_chooses_by_cookie_then_by_the_browser_then_kazakh(client, cookie, accepts, chosen):
    if cookie:
        client.set_cookie("l", cookie)
    answer = client.get("/", headers={"Accept-Language": accepts})
    assert (answer.status_code, answer.location) == (303, f"/{chosen}/")


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_a_page_names_its_language_and_links_to_itself_in_the_others(client, lang):
    page = BeautifulSoup(client.get(f"/{lang}/services/preschool-queue").text, "lxml")
    assert page.html["lang"] == lang
    links = {link["lang"]: link["href"] for link in page.select("nav a[hreflang]")}
    assert links == {code: f"/{code}/services/preschool-queue" for code in {"kk", "ru", "en"} - {lang}}


def test_changing_the_language_keeps_what_was_searched_for(client):
    page = BeautifulSoup(client.get("/kk/?q=бақша").text, "lxml")
    assert page.select_one("nav a[lang=ru]")["href"].startswith("/ru/?q=%D0%B1")


@pytest.mark.parametrize("name", ["_external", "_scheme", "_anchor", "_method", "lang", "q"])
def test_nothing_in_the_query_bends_the_language_links(client, name):
    page = BeautifulSoup(client.get(f"/kk/?{name}=evil").text, "lxml")
    link = page.select_one("nav a[lang=ru]")["href"]
    assert link in ("/ru/", "/ru/?q=evil")


def test_an_unknown_address_speaks_the_language_it_begins_with(client):
    page = BeautifulSoup(client.get("/ru/nothing-here").text, "lxml")
    assert page.html["lang"] == "ru"
    assert page.select_one("nav a[lang=kk]")["href"] == "/kk/"


def test_there_are_only_three_languages(client):
    assert client.get("/de/").status_code == 404


def test_the_language_read_last_is_remembered_and_said_once(client):
    first = client.get("/ru/help")
    assert first.headers["Set-Cookie"].startswith(
        f"l=ru{style_mark()}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax"
    )
    assert "Set-Cookie" not in client.get("/ru/privacy").headers
    assert client.get("/", headers={"Accept-Language": "en"}).location == "/ru/"
    assert client.get("/en/help").headers["Set-Cookie"].startswith(f"l=en{style_mark()};")


def test_a_kept_page_remembers_the_language_as_well(client):
    client.get("/ru/help")
    client.get("/en/help")
    kept = client.get("/ru/help")
    assert kept.headers["Set-Cookie"].startswith(f"l=ru{style_mark()};")


def test_gettext_works_where_there_is_no_request(app):
    with app.app_context():
        assert gettext("Help")
        with force_locale("ru"):
            assert gettext("Help")
        assert "lang" not in g


def test_a_heading_begins_with_a_capital_but_an_address_does_not():
    assert capital("кеңсе") == "Кеңсе"
    assert capital("«электрондық үкімет»") == "«Электрондық үкімет»"
    assert capital("www.egov.kz-те") == "www.egov.kz-те"
    assert capital("") == ""
