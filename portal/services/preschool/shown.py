"""What the pages of a kindergarten case say: where the child stands, what to do next, where and until when."""

from __future__ import annotations

import datetime as dt

from ...models import Case, Event, QueueEntry, Referral
from ..cases.timeline import OVER
from ..local_time import local
from ..passports.catalogue import get_passport
from ..passports.schema import Text
from ..procedures.protocol import KeyDate, NextStep, Place, Shown, ShownLine
from ..terms.days_off import load_calendar
from . import next_words, policy, proof, queue, queue_words, referrals, wishes


def show(case: Case, now: dt.datetime) -> Shown:
    """Everything that a page says of the case beside its state."""
    if case.state == "granted":
        return _place_given(case, now)
    if case.state in OVER:
        return Shown()
    entry = queue.find_entry(case)
    if entry is None or entry.state not in ("waiting", "inactive"):
        unconfirmed, step, dates = _claims(case, now)
        return Shown(unchecked=unconfirmed, next=step or next_words.CHECKED, dates=dates)
    return _inactive(entry, now) if entry.state == "inactive" else _waiting(case, entry, now)


def _waiting(case: Case, entry: QueueEntry, now: dt.datetime) -> Shown:
    at = queue.position(entry, now)
    unconfirmed, step, dates = _claims(case, now)
    today = local(now).date()
    passport = get_passport(case.service, case.edition)
    days, wished = policy.referral_days(passport, today), wishes.name_wishes(entry.kindergartens)
    return Shown(
        figure=ShownLine("queue-number", queue_words.NUMBER_NOW, queue_words.number(at.number)),
        note=queue_words.explain_number(at, entry.wanted_from, today, policy.ratio(passport, today)),
        own=(ShownLine("wishes", queue_words.WISHES, wished),) if wished else (),
        next=step or next_words.waits(days),
        dates=dates,
        unchecked=unconfirmed,
        lost=queue_words.LOST_NUMBER,
    )


def _inactive(entry: QueueEntry, now: dt.datetime) -> Shown:
    until, note = entry.inactive_until, queue_words.inactive(entry.inactive_until)
    if until is None or not referrals.can_come_back(entry, now):
        return Shown(note=note, next=next_words.prove(("child",), None, note), lost=queue_words.LOST_NUMBER)
    return Shown(
        offers=("come_back",),
        next=next_words.come_back(until, note),
        dates=(next_words.last_return(until),),
        lost=queue_words.LOST_NUMBER,
    )


def _place_given(case: Case, now: dt.datetime) -> Shown:
    referral = queue.find_referral(case)
    if referral is None:
        return Shown(lost=queue_words.LOST_PLACE)
    garden, until = referral.group.kindergarten, referral.valid_until
    unused = referral.entry.state == "offered"
    name = Text(kk=garden.name_kk, ru=garden.name_ru, en=garden.name_en)
    known = garden.address_kk and garden.address_ru and garden.address_en
    address = Text(kk=garden.address_kk, ru=garden.address_ru, en=garden.address_en) if known else None
    lines = [ShownLine("kindergarten", queue_words.KINDERGARTEN, name)]
    if until is not None and unused:
        lines.append(ShownLine("use-until", queue_words.USE_UNTIL, queue_words.used_until(until)))
    return Shown(
        lines=tuple(lines),
        next=next_words.go(until, _not_going(case, referral, now)) if unused else next_words.ENROLLED,
        place=Place(name, address, garden.phone),
        dates=(next_words.last_day(until),) if until is not None and unused else (),
        lost=queue_words.LOST_PLACE,
        reached=2 if unused else 4,
    )


def _not_going(case: Case, referral: Referral, now: dt.datetime) -> Text:
    days = policy.restore_days(get_passport(case.service, case.edition), local(now).date())
    return queue_words.NO_WAY_BACK if referral.entry.restored_at is not None else queue_words.not_going(days)


def _claims(case: Case, now: dt.datetime) -> tuple[Text | None, NextStep | None, tuple[KeyDate, ...]]:
    """What an open check means for the parent, what they can do about it, and until when."""
    subjects = proof.list_claims(case) if case.unchecked else ()
    if not subjects:
        return None, _turned_down(case), ()
    passport = get_passport(case.service, case.edition)
    calendar = load_calendar(now)
    days = [proof.last_day(case, passport, subject, calendar) for subject in subjects]
    last = min((day for day in days if day is not None), default=None)
    said = proof.explain(case, passport, now)
    missing = proof.list_missing(case, passport, subjects)
    if not missing:
        return said, next_words.document_there(said), ()
    return said, next_words.prove(missing, last, said), (next_words.last_proof(last),) if last else ()


def _turned_down(case: Case) -> NextStep | None:
    """That a privilege ended, why, and which number it cost; for who claimed one."""
    if case.answers.get("priority", "none") == "none":
        return None
    kinds = ("claim_turned_down", "claim_ended")
    ended = Event.select().where(Event.case == case, Event.kind.in_(kinds)).order_by(Event.id.desc()).first()
    if ended is None:
        return None
    return next_words.not_confirmed(ended.data.get("text", ""), ended.data.get("was"), ended.data.get("became"))
