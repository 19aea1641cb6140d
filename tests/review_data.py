"""A school with its people and cases for tests of review. All invented."""

from __future__ import annotations

import datetime as dt
from typing import Any

from portal.models import Account, Case, Check, Event, Locality, Organisation, StaffMember
from portal.services import numbers
from portal.services.cases import names as case_names
from portal.services.journeys.people import found_by
from portal.services.passports.schema import Passport
from portal.services.review import decisions, drafts, signed_corrections
from portal.services.review import desk as review
from tests.catalogue import BUILT_IN
from tests.queue_data import NOW, make_iin

SERVICE = "home-schooling"
PASSPORT: Passport = BUILT_IN.get(SERVICE, NOW.date())
MONDAY = NOW  # 2026-11-23, 10:00 in Kazakhstan


def make_school(code: str = "school-1") -> Organisation:
    return Organisation.create(
        code=code, kind="school", name_kk=f"Мектеп {code}", name_ru=f"Школа {code}", name_en=f"School {code}",
        email=f"{code}@example.kz", locality_code="oral",
    )  # fmt: skip


def make_town(body: Organisation) -> Locality:
    return Locality.create(
        code="oral", region_kk="БҚО", region_ru="ЗКО", region_en="WKO",
        name_kk="Орал", name_ru="Уральск", name_en="Oral", body=body,
    )  # fmt: skip


def make_staff(body: Organisation, login: str, role: str = "officer") -> StaffMember:
    return StaffMember.create(
        login=login, name=f"Үлгі {login}", organisation=body, role=role, email=f"{login}@example.kz", language="kk",
        password_hash="-", created_at=NOW,
    )  # fmt: skip


def make_account(number: int = 1, name: str = "") -> Account:
    return Account.create(
        iin=make_iin(f"8{number // 12 % 10}{number % 12 + 1:02d}014"), name=name or f"Үлгі Ана {number}",
        phone=f"+7701{number:07d}", register_phone=f"+7701{number:07d}", created_at=NOW,
    )  # fmt: skip


ANSWERS: dict[str, Any] = {
    "consent": True,
    "child": "other",
    "child_iin": make_iin("1505015"),
    "child_name": "Үлгі Бала",
    "child_birth_date": "2015-05-01",
    "locality": "oral",
    "school": "school-1",
    "grade": "class-5",
    "language": "kk",
    "conclusion_number": "ДКК-45/7",
    "conclusion_date": "2026-11-16",
    "conclusion_until": "2027-05-25",
    "wanted_from": "2026-12-01",
    "application": "Баламды үйде оқытуды сұраймын.",
    "contact_phone": "+77010000001",
    "message_language": "kk",
}


def make_case(
    body: Organisation,
    account: Account,
    state: str = "submitted",
    holder: StaffMember | None = None,
    service: str = SERVICE,
    submitted_at: dt.datetime = NOW,
    due_at: dt.datetime | None = None,
    **changes: Any,
) -> Case:
    answers = {**ANSWERS, **changes.pop("answers", {})}
    passport = BUILT_IN.get(service, NOW.date())
    case = Case.create(**{
        "number": numbers.new_case_number(), "kind": "application", "draft_key": numbers.new_code(12),
        "account": account, "service": service, "edition": passport.edition, "language": "kk", "body": body,
        "state": state, "is_open": state in ("submitted", "in_review", "needs_correction"), "assignee": holder,
        "answers": answers, "receipt_code": numbers.new_code(8), "submitted_at": submitted_at,
        "registered_at": submitted_at, "due_at": due_at or dt.datetime(2026, 11, 25, 18, 59, 59, tzinfo=dt.UTC),
        **changes,
    })  # fmt: skip
    Event.create(case=case, kind="submitted", at=submitted_at, actor="citizen")
    names, digits = found_by(passport, answers, {})
    case_names.write_names(case, (account.name, *names), digits)
    return case


def make_unchecked(body: Organisation, account: Account, **changes: Any) -> Case:
    """A kindergarten case that no register confirms."""
    case = make_case(body, account, service="preschool-queue", unchecked=True, **{"is_open": True, **changes})
    Check.create(case=case, subject="child", next_try_at=NOW)
    return case


def sign(staff: StaffMember, number: str, decision_id: int, now: dt.datetime) -> dt.datetime:
    """Sign what is prepared as somebody who has read the paper as it is now."""
    desk = review.get_desk(staff, number, now)
    shown = drafts.draft_decision(desk, desk.decision, staff, now).fingerprint if desk.decision else ""
    return decisions.sign(staff, number, decision_id, now, shown=shown)


class SignedByHand:
    """A signature that proves nothing, for tests of what comes after it."""

    method = "otp"

    def prove(self, text: str, now: dt.datetime) -> dict[str, Any]:
        return {}


def answer_correction(account: Account, number: str, values: dict[str, Any], now: dt.datetime) -> None:
    """Mend what was asked, and sign it."""
    signed_corrections.keep_answers(account, number, values, now)
    signed_corrections.sign_correction(account, number, SignedByHand(), "kk", now)
