"""The contact centre (1414): what an operator reads out to a caller who has proved who they are.

Nothing about a person is told before: whatever number or IIN is typed, known or unknown, a code is asked for alike and
goes to the phone that the registers hold. A code to a phone that the caller names opens what
services/identity/without_sign_in.py says.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from ...db import db
from ...gateways.registries import RegistryClient
from ...models import Account, Case, Complaint, Draft, Organisation, StaffMember
from ...typed_text import clean_number
from .. import numbers
from ..cases import timeline
from ..complaints import in_my_name, submitting
from ..complaints import work as complaint_work
from ..identity import accounts, codes, limits, without_sign_in
from ..iin import IinWrong, read_iin
from ..passports.schema import Passport
from ..procedures.protocol import ShownLine
from ..procedures.registry import procedure_of_case
from ..records import audit
from ..signatures.signing import SignedOnCall

PROVED_FOR = dt.timedelta(minutes=15)
CASES_TOLD = 50  # cases that are listed, the newest first


class CallQueryUnfit(ValueError):
    """Neither a case's number nor an IIN."""


@dataclass(frozen=True)
class CallerCase:
    """A case as it is read out. `step` names the next step; `lines`: what its procedure says of it.

    `instance`: which one a complaint is with; "" of an application.
    """

    case: Case
    step: str
    lines: tuple[ShownLine, ...]
    answer: str
    instance: str
    is_appealable: bool

    @property
    def awaits_answer(self) -> bool:
        return timeline.awaits_answer(self.case.state)


def ask_code(
    staff: StaffMember, query: str, registries: RegistryClient, now: dt.datetime, address: str, bound_to: str
) -> str:
    """Send a code to whoever this number or IIN belongs to; the handle to prove it with.

    Raises CallQueryUnfit for what can be neither, LimitReached.
    """
    iin, phone = _whose(query)
    _count(staff, now)
    purpose = "call_stated" if phone else "call"
    return codes.request_code(purpose, iin, registries, now, address, bound_to, phone=phone)


def ask_stated(
    staff: StaffMember,
    iin: str,
    phone: str,
    registries: RegistryClient,
    now: dt.datetime,
    address: str,
    bound_to: str,
) -> str:
    """Send a code to a phone that the caller names, where the registers have none: it opens complaints alone.

    Raises LimitReached.
    """
    _count(staff, now)
    return codes.request_code("call_stated", iin, registries, now, address, bound_to, phone=phone)


def ask_again(
    staff: StaffMember, handle: str, registries: RegistryClient, now: dt.datetime, address: str, bound_to: str
) -> str:
    """Another code for whoever the first was for. Raises CodeUnknown, LimitReached."""
    _count(staff, now)
    return codes.ask_again(handle, registries, now, address, bound_to).handle


def _count(staff: StaffMember, now: dt.datetime) -> None:
    limits.hit("calls of an operator", str(staff.id), now)
    with db.atomic():
        audit.record(f"staff:{staff.id}", "ask_caller", f"organisation:{staff.organisation_id}", now)


def _whose(query: str) -> tuple[str, str | None]:
    """The IIN, and the phone of a complaint by who did not sign in; of anybody else the registers know it."""
    query = query.strip()[:60]
    digits = "".join(clean_number(query).replace("-", " ").split())
    if digits.isdecimal() and len(digits) == 12:
        try:
            return read_iin(digits), None
        except IinWrong:
            raise CallQueryUnfit from None
    number = numbers.normalise_number(query)
    if number is None:
        raise CallQueryUnfit
    row = Case.select(Account.iin, Account.stated_phone).join(Account).where(Case.number == number).tuples().first()
    return (row[0], row[1] or None) if row else (_nobodys(number), None)


def _nobodys(number: str) -> str:
    """Stands for the holder of a number that is not there: no IIN has a month 99, so nobody gets the code."""
    rest = int.from_bytes(hashlib.sha256(number.encode()).digest()[:8], "big") % 10**8
    return f"9999{rest:08d}"


def prove_caller(
    staff: StaffMember,
    handle: str,
    code: str,
    registries: RegistryClient,
    now: dt.datetime,
    bound_to: str,
    address: str,
    name: str = "",
) -> Account:
    """The caller's account: they read out the code that was sent. `name`: as stated with a phone that they named.

    Raises what one_time_codes.prove_code raises.
    """
    row = codes.prove_code(handle, code, ("call", "call_stated"), now, bound_to, address=address)
    registered = without_sign_in.find_registered_phone(row.iin, registries) if name else None
    known_as = "" if name else accounts.ask_name(row.iin, registries)
    with db.atomic():
        if name:
            account = without_sign_in.open_account(row, name, registered, "kk", now)
        else:
            found = without_sign_in.find(row.iin, row.phone) if row.purpose == "call_stated" else None
            account = found or accounts.open_account(row, known_as, now, "kk")
        audit.record(f"staff:{staff.id}", "caller_proved", f"account:{account.id}", now)
    return account


def get_caller(account_id: int) -> Account | None:
    """Who was proved; None where the account is gone."""
    return Account.get_or_none(Account.id == account_id)


def list_cases(staff: StaffMember, account: Account, now: dt.datetime) -> list[CallerCase]:
    """The caller's cases and complaints, the newest first. Each look is on record."""
    with db.atomic():
        audit.record(f"staff:{staff.id}", "view_caller", f"account:{account.id}", now)
    rows = Case.select(Case, Organisation).join(Organisation).where(Case.account == account)
    found = list(rows.order_by(Case.submitted_at.desc(), Case.id.desc()).limit(CASES_TOLD))
    details = {row.case_id: row for row in Complaint.select().where(Complaint.case.in_(found))}
    return [_told(case, details.get(case.id), now) for case in found]


def list_in_my_name(account: Account) -> list[in_my_name.InMyName]:
    """Complaints with the caller's IIN from a phone that is not theirs; none where the caller proved such a phone."""
    return [] if account.stated_phone else in_my_name.list_in_my_name(account)


def _told(case: Case, details: Complaint | None, now: dt.datetime) -> CallerCase:
    if details is not None:
        step, appealable = _step_of_complaint(case, details, now), timeline.is_appealable(case)
        return CallerCase(case, step, (), details.answer, details.to, appealable)
    shown = procedure_of_case(case).show(case, now)
    lines = ((shown.figure,) if shown.figure else ()) + shown.lines
    return CallerCase(case, _step_of_application(case, now), lines, "", "", timeline.is_appealable(case))


def _step_of_complaint(case: Case, details: Complaint, now: dt.datetime) -> str:
    if not case.is_open:
        return "answered" if details.answer else "over"
    if complaint_work.is_asked(case):
        return "reply"
    return "silent" if case.due_at <= now else "wait_for_answer"


def _step_of_application(case: Case, now: dt.datetime) -> str:
    if case.state == "needs_correction":
        return "correct"
    if case.state in ("submitted", "in_review"):
        return "late" if case.due_at <= now else "wait_for_result"
    return {"accepted": "queue", "granted": "fetch", "refused": "complain"}.get(case.state, "over")


def submit_complaint(
    staff: StaffMember, account: Account, draft: Draft, passport: Passport, signature: SignedOnCall, now: dt.datetime
) -> Case:
    """Register the caller's complaint, marked as written on a call by this operator.

    Raises what complaints.submit_complaint raises.
    """
    case = submitting.submit_complaint(
        account, draft, passport, account.language, signature, now, channel="contact_centre", opened_by=staff
    )
    with db.atomic():
        audit.record(f"staff:{staff.id}", "complain_for_caller", f"case:{case.id}", now)
    return case
