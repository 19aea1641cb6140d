"""A complaint that goes to another body: passed on by who has it, or up by itself where nobody may look into it.

Nobody judges what they did themselves, nor their own head. In a body where everybody took part in the case, is named,
or is gone, or works under the head who is named, nobody is left to look into a complaint; it then goes to the
passport's next instance at once, and its term counts from the registration there. Above the last instance there is
nobody: its managers and heads and the portal's administrators are told, who name somebody; the term runs meanwhile,
and the court stays open to the complainant.
"""

from __future__ import annotations

import datetime as dt

from peewee import JOIN, Expression, fn

from ...db import db, lock
from ...models import Account, Case, Complaint, Decision, Organisation, StaffMember, Task
from .. import numbers
from ..cases import names as case_names
from ..cases.timeline import add_event
from ..jobs.rows import waiting, work_through
from ..languages import LANGUAGES
from ..local_time import local
from ..messages.notices import tell, write_to_office
from ..passports.catalogue import get_passport
from ..passports.complaint_routes import next_routes
from ..passports.schema import ComplaintRoute, Passport
from ..procedures.rules import HEAD, OFFICER
from ..records import audit
from ..review.impartiality import has_no_part, impartial_roles
from . import papers as complaint_papers
from .addressees import list_bodies
from .history import find_following
from .registration import accepted_by, registration

NOBODY = "nobody_impartial"  # the task and the event of a complaint that nobody may look into and that cannot go up
NAMED_AT_MOST = 5  # members that one complaint could name: of more heads without a hand in the case, one is free

Way = tuple[ComplaintRoute, Organisation]


def move(case: Case, complaint: Complaint, passport: Passport, way: Way, now: dt.datetime) -> None:
    """Register the complaint with another body, anew: its number, its term, a new confirmation and word to both.

    In the caller's transaction, which says in an event why.
    """
    route, body = way
    case.body = body
    case.registered_at, case.due_at = registration(route, now)
    year = local(case.registered_at).year
    case.incoming_number = numbers.incoming_number(
        "complaint", year, numbers.next_in_series(body.code, "complaint", year)
    )
    case.accepted_by, case.assignee = accepted_by(body, complaint.official), None
    case.state, case.is_open = "submitted", True
    case.save(only=[
        Case.body, Case.registered_at, Case.due_at, Case.incoming_number, Case.accepted_by, Case.assignee,
        Case.state, Case.is_open,
    ])  # fmt: skip
    complaint.to, complaint.forwarded_at, complaint.escalated_at = route.to, now, None
    complaint.save(only=[Complaint.to, Complaint.forwarded_at, Complaint.escalated_at])
    case_names.move_names(case)
    Task.delete().where(Task.case == case, Task.done_at.is_null()).execute()
    complaint_papers.issue_receipt(case, passport, route, now)
    tell(case, "complaint_forwarded", now, due=local(case.due_at).strftime("%d.%m.%Y"))
    write_to_office(case, "complaint_forwarded", now)


def said_of(case: Case) -> dict[str, object]:
    """What an event says of the body and the number that a complaint has come to."""
    names = {lang: getattr(case.body, f"name_{lang}") for lang in LANGUAGES}
    return {"body": case.body.code, "names": names, "number": case.incoming_number}


def find_impartial(body: Organisation, case: Case, complaint: Complaint) -> StaffMember | None:
    """Somebody of the body who may look into the complaint."""
    of_body = (StaffMember.organisation == body.id) & StaffMember.is_active
    roles = impartial_roles(body.id, complaint)
    members = StaffMember.select().where(of_body, StaffMember.role.in_(roles)).order_by(StaffMember.id)
    return next((member for member in members if has_no_part(member, case, complaint)), None)


def find_above(case: Case, complaint: Complaint, passport: Passport) -> Way | None:
    """The next instance's body, rather one where somebody may look into the complaint; None at the top."""
    above = [
        (route, body)
        for route in next_routes(passport, complaint.to)
        if route.to != "court"
        for body in list_bodies(passport, route.to, None)
        if body.id != case.body_id
    ]
    able = (way for way in above if find_impartial(way[1], case, complaint) is not None)
    return next(able, above[0] if above else None)


def foresee(way: Way, case: Case, complaint: Complaint, passport: Passport) -> Way:
    """Where a complaint that is not sent yet really goes: past every body where nobody may look into it.

    `case` and `complaint` are of its draft, in no table.
    """
    while find_impartial(way[1], case, complaint) is None:
        case.body, complaint.to = way[1], way[0].to
        above = find_above(case, complaint, passport)
        if above is None:
            return way
        way = above
    return way


