"""The quiet pages."""

import pytest
from bs4 import BeautifulSoup

from portal.services.identity import codes, sessions

PAGES = ["help", "privacy", "accessibility", "providers"]


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_a_quiet_page_is_whole_and_small(client, demo_data, lang, page):
    answer = client.get(f"/{lang}/{page}", headers={"Accept-Encoding": "br"})
    assert answer.status_code == 200
    assert len(answer.data) <= 4500
    soup = BeautifulSoup(client.get(f"/{lang}/{page}").text, "lxml")
    assert len(soup.select("main")) == len(soup.select("h1")) == 1
    assert soup.title.text.endswith(" – Qyzmet")
    ids = [tag["id"] for tag in soup.select("[id]")]
    assert len(ids) == len(set(ids))


def test_every_page_leads_to_the_quiet_ones_and_to_the_contact_centre(client):
    soup = BeautifulSoup(client.get("/kk/").text, "lxml")
    footer = {link["href"] for link in soup.select("footer a")}
    assert footer == {f"/kk/{page}" for page in PAGES} | {"tel:1414", "tel:+78000807777"}


def test_help_says_what_to_do_when_no_code_comes(client):
    soup = BeautifulSoup(client.get("/en/help").text, "lxml")
    text = soup.main.text
    for way_out in ("1414", "front office", "EDS", "identity card"):
        assert way_out in text
    assert soup.select_one("#code")
    assert soup.select_one("#phone")


def test_privacy_names_the_terms_that_the_code_keeps(client):
    text = BeautifulSoup(client.get("/en/privacy").text, "lxml").main.text
    assert f"{codes.LIFETIME.seconds // 60} minutes" in text
    assert f"up to {sessions.LIFETIME.seconds // 3600} hours" in text
    assert f"{sessions.IDLE.seconds // 60} minutes without use" in text


def test_providers_are_listed_with_hours_address_and_telephone(client, demo_data):
    soup = BeautifulSoup(client.get("/kk/providers").text, "lxml")
    boxes = soup.select("main .box")
    assert len(boxes) >= 10
    for box in boxes:
        assert box.h3.text.strip()
        assert box.select_one(".open, .shut").text.strip()
        assert box.select_one('a[href^="tel:+7"]')


def test_schools_stand_under_home_schooling_only(client, demo_data):
    soup = BeautifulSoup(client.get("/en/providers").text, "lxml")
    queue, schooling = soup.select("main .grid")
    assert "sample school" not in queue.text
    assert len(schooling.select(".box")) == 2


def test_offices_are_listed_by_town_and_lead_to_a_map(client, demo_data):
    soup = BeautifulSoup(client.get("/en/providers?town=aqsai").text, "lxml")
    assert soup.select_one("option[selected]")["value"] == "aqsai"
    names = [heading.text for heading in soup.select("main .box h3")]
    assert names
    assert all("Aksai" in name or "Borili" in name for name in names), names
    place = soup.select_one('main .box a[href^="https://www.openstreetmap.org/search?query="]')
    assert "Aksai" in place.text
    nowhere = BeautifulSoup(client.get("/en/providers?town=nowhere").text, "lxml")
    assert not nowhere.select("main .box")
    assert nowhere.select_one('main .notice a[href="tel:1414"]')


PUBLIC = ["", "services/preschool-queue", "status", *PAGES]


@pytest.mark.parametrize("page", PUBLIC)
def test_a_public_page_says_to_search_engines_what_it_is(client, demo_data, page):
    said = {}
    for lang in ("kk", "ru", "en"):
        soup = BeautifulSoup(client.get(f"/{lang}/{page}").text, "lxml")
        said[lang] = soup.select_one("meta[name=description]")["content"]
        assert 30 <= len(said[lang]) <= 200
        assert soup.html["lang"] == lang
    assert len(set(said.values())) == 3


def test_robots_find_the_public_pages_in_each_language_and_nothing_else(client):
    robots = client.get("/robots.txt")
    assert robots.content_type == "text/plain; charset=utf-8"
    lines = robots.text.splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /staff/", "Disallow: /sandbox/", "Disallow: /*/cabinet"} <= set(lines)
    address = next(line for line in lines if line.startswith("Sitemap: ")).removeprefix("Sitemap: ")
    sitemap = BeautifulSoup(client.get(address.partition("8000")[2] or "/sitemap.xml").data, "xml")
    places = [place.text for place in sitemap.select("loc")]
    assert len(places) == 3 * 8
    for place in places:
        assert client.get(place[place.index("/", 8) :]).status_code == 200
    assert {link["hreflang"] for link in sitemap.find_all("link")} == {"kk", "ru", "en"}


def test_without_providers_the_page_says_whom_to_call(client):
    assert "1414" in BeautifulSoup(client.get("/en/providers").text, "lxml").select_one("main .notice").text


def test_the_trial_strip_is_shown_everywhere_but_in_production(client, production_app):
    assert BeautifulSoup(client.get("/kk/help").text, "lxml").select_one(".demo")
    production = production_app.test_client().get("/kk/help", base_url="https://qyzmet.test")
    assert not BeautifulSoup(production.text, "lxml").select_one(".demo")


@pytest.mark.parametrize("page", ["help", "accessibility"])
def test_front_offices_are_promised_only_for_what_their_passports_name_them_for(app, page):
    said = BeautifulSoup(app.test_client().get(f"/en/{page}").text, "html.parser").select_one(".front-offices").text
    services = app.extensions["context"].passports.list_services()
    taken = [service for service in services if any(channel.id == "state_corporation" for channel in service.channels)]
    assert {service.id for service in taken} == {"preschool-queue"}
    assert [service.short_title.en in said for service in services] == [service in taken for service in services]
