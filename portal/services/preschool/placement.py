"""The preschool procedure, fully automatic: a referral where a suitable place is free, else a number in the queue."""

from __future__ import annotations

import datetime as dt

from ...db import db
from ...models import Case, QueueEntry, Referral
from ..cases import register_checks
from ..cases.timeline import add_event, close_tasks, let_rest, set_state
from ..jobs.rows import list_aside, work_through
from ..journeys.journey import Journey
from ..local_time import local
from ..messages.notices import tell
from ..papers import issuing
from ..papers.paper_kinds.queue_notice import QueueNoticeData
from ..papers.paper_kinds.referral import ReferralData
from ..passports.catalogue import get_passport
from ..passports.schema import Passport
from . import giving, policy, queue_words
from . import queue as preschool
from .proof import explain as explain_proof

GIVING = "give_free_places"
PLACES_A_ROUND = 200  # places given in one round of the worker


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
    referral = giving.refer_if_free(entry, now)
    if referral is not None:
        hand_over_referral(entry.case, referral, passport, now)
    elif not _has_notice(entry.case):
        hand_over_notice(entry, passport, now)


def _has_notice(case: Case) -> bool:
    return any(paper.kind == "queue_notice" and not paper.replaced_at for paper in issuing.list_papers(case))


def hand_over_notice(entry: QueueEntry, passport: Passport, now: dt.datetime) -> None:
    """The number in the queue, on paper and by SMS, in the caller's transaction."""
    case, lang = entry.case, entry.case.language
    at = preschool.position(entry, now)
    add_event(case, "queued", now, number=at.number)
    unconfirmed, proof = register_checks.is_pending(case, "privilege"), explain_proof(case, passport, now)
    notice = QueueNoticeData(
        service=passport.title.in_(lang),
        number=case.number,
        body=getattr(case.body, f"name_{lang}"),
        child=_child_name(case, passport),
        queue_number=at.number,
        explanation=queue_words.explain(at, entry.wanted_from, local(now).date(), lang),
        locality=getattr(at.locality, f"name_{lang}"),
        birth_year=at.birth_year,
        instruction=queue_words.INSTRUCTION[lang][entry.language],
        priority=queue_words.CLASSES[lang][entry.priority] + (queue_words.CLAIMED[lang] if unconfirmed else ""),
        at=entry.asked_at.isoformat(),
        proof=proof.in_(lang) if proof else "",
    )
    issuing.issue_paper(case, "queue_notice", notice, now, lang)
    tell(case, "queued", now, place=at.number)


def hand_over_referral(case: Case, referral: Referral, passport: Passport, now: dt.datetime) -> None:
    """The place, on paper and by SMS, in the caller's transaction."""
    lang, group = case.language, referral.group
    until = (referral.valid_until or local(now).date()).isoformat()
    days = policy.restore_days(passport, local(now).date())
    otherwise = queue_words.NO_WAY_BACK if referral.entry.restored_at is not None else queue_words.not_going(days)
    paper = ReferralData(
        service=passport.title.in_(lang),
        number=case.number,
        body=getattr(case.body, f"name_{lang}"),
        child=_child_name(case, passport),
        birth_year=group.birth_year,
        kindergarten=getattr(group.kindergarten, f"name_{lang}"),
        group=str(group.birth_year),
        instruction=queue_words.INSTRUCTION[lang][group.language],
        valid_until=until,
        next=(*queue_words.NEXT[lang], otherwise.in_(lang)),
        address=getattr(group.kindergarten, f"address_{lang}"),
        phone=group.kindergarten.phone,
    )
    issuing.issue_paper(case, "referral", paper, now, lang)
    set_state(case, "granted", now)
    add_event(case, "referral", now, until=until)
    tell(case, "referral_given", now, due=f"{dt.date.fromisoformat(until):%d.%m.%Y}")


def _child_name(case: Case, passport: Passport) -> str:
    return preschool.child_of(Journey(passport, case.answers, case.facts)).name


def confirmed(case: Case, passport: Passport, now: dt.datetime) -> None:
    """Everything of the case is confirmed: decide what had to wait, in the caller's transaction."""
    entry = preschool.find_entry(case)
    if entry is None:
        _place_late(case, passport, now)
    elif entry.state == "left":
        _return_to_queue(case, entry, passport, now)
    else:
        let_rest(case)
        if entry.state == "inactive":  # nobody had confirmed the child in time
            preschool.lock_queue(entry.locality_id, entry.birth_year)
            preschool.change(entry, state="waiting", inactive_until=None)
        decide(entry, passport, now)


def give_up(case: Case, now: dt.datetime) -> None:
    """The family takes its application back: the place goes on, the papers end, in the caller's transaction."""
    entry = preschool.find_entry(case)
    if entry is not None:
        preschool.leave_queue(entry)
        issuing.withdraw_papers(case, now)


def _place_late(case: Case, passport: Passport, now: dt.datetime) -> None:
    journey = Journey(passport, case.answers, case.facts)
    try:
        with db.atomic():
            place(case, journey, now)
    except preschool.ChildAlreadyQueued:
        _close_second(case, now)


def _close_second(case: Case, now: dt.datetime) -> None:
    set_state(case, "closed", now)
    close_tasks(case, now)
    add_event(case, "already_queued", now)
    tell(case, "closed", now)


def _return_to_queue(case: Case, entry: QueueEntry, passport: Passport, now: dt.datetime) -> None:
    """An entry that had to give way comes back with its old moment, unless the child has another one by now."""
    if not preschool.rejoin_queue(entry):
        _close_second(case, now)
        return
    set_state(case, "accepted", now, answered=True)
    decide(entry, passport, now)


def give_free_places(now: dt.datetime) -> int:
    """Give places that have come free, or whose wanted date has come, in the order of the queues; how many."""
    aside = list_aside(GIVING, now)
    planned: dict[int, int] = {}  # entry -> group, in the order of the queues
    for queue in giving.list_open_queues():
        if len(planned) < PLACES_A_ROUND:
            planned.update({each.entry: each.group for each in giving.plan(queue, now) if each.entry not in aside})

    def give(entry: QueueEntry) -> bool:
        with db.atomic():
            preschool.lock_queue(entry.locality_id, entry.birth_year)
            entry = QueueEntry.select(QueueEntry, Case).join(Case).where(QueueEntry.id == entry.id).get()
            referral = giving.take_seat(entry, planned[entry.id], now) if not entry.case.unchecked else None
            if referral is None:
                return False
            passport = get_passport(entry.case.service, entry.case.edition)
            hand_over_referral(entry.case, referral, passport, now)
            return True

    chosen = list(planned)[:PLACES_A_ROUND]
    rows = {row.id: row for row in QueueEntry.select().where(QueueEntry.id.in_(chosen))}
    return work_through(GIVING, [rows[id] for id in chosen if id in rows], give, now)
