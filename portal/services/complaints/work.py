"""Work on a complaint: asking both sides, passing it on, extending once, answering; silence rises by itself.

The passport's terms bind. Beside them stands the law on administrative procedures: a complaint that is another body's
to answer is passed on within three working days, and its term counts from the registration there. The law on state
services (No. 88-V, article 25) lets the term be extended once, by at most ten working days: the passport says it.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from ...db import db, lock
from ...models import Account, Case, Complaint, Event, Organisation, StaffMember, Task
from ..cases import news
from ..cases.timeline import DECIDED, add_event, close_tasks, get_case, set_state
from ..jobs.rows import waiting, work_through
from ..languages import format_date
from ..local_time import local
from ..messages.notices import tell, write_to_office
from ..passports.catalogue import get_passport
from ..passports.complaint_routes import get_route, longest_extension, next_routes, routes
from ..passports.schema import ComplaintRoute, Passport, Term
from ..procedures.registry import procedure_of_case
from ..procedures.rules import HEAD, NotAllowed, TextNeeded
from ..records import audit
from ..review import decisions, impartiality
from ..review.desk import Desk, open_desk
from ..terms import days_off
from ..terms.working_time import end_of_term
from . import moving
from . import papers as complaint_papers
from .addressees import list_bodies

Answer = Literal["satisfied", "partly", "refused"]
LONGEST_TEXT = 4000


class AddresseeUnfit(NotAllowed):
    """The passport names no such way for this complaint, or it is there already."""


class ExtensionUnfit(NotAllowed):
    """The answer may not be put off by so many days."""


class CannotReopen(NotAllowed):
    """Only a case that officers decided can be decided anew."""


class NoQuestion(ValueError):
    """Nobody asked the complainant anything, or the complaint is answered."""


def ask_complainant(staff: StaffMember, number: str, text: str, now: dt.datetime) -> None:
    """A question into the complainant's cabinet; the term runs on. Raises TextNeeded and what open_desk does."""
    with db.atomic():
        desk = _say(staff, number, "ask_complainant", "complainant_asked", text, now)
        tell(desk.case, "complaint_question", now)


def reply(account: Account, number: str, text: str, now: dt.datetime) -> None:
    """What the complainant answers. Raises CaseNotFound, NoQuestion, TextNeeded."""
    text = _tidy(text, number)
    with db.atomic():
        lock(f"case:{number}")
        case = get_case(account, number)
        if not is_asked(case):
            raise NoQuestion(number)
        news.bring(case, "answered")
        add_event(case, "complainant_replied", now, "citizen", text=text)
        write_to_office(case, "complainant_replied", now)
        audit.record(f"account:{account.id}", "reply", f"case:{case.id}", now)


def is_asked(case: Case) -> bool:
    """Whether a question to the complainant waits for an answer."""
    return find_question(case) is not None


def find_question(case: Case) -> Event | None:
    """The question to the complainant that waits for an answer."""
    if case.kind != "complaint" or not case.is_open:
        return None
    about_it = (Event.case == case) & Event.kind.in_(("complainant_asked", "complainant_replied"))
    last = Event.select().where(about_it).order_by(Event.at.desc(), Event.id.desc()).first()
    return last if last is not None and last.kind == "complainant_asked" else None


def ask_other_side(staff: StaffMember, number: str, text: str, now: dt.datetime) -> None:
    """Ask the body that is complained of; both sides see it in the timeline. Raises TextNeeded."""
    with db.atomic():
        desk = _say(staff, number, "ask_other_side", "other_side_asked", text, now)
        side = desk.case.about.body if desk.case.about is not None else desk.case.body
        write_to_office(desk.case, "other_side_asked", now, named=side)


def note_reply(staff: StaffMember, number: str, text: str, now: dt.datetime) -> None:
    """What the other side answered, put on record by who asked. Raises TextNeeded."""
    with db.atomic():
        _say(staff, number, "note_reply", "other_side_replied", text, now)


