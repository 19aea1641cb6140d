"""The preschool procedure, fully automatic: a referral where a suitable place is free, else a number in the queue."""

from __future__ import annotations

import datetime as dt

from ...db import db
from ...models import Case, QueueEntry, Referral
from ..cases import register_checks
from ..cases.timeline import add_event, set_state
from ..jobs.rows import work_through
from ..journeys.journey import Journey
from ..local_time import local
from ..messages.notices import tell
from ..papers import issuing
from ..papers.paper_kinds.queue_notice import QueueNoticeData
from ..papers.paper_kinds.referral import ReferralData
from ..passports.catalogue import get_passport
from ..passports.schema import Passport
from ..terms import days_off
from ..terms.working_time import add_working_days
from . import queue as preschool
from . import queue_words

REFERRAL_DAYS = 5  # working days to bring the papers, where the passport's policy does not say


def place(case: Case, journey: Journey, now: dt.datetime) -> None:
    """Enter the case's child in the queue and decide at once, in the caller's transaction.

    Raises ChildAlreadyQueued, but only to a parent whom the register confirms: to anyone else nothing is revealed, and
    the case waits to be checked. A confirmed parent comes before an entry that nobody has confirmed.
    """
    try:
        entry = preschool.join_queue(case, journey, now)
    except preschool.ChildAlreadyQueued:
        if not register_checks.has_confirmed(case, "child"):
            add_event(case, "to_be_checked", now)
            return
        entry = _take_over(case, journey, now)
    set_state(case, "accepted", now, answered=True)  # the number in the queue is the answer
    if case.unchecked:
        add_event(case, "to_be_checked", now)
    decide(entry, journey.passport, now)


def _take_over(case: Case, journey: Journey, now: dt.datetime) -> QueueEntry:
    other = preschool.find_live_entry(preschool.child_of(journey).iin)
    if other is None or register_checks.has_confirmed(other.case, "child"):
        raise preschool.ChildAlreadyQueued
    preschool.leave_queue(other)
    issuing.withdraw_papers(other.case, now)
    set_state(other.case, "in_review", now)
    add_event(other.case, "not_confirmed", now)
    tell(other.case, "moved_off", now)
    return preschool.join_queue(case, journey, now)


def decide(entry: QueueEntry, passport: Passport, now: dt.datetime) -> None:
    """A referral if a suitable place is free, else the notice of the number, in the caller's transaction."""
    referral = preschool.refer_if_free(entry, now)
    if referral is not None:
        _hand_over_referral(entry.case, referral, passport, now)
    elif not _has_notice(entry.case):
        _hand_over_notice(entry, passport, now)


def _has_notice(case: Case) -> bool:
    return any(paper.kind == "queue_notice" for paper in issuing.list_papers(case))


def _hand_over_notice(entry: QueueEntry, passport: Passport, now: dt.datetime) -> None:
    case, lang = entry.case, entry.case.language
    at = preschool.position(entry)
    add_event(case, "queued", now, number=at.number)
    notice = QueueNoticeData(
        service=passport.title.in_(lang),
        number=case.number,
        body=getattr(case.body, f"name_{lang}"),
        child=_child_name(case, passport),
        queue_number=at.number,
        explanation=queue_words.explain(
            at.number, at.ahead_with_priority, getattr(at.locality, f"name_{lang}"), at.birth_year, lang
        ),
        locality=getattr(at.locality, f"name_{lang}"),
        birth_year=at.birth_year,
        instruction=queue_words.INSTRUCTION[lang][entry.language],
        priority=queue_words.CLASSES[lang][entry.priority],
        at=entry.asked_at.isoformat(),
    )
    issuing.issue_paper(case, "queue_notice", notice, now, lang)
    tell(case, "queued", now, place=at.number)


def _hand_over_referral(case: Case, referral: Referral, passport: Passport, now: dt.datetime) -> None:
    lang, group, today = case.language, referral.group, local(now).date()
    days = int(passport.policy_value("enrolment_working_days", today) or REFERRAL_DAYS)
    last = add_working_days(days_off.load_calendar(now), today, days)
    paper = ReferralData(
        service=passport.title.in_(lang),
        number=case.number,
        body=getattr(case.body, f"name_{lang}"),
        child=_child_name(case, passport),
        birth_year=group.birth_year,
        kindergarten=getattr(group.kindergarten, f"name_{lang}"),
        group="",  # a group has no name of its own
        instruction=queue_words.INSTRUCTION[lang][group.language],
        valid_until=last.isoformat(),
        next=queue_words.NEXT[lang],
        address=getattr(group.kindergarten, f"address_{lang}"),
        phone=group.kindergarten.phone,
    )
    issuing.issue_paper(case, "referral", paper, now, lang)
    set_state(case, "granted", now)
    add_event(case, "referral", now)
    tell(case, "referral_given", now)


def _child_name(case: Case, passport: Passport) -> str:
    return preschool.child_of(Journey(passport, case.answers, case.facts)).name


def confirm(case: Case, passport: Passport, now: dt.datetime) -> None:
    """Everything of the case is confirmed: say so, and decide what had to wait. Twice is once."""
    with db.atomic():
        if not register_checks.close(case):
            return
        case.unchecked = False
        add_event(case, "checked", now)
        tell(case, "case_checked", now)
        if passport.procedure != "preschool_queue" or case.state == "withdrawn":
            return
        entry = preschool.find_entry(case)
        if entry is None:
            _place_late(case, passport, now)
        elif entry.state == "left":
            _return_to_queue(case, entry, passport, now)
        else:
            Case.update(is_open=False).where(Case.id == case.id).execute()
            decide(entry, passport, now)


def _place_late(case: Case, passport: Passport, now: dt.datetime) -> None:
    journey = Journey(passport, case.answers, case.facts)
    try:
        with db.atomic():
            place(case, journey, now)
    except preschool.ChildAlreadyQueued:
        _close_second(case, now)


def _close_second(case: Case, now: dt.datetime) -> None:
    set_state(case, "withdrawn", now)
    add_event(case, "already_queued", now)
    tell(case, "moved_off", now)


def _return_to_queue(case: Case, entry: QueueEntry, passport: Passport, now: dt.datetime) -> None:
    """An entry that had to give way comes back with its old moment, unless the child has another one by now."""
    if not preschool.rejoin_queue(entry):
        _close_second(case, now)
        return
    set_state(case, "accepted", now, answered=True)
    decide(entry, passport, now)


def give_free_places(now: dt.datetime) -> int:
    """Give places that have come free, or whose wanted date has come, in the order of the queues; how many."""

    def give(entry: QueueEntry) -> bool:
        with db.atomic():
            referral = preschool.refer_if_free(entry, now)
            if referral is None:
                return False
            _hand_over_referral(entry.case, referral, get_passport(entry.case.service, entry.case.edition), now)
            return True

    return work_through("give_free_places", preschool.list_waiting(now), give, now)
