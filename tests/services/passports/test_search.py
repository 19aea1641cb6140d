"""Finding a service by what people type."""

import datetime as dt

import pytest

from portal.services.passports.catalogue import Catalogue
from portal.services.passports.search import search_services


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
        ("ғарышкер", []),
        ("очередь космонавтов", []),
    ],
)
def test_words_are_found_in_any_language_with_look_alikes_endings_and_slips(services, query, found):
    assert [service.id for service in search_services(services, query)] == found


def test_a_hostile_query_costs_little(services):
    search_services(services, "а" * 100_000)
    search_services(services, "йцукен " * 20_000)