def _say(staff: StaffMember, number: str, action: str, event: str, text: str, now: dt.datetime) -> Desk:
    desk = open_desk(staff, number, action, now)
    add_event(desk.case, event, now, desk.case.body.code, by=staff.name, text=_tidy(text, number))
    audit.record(f"staff:{staff.id}", action, f"case:{desk.case.id}", now)
    return desk


def _tidy(text: str, number: str) -> str:
    text = text.strip()[:LONGEST_TEXT]
    if not text:
        raise TextNeeded(number)
    return text


def list_addressees(case: Case, passport: Passport) -> list[tuple[ComplaintRoute, Organisation]]:
    """Where a complaint may be passed on to: the bodies of the passport's routes, but for the one that has it."""
    return [
        (route, body)
        for route in routes(passport)
        for body in list_bodies(passport, route.to, case.about)
        if body.id != case.body_id
    ]


def forward(staff: StaffMember, number: str, body_code: str, reason: str, now: dt.datetime) -> None:
    """Pass a complaint on to the right body: registered there anew, with its own number and term; the complainant is
    told, with a new confirmation. Where nobody there may look into it, it goes up from there, see moving.pass_up_stuck.

    Raises AddresseeUnfit, TextNeeded, and NotInThisState after three working days.
    """
    with db.atomic():
        desk = open_desk(staff, number, "forward", now)
        case, reason = desk.case, _tidy(reason, number)
        ways = list_addressees(case, desk.passport)
        route, body = next(((route, body) for route, body in ways if body.code == body_code), (None, None))
        if route is None or body is None:
            raise AddresseeUnfit(body_code)
        old = case.body
        moving.move(case, desk.get_complaint(), desk.passport, (route, body), now)
        add_event(case, "forwarded", now, old.code, by=staff.name, text=reason, **moving.said_of(case))
        audit.record(f"staff:{staff.id}", "forward", f"case:{case.id}", now, to=body.code)


def extend(staff: StaffMember, number: str, reason: str, now: dt.datetime, days: int | None = None) -> None:
    """Extend the term once, by so many working days (None: as proposed), with a notice that says why.

    Raises TextNeeded, ExtensionUnfit, NotInThisState.
    """
    with db.atomic():
        desk = open_desk(staff, number, "extend", now)
        case, reason = desk.case, _tidy(reason, number)
        ways = list_extensions(case, desk.get_complaint(), desk.passport, now)
        days = propose_extension(desk.get_complaint(), desk.passport) if days is None else days
        if days not in ways:
            raise ExtensionUnfit(number)
        case.due_at = ways[days]
        Case.update(due_at=case.due_at).where(Case.id == case.id).execute()
        Complaint.update(extended_at=now).where(Complaint.case == case).execute()
        Task.delete().where(Task.case == case, Task.kind.in_(("due_soon", "overdue"))).execute()
        add_event(case, "extended", now, case.body.code, by=staff.name, text=reason, due_at=case.due_at.isoformat())
        complaint_papers.issue_extension(case, reason, staff, now)
        tell(case, "complaint_extended", now, due=local(case.due_at).strftime("%d.%m.%Y"))
        audit.record(f"staff:{staff.id}", "extend", f"case:{case.id}", now, days=days)


def list_extensions(case: Case, complaint: Complaint, passport: Passport, now: dt.datetime) -> dict[int, dt.datetime]:
    """By how many working days the answer may be put off, and when it would be due then; none where it may not be."""
    calendar, most = days_off.load_calendar(now), longest_extension(get_route(passport, complaint.to))
    return {days: end_of_term(calendar, case.due_at, Term(working_days=days)) for days in range(1, most + 1)}


def propose_extension(complaint: Complaint, passport: Passport) -> int:
    """As many working days as the term itself has, as far as the law lets it."""
    route = get_route(passport, complaint.to)
    term = route.term.working_days if route.term else None
    return min(term or 1, longest_extension(route))


