"""The paper of a decision before it is issued, as it will be: for who prepares it, and for who signs it.

It is drawn from the answers as they are now, by the words that will be issued (services/review/papers.py). Whoever
signs hands in the fingerprint of what they saw: where anything has changed since, they are shown it anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...models import Case, Decision, StaffMember
from ..papers.drafts import NO_NUMBER, PaperDraft
from ..papers.labels import post
from ..passports.orders import paper_kind
from ..passports.schema import Passport
from ..procedures.rules import HEAD
from .desk import Desk
from .grounds import find_ground
from .papers import signer, word_refusal, word_result


@dataclass(frozen=True)
class Around:
    """What a page has read of the body beside the case: the names of its heads, its town in each language."""

    heads: Sequence[str]
    towns: Mapping[str, str]


def draft_decision(
    desk: Desk, decision: Decision, staff: StaffMember, now: dt.datetime, around: Around | None = None
) -> PaperDraft:
    """The paper of the decision under way; whoever may sign it reads it with their own name below.

    `around`: what is known already.
    """
    may_sign = "sign" in desk.actions
    if decision.signed_by_id is not None:
        by = signer(decision.signer, desk.case.language)
    else:
        by = signer(staff, desk.case.language) if may_sign else _expected_signer(desk, around)
    if decision.kind == "refuse":
        return _refusal(desk.case, desk.passport, decision.ground, decision.explanation, by, now)
    return _result(desk.case, desk.passport, by, now, around)


def draft_grant(desk: Desk, now: dt.datetime) -> PaperDraft:
    """What would be issued if the case were granted as it stands."""
    return _result(desk.case, desk.passport, _expected_signer(desk), now)


def draft_refusal(desk: Desk, ground: str, explanation: str, now: dt.datetime) -> PaperDraft | None:
    """What would be issued if the case were refused so; None without a ground of the passport's own list."""
    if find_ground(desk.passport, ground) is None:
        return None
    return _refusal(desk.case, desk.passport, ground, explanation, _expected_signer(desk), now)


def _result(
    case: Case, passport: Passport, by: tuple[str, str], now: dt.datetime, around: Around | None = None
) -> PaperDraft:
    town = around.towns.get(case.language, "") if around is not None else None
    words = word_result(case, passport, by, NO_NUMBER, town=town)
    return PaperDraft(paper_kind(passport), case.language, words, now)


def _refusal(
    case: Case, passport: Passport, ground: str, explanation: str, by: tuple[str, str], now: dt.datetime
) -> PaperDraft:
    return PaperDraft("refusal", case.language, word_refusal(case, passport, [ground], explanation, by, NO_NUMBER), now)


def _expected_signer(desk: Desk, around: Around | None = None) -> tuple[str, str]:
    """A head of the body: by name where there is one alone; one query, or none where they are known."""
    of_body = (StaffMember.organisation == desk.case.body_id) & StaffMember.is_active & (StaffMember.role == HEAD)
    rows = StaffMember.select(StaffMember.name).where(of_body).limit(2) if around is None else ()
    names = [head.name for head in rows] if around is None else around.heads
    return post(HEAD, desk.case.language), names[0] if len(names) == 1 else ""
