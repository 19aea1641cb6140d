"""The kindergarten queue as a procedure: it decides by itself; an officer has only what no register confirmed."""

from __future__ import annotations

import datetime as dt
from types import MappingProxyType

from ...models import Case
from ..cases import register_checks
from ..cases.timeline import OPEN
from ..journeys.journey import Journey
from ..passports.needs import Needs
from ..passports.schema import Passport
from ..procedures.protocol import Job, Line, Procedure, Shown
from ..procedures.rules import Rule, frozen
from . import placement, queue, words

_CHECK = {
    "take": Rule(needs=("unchecked", "unassigned")),
    "assign": Rule(needs=("unchecked",)),
    "message": Rule(needs=("unchecked",)),
    "confirm_check": Rule(needs=("unchecked", "mine")),
    "keep_waiting": Rule(needs=("unchecked", "mine")),
}


class PreschoolQueue(Procedure):
    """A referral where a suitable place is free, else a number in the queue; a place that comes free goes on."""

    name = "preschool_queue"
    needs = Needs(
        fields=MappingProxyType(
            {
                "consent": "consent",
                "child": "person",
                "child_iin": "iin",
                "child_name": "text",
                "child_birth_date": "date",
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
        policy=MappingProxyType({"enrolment_working_days": int}),
        served_by_all=True,
    )
    rules = frozen({"submitted": _CHECK, "accepted": _CHECK, "in_review": _CHECK, "granted": {}, "withdrawn": {}})
    state_words = MappingProxyType({"accepted": words.IN_QUEUE, "granted": words.PLACE_GIVEN})
    under_way = words.UNDER_WAY
    jobs = (Job("give_free_places", placement.give_free_places, alone=True),)

    def begin(self, case: Case, journey: Journey, now: dt.datetime) -> None:
        placement.place(case, journey, now)

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

    def show(self, case: Case, now: dt.datetime) -> Shown:
        if case.state == "granted":
            return Shown(lost=words.LOST_PLACE)
        entry = queue.find_entry(case)
        if entry is None or entry.state != "waiting":
            return Shown(unchecked=words.UNCHECKED)
        at = queue.position(entry)
        return Shown(
            lines=(Line("queue-number", words.NUMBER_NOW, str(at.number)),),
            note=words.explain_number(at.number, at.ahead_with_priority, at.locality, at.birth_year),
            unchecked=words.UNCHECKED,
            lost=words.LOST_NUMBER,
        )
