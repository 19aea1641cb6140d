"""The first page and the passport pages."""

import datetime as dt
import itertools
import re
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

from portal.services.passports.catalogue import BUILT_IN
from portal.services.passports.file import read_yaml

SAMPLE = Path(__file__).parent.parent / "data" / "sample-service.yaml"
SERVICES = ["preschool-queue", "home-schooling"]


def read(client, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "lxml")


def words(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def test_the_first_page_offers_the_services_the_status_the_cabinet_and_the_contact_centre(client):
    page = read(client, "/kk/")
    addresses = [link["href"] for link in page.select("main a")]
    for id in SERVICES:
        assert f"/kk/services/{id}" in addresses
    assert {"/kk/cabinet", "/kk/complaints/new", "/kk/providers", "tel:1414"} <= set(addresses)
    asked = page.select_one('main form[action="/kk/status"]')
    assert [control["name"] for control in asked.select("input")] == ["number"], "the code goes into no address"
    assert page.select_one("main form[role=search]")["action"] == "/kk/"
    assert all(form.select_one("label")["for"] == form.select_one("input")["id"] for form in page.select("main form"))


def test_what_people_come_for_stands_before_anything_else(client):
    first = [link["href"] for link in read(client, "/kk/").select("main a")][:3]
    assert first == ["/kk/services/preschool-queue", "/kk/services/home-schooling", "#number"]


def test_each_service_says_in_a_line_what_one_gets(client, app):
    page = read(client, "/ru/")
    for service in app.extensions["context"].passports.list_services():
        item = page.select_one(f'.links a[href="/ru/services/{service.id}"]').find_parent("li")
        assert service.outcome.ru in words(item.text)
        assert service.price.ru in words(item.text)


def test_services_stand_under_the_situation_of_life_that_they_are_for(client, app):
    page = read(client, "/kk/")
    for service in app.extensions["context"].passports.list_services():
        heading = page.select_one(f'.links a[href="/kk/services/{service.id}"]').find_previous("h2")
        assert heading.text == service.situation.kk


def test_a_number_typed_on_the_home_page_stands_on_the_status_page(client):
    page = read(client, "/kk/status?number=7F3M-2K9PX")
    assert page.select_one("[name=number]")["value"] == "7F3M-2K9PX"
    assert not page.select_one("[name=code]").get("value")


@pytest.mark.parametrize("q", ["балабақша", "БАЛАБАКША", "балабакшага", "детсад", "kindergarten", "балабқша"])
def test_the_search_forgives(client, q):
    page = read(client, f"/kk/?q={q}")
    found = [link["href"] for link in page.select("main .links a")]
    assert "/kk/services/preschool-queue" in found
    assert "/kk/services/home-schooling" not in found
    assert page.select_one("#q")["value"] == q


def test_a_search_without_result_is_kind(client):
    page = read(client, "/en/?q=паспорт космонавта")
    assert not page.select('main a[href^="/en/services/"]')
    assert "паспорт космонавта" in page.select_one("main .notice").text
    assert page.select_one('main a[href="/en/"]')
    assert page.select_one('main a[href="tel:1414"]')


def test_v1_2_1_what_was_searched_for_stays_text(client):
    page = read(client, "/en/?q=%22%3E%3Csvg+onload%3Dx%3E")
    assert not page.select("main svg:not(.icon), [onload]")
    assert page.select_one("#q")["value"] == '"><svg onload=x>'


def test_a_query_too_long_is_searched_by_its_beginning(client):
    assert client.get("/kk/?q=" + "ы" * 5000).status_code == 200


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize("id", SERVICES)
def test_every_statement_of_the_passport_is_on_its_page_in_its_order(client, app, lang, id):
    text = words(read(client, f"/{lang}/services/{id}").select_one("main .rows").text)
    place = 0
    for section in app.extensions["context"].passports.get(id).text:
        for statement in ([section.title] if section.title else []) + list(section.body):
            found = text.find(words(statement.in_(lang)), place)
            assert found >= 0, statement.in_(lang)
            place = found + len(words(statement.in_(lang)))


@pytest.mark.parametrize("id", SERVICES)
def test_what_people_come_for_stands_on_top(client, app, id):
    passport = app.extensions["context"].passports.get(id)
    page = read(client, f"/en/services/{id}")
    facts = words(page.select_one("main .facts").text)
    for fact in (passport.outcome, passport.price):
        assert fact.en in facts
    assert {"preschool-queue": "30 minutes", "home-schooling": "2 working days"}[id] in facts


def test_documents_and_hours_stand_per_channel(client, app):
    boxes = read(client, "/kk/services/preschool-queue").select("main details.way")
    channels = app.extensions["context"].passports.get("preschool-queue").channels
    assert len(boxes) == len(channels)
    for box, channel in zip(boxes, channels, strict=True):
        assert channel.name.kk.lower() in words(box.text).lower()
        assert box.select_one(".open, .shut")
        for document in channel.documents:
            assert document.title.kk.lower() in words(box.text).lower()


def test_what_the_registers_hold_is_said_not_to_be_asked(client, app):
    portal = read(client, "/en/services/preschool-queue").select("main details.way")
    text = [words(box.text) for box in portal]
    assert any("from the registers (the state's databases) ourselves" in box for box in text)


def test_one_applies_where_there_is_a_form(client):
    for id in SERVICES:
        assert read(client, f"/kk/services/{id}").select_one(f'a.button[href="/kk/services/{id}/apply"]')


def test_a_service_without_a_form_says_where_else_one_applies(make_app, tmp_path):
    plain = read_yaml(SAMPLE.read_bytes())
    del plain["steps"]
    plain["apply_elsewhere"] = {"kk": "Кітапханаға барыңыз", "ru": "Обратитесь в библиотеку", "en": "Go to the library"}
    (tmp_path / "new.yaml").write_text(yaml.safe_dump(plain, allow_unicode=True), "utf-8")
    page = read(make_app(passports_dir=tmp_path).test_client(), "/kk/services/library-card")
    assert not page.select('a[href$="/apply"]')
    assert "Кітапханаға барыңыз" in words(page.select_one("main .notice").text)


@pytest.mark.parametrize(
    ("moment", "sentence"),  # Kazakhstan is five hours ahead
    [
        ("2026-11-23T05:00", "Documents are taken now until 13:00, then a break"),
        ("2026-11-23T08:30", "Documents are not taken now, next time today at 14:30"),
        ("2026-11-23T10:00", "Documents are taken now until 17:30"),
        ("2026-11-23T12:29", "Documents are taken now until 17:30"),
        ("2026-11-23T12:30", "Documents are not taken now, next time tomorrow at 09:00"),  # though open until 18:30
        ("2026-11-23T02:00", "Documents are not taken now, next time today at 09:00"),
        ("2026-11-23T15:00", "Documents are not taken now, next time tomorrow at 09:00"),
        ("2026-11-20T15:00", "Documents are not taken now, next time Monday at 09:00"),
        (
            "2026-03-20T15:00",
            "Documents are not taken now, next time Thursday at 09:00",
        ),  # Nauryz, moved days
    ],
)
def test_open_or_closed_is_told_to_the_minute(client, clock, moment, sentence):
    clock.now = dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC)
    assert sentence in words(read(client, "/en/services/home-schooling").select_one("main .ways").text)


