"""Small reference data and people for tests of the queue. All invented."""

from __future__ import annotations

import datetime as dt
from typing import Any

from portal.gateways.registries import Child, RegistryDown
from portal.models import Account, Group, Kindergarten, Locality, Organisation
from portal.services import numbers
from portal.services.iin import check_digit
from portal.services.journeys.journey import Journey
from tests.catalogue import BUILT_IN

NOW = dt.datetime(2026, 11, 23, 5, 0, tzinfo=dt.UTC)
PASSPORT = BUILT_IN.get("preschool-queue", dt.date(2026, 11, 23))


def make_iin(start: str) -> str:
    """An IIN from its first seven digits, with a serial that has a check digit."""
    for serial in range(1, 9999):
        eleven = f"{start}{serial:04d}"
        if check_digit(eleven) is not None:
            return f"{eleven}{check_digit(eleven)}"
    raise AssertionError(start)


def make_places(places: int = 1) -> Locality:
    """A town with two kindergartens for children born in 2023: one teaches in Kazakh, the other in Russian."""
    body = Organisation.create(
        code="body", kind="provider", name_kk="Бөлім", name_ru="Отдел", name_en="Department",
        email="body@example.kz", duty_officer="Үлгіқызы Айгүл",
    )  # fmt: skip
    town = Locality.create(
        code="oral", region_kk="БҚО", region_ru="ЗКО", region_en="WKO",
        name_kk="Орал", name_ru="Уральск", name_en="Oral", body=body,
    )  # fmt: skip
    for code, language in (("kk-1", "kk"), ("ru-1", "ru")):
        garden = Kindergarten.create(
            code=code, locality=town, name_kk=f"Балабақша {code}", name_ru=f"Детсад {code}", name_en=f"Garden {code}"
        )
        Group.create(kindergarten=garden, birth_year=2023, language=language, places=places)
    return town


def make_parent(number: int = 1) -> Account:
    return Account.create(
        iin=make_iin(f"90010{1 + number % 9}4"[:7]) if number < 9 else make_iin(f"91{number % 12 + 1:02d}104"),
        name=f"Үлгі Ана {number}", phone=f"+7700000{number:04d}",
        register_phone=f"+7700000{number:04d}", created_at=NOW,
    )  # fmt: skip


def answers_for(child: int = 1, **changes: Any) -> dict[str, Any]:
    """Answers to every step for the child with this serial number, born in 2023."""
    return {
        "consent": True,
        "child": "other",
        "child_iin": child_iin(child),
        "child_name": f"Үлгі Бала {child}",
        "child_birth_date": "2023-05-01",
        "child_certificate": "",
        "locality": "oral",
        "kindergartens": ["kk-1"],
        "language": "kk",
        "wanted_from": "2026-12-01",
        "priority": "none",
        "contact_phone": "+77000000001",
        "message_language": "kk",
        **changes,
    }


def child_iin(serial: int) -> str:
    """The serial-th valid IIN of a girl born on 2023-05-01."""
    valid = (
        f"2305016{n:04d}{check_digit(f'2305016{n:04d}')}" for n in range(1, 9999) if check_digit(f"2305016{n:04d}")
    )
    return next(iin for place, iin in enumerate(valid, 1) if place == serial)


def journey_for(answers: dict[str, Any], facts: dict[str, str] | None = None) -> Journey:
    return Journey(PASSPORT, answers, facts or {}, tuple(step.id for step in PASSPORT.steps))


def new_number() -> str:
    return numbers.new_case_number()


class Registers:
    """A register of this process that says what a test tells it to."""

    def __init__(self, *, confirms: bool = True, down: bool = False, privileges: tuple[str, ...] = ()) -> None:
        self.confirms, self.down, self.privileges = confirms, down, privileges

    def _check(self) -> None:
        if self.down:
            raise RegistryDown

    def find_child(self, guardian_iin: str, child_iin: str) -> Child | None:
        self._check()
        return Child(child_iin, "Үлгі Бала", dt.date(2023, 5, 1), "ДЕМО 1") if self.confirms else None

    def list_children(self, iin: str) -> list[Child]:
        self._check()
        return []

    def list_privileges(self, iin: str) -> list[str]:
        self._check()
        return list(self.privileges)

    def find_phone(self, iin: str) -> str | None:
        self._check()
        return None
