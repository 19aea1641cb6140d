"""A complaint and the people around it for tests. All invented."""

from __future__ import annotations

import datetime as dt

from portal.models import Account, Case, Complaint, Event, Organisation, StaffMember
from portal.services import numbers
from portal.services.cases import names as case_names
from portal.services.complaints import papers as complaint_papers
from portal.services.complaints import registration as complaint_registration
from portal.services.passports.complaint_routes import get_route
from portal.services.passports.schema import Passport
from tests.review_data import MONDAY, PASSPORT, make_account, make_case, make_school, make_staff


def make_body(code: str, kind: str) -> Organisation:
    return Organisation.create(
        code=code, kind=kind, name_kk=f"Орган {code}", name_ru=f"Орган {code}", name_en=f"Body {code}",
        email=f"{code}@example.kz", duty_officer=f"Үлгі Кезекші {code}",
    )  # fmt: skip


def make_complaint(
    body: Organisation,
    account: Account,
    to: str = "provider",
    about: Case | None = None,
    at: dt.datetime = MONDAY,
    passport: Passport = PASSPORT,
    official: str = "",
    previous: Case | None = None,
) -> Case:
    """As it stands when it has just been registered."""
    route = get_route(passport, to)
    registered, due = complaint_registration.registration(route, at)
    case = Case.create(
        number=numbers.new_case_number(), kind="complaint", draft_key=numbers.new_code(12), account=account,
        service=passport.id, edition=passport.edition, language="kk", body=body, incoming_number="Ш-2026/000001",
        accepted_by=complaint_registration.accepted_by(body, official), about=about, state="submitted",
        answers={"to": to, "text": "Бас тарту негізсіз.", "address": "Орал, Үлгі көшесі, 1", "official": official},
        receipt_code=numbers.new_code(8), submitted_at=at, registered_at=registered, due_at=due,
    )  # fmt: skip
    Complaint.create(case=case, to=to, against="official" if official else "body", official=official, previous=previous)
    Event.create(case=case, kind="submitted", at=at, actor="citizen")
    case_names.write_names(case, (account.name,))
    complaint_papers.issue_receipt(case, passport, route, at)
    return case


class Followed:
    """What has become of the complaint `case`."""

    case: Case

    @property
    def now(self) -> Case:
        return Case.get_by_id(self.case.id)

    @property
    def details(self) -> Complaint:
        return Complaint.get(Complaint.case == self.case)

    def kinds(self) -> list[str]:
        return [event.kind for event in Event.select().where(Event.case == self.case).order_by(Event.id)]


class Complained(Followed):
    """A school that refused a case, and a complaint about that."""

    def __init__(self) -> None:
        self.school = make_school()
        self.quality = make_body("quality", "authorised_body")
        self.centre = make_body("gov4c", "state_corporation")
        self.officer, self.decider = make_staff(self.school, "aigul"), make_staff(self.school, "bolat")
        self.head, self.signer = (make_staff(self.school, name, "head") for name in ("gulnar", "daniyar"))
        self.inspector = make_staff(self.quality, "inspector")
        self.account = make_account()
        self.application = make_case(self.school, self.account, "refused", self.decider)
        self.case = make_complaint(self.school, self.account, about=self.application)

    @property
    def number(self) -> str:
        return self.case.number


def rename(staff: StaffMember, name: str) -> StaffMember:
    staff.name = name
    staff.save()
    return staff
