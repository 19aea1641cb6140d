"""Finding a service by what people type."""

import datetime as dt

import pytest

from portal.services.passports.catalogue import Catalogue
from portal.services.passports.search import search_pages, search_services


@pytest.fixture(scope="module")
def services():
    return Catalogue.load(today=dt.date(2026, 11, 22)).list_services()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["preschool-queue", "home-schooling"]),
        ("  !?  ", ["preschool-queue", "home-schooling"]),
        ("балабақша", ["preschool-queue"]),
        ("BAлабакшаға", ["preschool-queue"]),
        ("очередь сад", ["preschool-queue"]),
        ("Үйде оқыту", ["home-schooling"]),
        ("уйде окыту", ["home-schooling"]),
        ("kindergaten", ["preschool-queue"]),
        ("бала", ["preschool-queue", "home-schooling"]),
        ("balabaqsha", ["preschool-queue"]),
        ("BALABAKSHA", ["preschool-queue"]),
        ("baqsha", ["preschool-queue"]),
        ("bala baksha", ["preschool-queue"]),
        ("балбақша", ["preschool-queue"]),
        ("балабкша", ["preschool-queue"]),
        ("detskii sad", ["preschool-queue"]),
        ("дедский сад", ["preschool-queue"]),
        ("ochered v sadik", ["preschool-queue"]),
        ("kinder garden", ["preschool-queue"]),
        ("uide oqytu", ["home-schooling"]),
        ("обучене на даму", ["home-schooling"]),
        ("шағым", []),
        ("ғарышкер", []),
        ("очередь космонавтов", []),
    ],
)
def test_words_are_found_in_any_language_with_look_alikes_endings_and_slips(services, query, found):
    assert [service.id for service in search_services(services, query)] == found


@pytest.mark.parametrize(
    "query",
    [
        "шағым",
        "шағм",
        "Шағымданғым келеді",
        "shagym",
        "жалоба",
        "пожаловаться на садик",
        "zhaloba",
        "complaint",
        "ЖАЛОБУ",
    ],
)
def test_whoever_asks_for_a_complaint_is_shown_the_way(query: str):
    assert search_pages(query) == ["complaint"]


@pytest.mark.parametrize("query", ["", "балабақша", "шаш", "жол", "очередь"])
def test_nobody_else_is(query: str):
    assert search_pages(query) == []


def test_a_hostile_query_costs_little(services):
    search_services(services, "а" * 100_000)
    search_services(services, "йцукен " * 20_000)
