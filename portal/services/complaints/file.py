"""A complaint as who looks into it reads it: what it says, the case it is about, and what was answered before."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from peewee import JOIN

from ...models import Case, Complaint, Decision, Organisation, StaffMember
from ..passports.catalogue import get_passport
from ..review import forwarding
from ..review.desk import Desk
from . import work as complaint_work


@dataclass(frozen=True)
class AboutCase:
    """The case that a complaint is about. `decision` is the one that holds; `near`: it is with the same body."""

    case: Case
    decision: Decision | None
    near: bool
    can_reopen: bool
    ground: dict[str, str]


@dataclass(frozen=True)
class ComplaintFile:
    """What stands on the page of a complaint besides what every case has.

    `address`: "" for whom the complaint is or may be about.
    `previous`: the complaint before, with its `details`. `forward_until` is None where it is not passed on any more.
    `extensions`: by how many working days the answer may still be put off -> when it would be due; `proposed` of these.
    """

    row: Complaint
    text: str
    address: str
    outcome: str
    official: str
    about: AboutCase | None
    previous: Case | None
    forward_until: dt.date | None
    extensions: dict[int, dt.datetime]
    proposed: int


def open_complaint(desk: Desk, now: dt.datetime) -> ComplaintFile:
    """The complaint on this desk; one query, or none."""
    case, row = desk.case, desk.get_complaint()
    said = {name: str(case.answers.get(name) or "") for name in ("text", "address", "outcome", "official")}
    standing, others = desk.standing, _around(case.about_id, row.previous_id)
    return ComplaintFile(
        row=row,
        text=said["text"],
        address="" if standing.may_be_about_them else said["address"],
        outcome=row.outcome or said["outcome"],
        official=row.official or said["official"],
        about=_about(case, others[case.about_id]) if case.about_id else None,
        previous=others[row.previous_id] if row.previous_id else None,
        forward_until=forwarding.last_day_to_forward(case, now) if standing.forwardable else None,
        extensions=complaint_work.list_extensions(case, row, desk.passport, now) if standing.extendable else {},
        proposed=complaint_work.propose_extension(row, desk.passport),
    )


def _around(*ids: int | None) -> dict[int, Case]:
    """The cases with these ids, each with body, the decision that was signed last, its signer, and its complaint."""
    wanted = [id for id in ids if id is not None]
    if not wanted:
        return {}
    Signer = StaffMember.alias()
    signed = (Decision.case == Case.id) & (Decision.state == "signed")
    rows = (
        Case.select(Case, Organisation, Decision, Complaint, Signer.id, Signer.name)
        .join(Organisation)
        .switch(Case)
        .join(Decision, JOIN.LEFT_OUTER, on=signed, attr="decision")
        .join(Signer, JOIN.LEFT_OUTER, on=(Decision.signed_by == Signer.id), attr="signer")
        .switch(Case)
        .join(Complaint, JOIN.LEFT_OUTER, on=(Complaint.case == Case.id), attr="details")
        .where(Case.id.in_(wanted))
        .order_by(Decision.signed_at, Decision.id)
    )
    return {row.id: row for row in rows}


def _about(case: Case, about: Case) -> AboutCase:
    passport = get_passport(about.service, about.edition)
    decision = getattr(about, "decision", None)
    ground = next((ground for ground in passport.refusal_grounds if decision and ground.id == decision.ground), None)
    return AboutCase(
        case=about,
        decision=decision,
        near=about.body_id == case.body_id,
        can_reopen=complaint_work.can_reopen(about),
        ground={lang: ground.text.in_(lang) for lang in ("kk", "ru", "en")} if ground else {},
    )