def test_each_organisation_is_open_by_the_hours_it_has_chosen(client, clock, demo_data):
    clock.now = dt.datetime(2026, 11, 23, 3, 45, tzinfo=dt.UTC)  # 08:45: some open at 08:30, others at 09:00
    offices = read(client, "/en/services/preschool-queue").select_one("details.offices").text
    assert "Monday–Friday 08:30–13:00" in offices
    assert "Monday–Friday 09:00–13:00" in offices
    assert "Documents are not taken now, next time today at 09:00" in offices  # also where the door is open


def test_telephones_dial(client):
    assert read(client, "/kk/services/preschool-queue").select_one('.rows a[href="tel:+77112260465"]')
    assert read(client, "/kk/services/home-schooling").select_one('.rows a[href="tel:+78000807777"]')


def test_the_way_to_complain_is_shown_with_its_terms(client):
    text = words(read(client, "/en/services/preschool-queue").main.text)
    assert text.count("Time to answer: 5 working days.") == 2
    assert "Time to answer: 15 working days." in text


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize(
    ("address", "most"), [("", 4500), ("?q=балабақша", 4500), *((f"services/{id}", 7500) for id in SERVICES)]
)
def test_pages_are_small_with_their_style_inside(client, demo_data, lang, address, most):
    answer = client.get(f"/{lang}/{address}", headers={"Accept-Encoding": "br"})
    assert len(answer.data) <= most


@pytest.mark.parametrize("address", ["/kk/", *(f"/kk/services/{id}" for id in SERVICES)])
def test_headings_descend_one_by_one_and_ids_are_single(client, demo_data, address):
    page = read(client, address)
    levels = [int(heading.name[1]) for heading in page.find_all(re.compile("^h[1-6]$"))]
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in itertools.pairwise(levels))
    ids = [tag["id"] for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))


def test_an_unknown_service_is_a_helpful_404(client):
    answer = client.get("/kk/services/nothing")
    assert answer.status_code == 404
    assert 'href="/kk/services/preschool-queue"' in answer.text


def test_a_passport_dropped_in_becomes_a_page(make_app, tmp_path):
    source = (BUILT_IN / "home-schooling.yaml").read_text("utf-8")
    (tmp_path / "new.yaml").write_text(source.replace("id: home-schooling", "id: school-bus", 1), "utf-8")
    client = make_app(passports_dir=tmp_path).test_client()
    assert "/kk/services/school-bus" in client.get("/kk/").text
    assert client.get("/kk/services/school-bus").status_code == 200


@pytest.mark.parametrize("q", ["шағым", "shagym", "жалоба на садик", "шағымданғым"])
def test_whoever_searches_for_a_complaint_is_shown_the_way_first(client, q):
    page = read(client, f"/kk/?q={q}")
    assert page.select_one("#pages a")["href"] == "/kk/complaints/new"
    assert "табылмады" not in page.select_one("main").text


@pytest.mark.parametrize("q", ["balabaqsha", "bala baksha", "балбақша", "\u202aбала\u00adбақша\u202c"])
def test_a_kindergarten_is_found_in_any_letters_and_with_a_slip(client, q):
    page = read(client, f"/kk/?q={q}")
    assert page.select_one("main ul.links a")["href"] == "/kk/services/preschool-queue"


def test_a_long_search_is_not_said_again_at_length(client):
    answer = client.get("/ru/?q=" + "x" * 5000)
    assert answer.status_code == 200
    assert "x" * 200 in answer.text
    assert "x" * 201 not in answer.text