def answer(
    staff: StaffMember,
    number: str,
    outcome: Answer,
    reasons: str,
    now: dt.datetime,
    remedy: str = "",
    anew: bool = False,
) -> None:
    """Answer with reasons and with what was ordered. `anew`: the case it is about is decided anew, in a new term.

    A complaint that is satisfied, wholly or partly, names the remedy. Raises TextNeeded, CannotReopen.
    """
    with db.atomic():
        give(staff, open_desk(staff, number, "answer", now), outcome, reasons, now, remedy, anew)


def give(
    staff: StaffMember, desk: Desk, outcome: Answer, reasons: str, now: dt.datetime, remedy: str, anew: bool
) -> None:
    """The complainant gets the answer, signed by this member: state, event, paper and SMS, in the transaction that
    holds the desk."""
    number = desk.case.number
    with db.atomic():
        case, reasons = desk.case, _tidy(reasons, number)
        anew = anew and outcome != "refused"
        remedy = _tidy(remedy, number) if outcome != "refused" else ""
        if anew:
            if case.about is None or not can_reopen(case.about):
                raise CannotReopen(number)
            decisions.reopen(case.about, get_passport(case.about.service, case.about.edition), now)
        said = {
            "answer": outcome,
            "reasons": reasons,
            "remedy": remedy,
            "anew": anew,
            "answered_by": staff,
            "draft": None,
        }
        Complaint.update(**said).where(Complaint.case == case).execute()
        set_state(case, "refused" if outcome == "refused" else "granted", now)
        close_tasks(case, now)
        add_event(
            case, "answered", now, case.body.code, by=staff.name, answer=outcome, text=reasons, remedy=remedy, anew=anew
        )
        complaint_papers.issue_answer(
            case, desk.passport, desk.get_complaint().to, outcome, reasons, remedy, staff, now
        )
        left = [route for route in next_routes(desk.passport, desk.get_complaint().to) if route.to != "court"]
        tell(case, "complaint_answered" if left else "complaint_answered_at_last", now)
        audit.record(f"staff:{staff.id}", "answer", f"case:{case.id}", now, answer=outcome, anew=anew)


def can_reopen(case: Case) -> bool:
    """Whether officers decided the case, so that they can decide it anew."""
    return case.state in DECIDED and procedure_of_case(case).decided_by_officers


def raise_silent(now: dt.datetime, limit: int = 50) -> int:
    """Complaints that got no answer in time go up to the head, and the complainant may go to the next instance; how
    many. A head whom the complaint is about does not get it: then nobody has it, and the managers are told."""
    late = (
        Case.select(Case, Account, Organisation, Complaint)
        .join(Account)
        .switch(Case)
        .join(Organisation)
        .switch(Case)
        .join(Complaint, on=(Complaint.case == Case.id), attr="details")
        .where(Case.kind == "complaint", Case.is_open, Case.due_at <= now, Complaint.escalated_at.is_null())
        .where(waiting("raise_silent", Case.id, now))
        .order_by(Case.due_at)
        .limit(limit)
    )

    def lift(case: Case) -> bool:
        with db.atomic():
            lock(f"case:{case.number}")
            mine = (Complaint.case == case) & Complaint.escalated_at.is_null()
            if not Complaint.update(escalated_at=now).where(mine).execute():
                return False
            head = find_head(case, case.details)
            Case.update(assignee=head).where(Case.id == case.id).execute()
            case.assignee = head
            set_state(case, "in_review", now)
            add_event(case, "escalated", now, to=head.name if head else "", due=format_date(case.due_at, "kk"))
            Task.get_or_create(case=case, kind="overdue", defaults={"body": case.body, "created_at": now})
            write_to_office(case, "complaint_escalated", now)
            tell(case, "complaint_overdue", now)
            audit.record("system", "escalate", f"case:{case.id}", now)
            return True

    return work_through("raise_silent", list(late), lift, now)


def find_head(case: Case, complaint: Complaint) -> StaffMember | None:
    """A head of the complaint's body who may look into it."""
    heads = (StaffMember.organisation == case.body_id) & StaffMember.is_active & (StaffMember.role == HEAD)
    rows = StaffMember.select().where(heads).order_by(StaffMember.id)
    return next((head for head in rows if impartiality.is_free(head, case, complaint)), None)
