"""The kindergarten queue as a procedure: it decides by itself; an officer has only what no register confirmed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from ...models import Case, StaffMember
from ..cases import register_checks
from ..cases.timeline import OPEN
from ..journeys.journey import Journey
from ..passports.catalogue import get_passport
from ..passports.needs import Needs
from ..passports.schema import FieldSpec, Passport, Text
from ..procedures.protocol import Claim, Procedure, ProcedureJob, Shown
from ..procedures.rules import ActionRule, frozen
from ..terms.days_off import load_calendar
from . import ages, choosing, claims, next_words, placement, policy, proof, queue, queue_words, referrals, shown, wishes

_CHECK = {
    "take": ActionRule(needs=("unchecked", "unassigned")),
    "assign": ActionRule(needs=("unchecked",)),
    "message": ActionRule(),
    "confirm_check": ActionRule(needs=("unchecked", "mine")),
    "keep_waiting": ActionRule(needs=("unchecked", "mine")),
    "turn_down_privilege": ActionRule(needs=("unchecked", "mine")),
    "turn_down_child": ActionRule(needs=("unchecked", "mine")),
}
_GRANTED = {"message": ActionRule(), "mark_enrolled": ActionRule()}


class PreschoolQueue(Procedure):
    """A referral where a suitable place is free, else a number in the queue; a place that comes free goes on."""

    name = "preschool_queue"
    needs = Needs(
        fields=MappingProxyType(
            {
                "consent": "consent",
                "locality": "locality",
                "kindergartens": "ordered",
                "language": "choice",
                "wanted_from": "date",
                "priority": "choice",
                "contact_phone": "phone",
                "message_language": "choice",
            }
        ),
        options=MappingProxyType(
            {"language": frozenset({"kk", "ru", "any"}), "message_language": frozenset({"kk", "ru", "en"})}
        ),
        policy=policy.POLICY,
        person=True,
    )
    rules = frozen({"submitted": _CHECK, "accepted": _CHECK, "in_review": _CHECK, "granted": _GRANTED, "withdrawn": {}})
    actions = MappingProxyType(
        {
            "turn_down_privilege": queue_words.TURN_DOWN_PRIVILEGE,
            "turn_down_child": queue_words.TURN_DOWN_CHILD,
            "mark_enrolled": queue_words.ENROLLED,
        }
    )
    offers = MappingProxyType({"come_back": queue_words.COME_BACK})
    state_words = MappingProxyType({"accepted": queue_words.IN_QUEUE, "granted": queue_words.PLACE_GIVEN})
    under_way = queue_words.UNDER_WAY
    stages = next_words.STAGES
    jobs = (
        ProcedureJob("end_claims", claims.end_claims, alone=True),
        ProcedureJob("end_referrals", referrals.end_unused, alone=True),
        ProcedureJob("close_inactive", referrals.close_inactive, alone=True),
        ProcedureJob("close_too_old", ages.close_too_old, alone=True),
        ProcedureJob("give_free_places", placement.give_free_places, alone=True),
        ProcedureJob("warn_of_referrals", referrals.warn, alone=True),
    )

    def begin(self, case: Case, journey: Journey, now: dt.datetime) -> None:
        placement.place(case, journey, now)
        proof.ask(case, journey.passport, now)

    def confirmed(self, case: Case, passport: Passport, now: dt.datetime) -> None:
        placement.confirmed(case, passport, now)

    def can_withdraw(self, case: Case) -> bool:
        """Also a place that was given may be given up."""
        return case.state in OPEN or (case.state == "granted" and queue.find_entry(case) is not None)

    def withdraw(self, case: Case, now: dt.datetime) -> None:
        placement.give_up(case, now)

    def find_earlier(self, iin: str) -> Case | None:
        """The child's live entry, if a register confirms who filed it: it is told to nobody otherwise."""
        entry = queue.find_live_entry(iin)
        return entry.case if entry is not None and register_checks.has_confirmed(entry.case, "child") else None

    def list_positions(self, ids: Sequence[int], now: dt.datetime) -> Mapping[int, int]:
        return queue.numbers_of(ids, now)

    def about_options(self, spec: FieldSpec, journey: Journey) -> Mapping[str, Text]:
        born = journey.people[0].birth_date if journey.people else None
        locality = journey.answers.get("locality")
        if spec.options_from != "kindergartens" or born is None or not locality:
            return {}
        outlooks = choosing.list_outlooks(locality, born.year)
        return {code: queue_words.outlook(of.free, of.waiting, born.year) for code, of in outlooks.items()}

    def list_changeable(self, case: Case) -> tuple[str, ...]:
        return wishes.CHANGEABLE if wishes.may_change(case) else ()

    def change(self, case: Case, passport: Passport, answers: Mapping[str, Any], now: dt.datetime) -> None:
        wishes.change_wishes(case, passport, answers, now)

    def show(self, case: Case, now: dt.datetime) -> Shown:
        return shown.show(case, now)

    def list_last_days(self, cases: Sequence[Case], now: dt.datetime) -> Mapping[int, dt.date]:
        return proof.list_last_days(cases, now)

    def list_unconfirmed(self, case: Case, passport: Passport, now: dt.datetime) -> tuple[Claim, ...]:
        calendar = load_calendar(now)
        field = passport.field("priority")
        options = field.options if field else ()
        chosen = next((option for option in options if option.id == case.answers.get("priority")), None)
        named = chosen.label if chosen else None
        days = {subject: proof.last_day(case, passport, subject, calendar) for subject in proof.list_claims(case)}
        return tuple(Claim(subject, queue_words.to_confirm(subject, named, day), day) for subject, day in days.items())

    def is_open(self, action: str, case: Case, now: dt.datetime) -> bool:
        """A claim is turned down once its document came or its term ended; a child is enrolled where it has a place."""
        if action == "mark_enrolled":
            return referrals.is_unused(case)
        passport = get_passport(case.service, case.edition)
        return proof.may_turn_down(case, passport, action.removeprefix("turn_down_"), now)

    def act(self, action: str, case: Case, passport: Passport, staff: StaffMember, text: str, now: dt.datetime) -> None:
        if action == "turn_down_privilege":
            claims.turn_down_privilege(case, passport, staff, text, now)
        elif action == "turn_down_child":
            claims.turn_down_child(case, staff, text, now)
        else:
            referrals.enrol(case, staff, now)

    def take_up(self, offer: str, case: Case, now: dt.datetime) -> None:
        """The only offer: to come back after a referral that was not used."""
        entry = queue.find_entry(case)
        if entry is not None:
            referrals.come_back(entry, now)