def pass_up(case: Case, complaint: Complaint, passport: Passport, now: dt.datetime) -> bool:
    """Where nobody of its body may look into the complaint, it goes up, or who must name somebody is told; whether so.

    In the caller's transaction.
    """
    if find_impartial(case.body, case, complaint) is not None:
        return False
    way = None if find_following(case) else find_above(case, complaint, passport)  # it may have gone up already
    if way is None:
        return _tell_nobody_is_left(case, now)
    old = case.body
    write_to_office(case, "complaint_passed_up", now)
    move(case, complaint, passport, way, now)
    add_event(case, "passed_up", now, old.code, **said_of(case))
    audit.record("system", "pass_up", f"case:{case.id}", now, to=way[1].code)
    pass_up(case, complaint, passport, now)
    return True


def _tell_nobody_is_left(case: Case, now: dt.datetime) -> bool:
    """Once, until somebody may look into it again."""
    task, new = Task.get_or_create(case=case, kind=NOBODY, defaults={"body": case.body, "created_at": now})
    if not new and task.done_at is None:
        return False
    Task.update(body=case.body, created_at=now, done_at=None).where(Task.id == task.id).execute()
    add_event(case, NOBODY, now, case.body.code)
    write_to_office(case, NOBODY, now)
    tell(case, NOBODY, now)
    audit.record("system", NOBODY, f"case:{case.id}", now)
    return True


def pass_up_stuck(now: dt.datetime, limit: int = 50) -> int:
    """Complaints that nobody may look into any more (members left, took the case up, signed) go up; how many."""
    _forget_solved(now)

    def lift(row: Case) -> bool:
        with db.atomic():
            case = _read(row.id)
            lock(f"case:{case.number}")
            case = _read(row.id)
            return case.is_open and pass_up(case, case.details, get_passport(case.service, case.edition), now)

    return work_through("pass_up_stuck", _list_stuck(now)[:limit], lift, now)


def _list_stuck(now: dt.datetime) -> list[Case]:
    """Open complaints that have nobody left. The database finds those where no member of the body is without a hand in
    the case, or where few heads are and the complaint names somebody; these few are asked one by one."""
    about, previous = Case.alias("about"), Complaint.alias("previous")
    Member = StaffMember.alias("member")
    decided = Decision.select(Decision.id).where(
        Decision.case == Case.about, Decision.state != "dropped",
        (Decision.prepared_by == Member.id) | (Decision.signed_by == Member.id),
    )  # fmt: skip
    held = about.select(about.id).where(about.id == Case.about, about.assignee == Member.id)
    answered = previous.select(previous.id).where(
        previous.case == Complaint.previous, previous.answered_by == Member.id
    )
    free = Member.select(fn.COUNT(Member.id)).where(
        Member.organisation == Case.body, Member.is_active, Member.role.in_((OFFICER, HEAD)),
        ~fn.EXISTS(decided), ~fn.EXISTS(held), ~fn.EXISTS(answered),
    )  # fmt: skip
    free_heads = free.where(Member.role == HEAD)
    told = Task.select(Task.id).where(Task.case == Case.id, Task.kind == NOBODY, Task.done_at.is_null())
    stuck: Expression = (free == 0) | ((Complaint.official != "") & (free_heads <= NAMED_AT_MOST))
    rows = Case.select(Case.id).join(Complaint, on=(Complaint.case == Case.id)).where(
        Case.kind == "complaint", Case.is_open, stuck, ~fn.EXISTS(told), waiting("pass_up_stuck", Case.id, now)
    )  # fmt: skip
    return [row for row in rows.order_by(Case.due_at, Case.id) if _is_stuck(row.id)]


def _is_stuck(id: int) -> bool:
    case = _read(id)
    return find_impartial(case.body, case, case.details) is None


def _forget_solved(now: dt.datetime) -> None:
    """Where somebody may look into a complaint again, the word that nobody may is over."""
    for task in list(Task.select(Task.id, Task.case).where(Task.kind == NOBODY, Task.done_at.is_null())):
        if not _is_stuck(task.case_id):
            with db.atomic():
                Task.update(done_at=now).where(Task.id == task.id).execute()


def _read(id: int) -> Case:
    return (
        Case.select(Case, Account, Organisation, Complaint)
        .join(Account)
        .switch(Case)
        .join(Organisation)
        .switch(Case)
        .join(Complaint, JOIN.INNER, on=(Complaint.case == Case.id), attr="details")
        .where(Case.id == id)
        .get()
    )
