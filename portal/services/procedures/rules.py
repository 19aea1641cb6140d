"""What may be done with a case: in each state these actions, by these roles, where this holds. Pure.

A procedure's rules are the law here, written as data; services/review/desk.py and its kin do what they let pass.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Need = Literal[
    "unassigned",
    "mine",
    "undecided",
    "prepared",
    "signer",
    "recallable",
    "unchecked",
    "another",
    "impartial",
    "independent",
    "cleared",
    "answer_ready",
    "no_answer_ready",
    "forwardable",
    "extendable",
]

OFFICER, HEAD = "officer", "head"


@dataclass(frozen=True)
class ActionRule:
    """Who may do it, and what has to hold: nobody has the case, the doer has it, nothing or something is prepared.

    `signer`: the head, or an officer where the passport lets officers sign what is prepared. `recallable`: the doer
    signed it, and it waits to be issued. `another`: the doer neither prepared nor signed a decision on the case that a
    complaint has set aside.
    Of a complaint: the doer has nothing to do with what it is about, and does not work under the head whom it is about;
    an answer is written for a head to sign, or none is; they are not whom it may mean, unless a head, who is not meant,
    gave it to them all the same; there is still time to pass it on or to extend.
    """

    roles: frozenset[str] = frozenset({OFFICER, HEAD})
    needs: tuple[Need, ...] = ()


Rules = Mapping[str, Mapping[str, ActionRule]]  # state -> action -> who may do it, and when
STATES = ("submitted", "accepted", "in_review", "needs_correction", "granted", "refused", "withdrawn", "closed")


def frozen(rules: Mapping[str, Mapping[str, ActionRule]]) -> Rules:
    """The rules as nobody can change them."""
    return MappingProxyType({state: MappingProxyType(dict(actions)) for state, actions in rules.items()})


class NotAllowed(ValueError):
    """What was asked for cannot be done with this case now."""


class NotInThisState(NotAllowed):
    """In the state that the case has come to, this is not done."""


class NotYours(NotAllowed):
    """Somebody else has the case, or the role does not do this. `holder` names who has it, "" for nobody."""

    def __init__(self, holder: str = "") -> None:
        super().__init__(holder)
        self.holder = holder


class AlreadyDecided(NotAllowed):
    """Somebody was first: `by` and `at` say who prepared or signed what, `kind` is grant or refuse."""

    def __init__(self, kind: str, by: str, at: dt.datetime, signed: bool) -> None:
        super().__init__(f"{kind} by {by}")
        self.kind, self.by, self.at, self.signed = kind, by, at, signed


class GroundNeeded(NotAllowed):
    """A refusal needs a ground of the passport's own list, and an explanation."""


class SamePerson(NotAllowed):
    """Whoever prepared a decision does not sign it."""


class PaperChanged(NotAllowed):
    """The paper that would be signed is not the one that was shown: it is to be read anew."""


class ReasonNeeded(NotAllowed):
    """A correction names the answers to mend, each with its reason."""


class TextNeeded(NotAllowed):
    """A message says something."""


class PaperNeeded(NotAllowed):
    """What no register confirmed is confirmed by a paper: its kind, its number and its day are named."""


class DecidedBefore(NotAllowed):
    """Whoever prepared or signed the decision that was set aside takes no part in the new one."""


class NotImpartial(NotAllowed):
    """A complaint is not looked into by whom it is about, nor by who decided what it is about."""


class UnderNamedHead(NotImpartial):
    """A complaint about a head is looked into by another head, or by the body above: by nobody who works under them."""


class MayBeNamed(NotImpartial):
    """What is written may mean this person: a head who is not meant decides whether it does."""


_PARTIAL: Mapping[Need, type[NotAllowed]] = MappingProxyType(
    {"another": DecidedBefore, "impartial": NotImpartial, "independent": UnderNamedHead, "cleared": MayBeNamed}
)


@dataclass(frozen=True)
class Situation:
    """How a case stands to somebody: what the rules' needs look at. `decision`: "", prepared or signed."""

    rules: Rules
    state: str
    role: str
    holder: str = ""  # the name of who has the case
    mine: bool = False
    decision: str = ""
    officers_sign: bool = False
    unchecked: bool = False
    decided_before: bool = False
    involved: bool = False
    may_be_named: bool = False
    under_named_head: bool = False
    forwardable: bool = False
    extendable: bool = False
    recallable: bool = False
    answer_ready: bool = False

    @property
    def may_be_about_them(self) -> bool:
        """Whether a complaint is about them or what they did, or may be, and no head has said otherwise."""
        return self.involved or (self.may_be_named and not self.mine)


def check(action: str, standing: Situation) -> None:
    """Raise NotInThisState or NotYours where the rules do not let this pass.

    A decision that is in the way is the caller's to name: it raises AlreadyDecided before.
    """
    rule = standing.rules.get(standing.state, {}).get(action)
    if rule is None:
        raise NotInThisState(f"{action} in {standing.state}")
    if standing.role not in rule.roles:
        raise NotYours(standing.holder)
    for need in rule.needs:
        if not _holds(need, standing):
            if need in _PARTIAL:
                raise _PARTIAL[need](action)
            yours = need in ("mine", "unassigned", "signer")
            raise NotYours(standing.holder) if yours else NotInThisState(f"{action}: {need}")


def allowed(standing: Situation) -> tuple[str, ...]:
    """The actions that are open to somebody now, in the order of the rules."""
    rules = standing.rules.get(standing.state, {})
    return tuple(
        action
        for action, rule in rules.items()
        if standing.role in rule.roles and all(_holds(need, standing) for need in rule.needs)
    )


def _holds(need: Need, standing: Situation) -> bool:
    match need:
        case "unassigned":
            return not standing.holder
        case "mine":
            return standing.mine
        case "undecided":
            return not standing.decision
        case "prepared":
            return standing.decision == "prepared"
        case "signer":
            return standing.role == HEAD or standing.officers_sign
        case "recallable":
            return standing.recallable
        case "unchecked":
            return standing.unchecked
        case "another":
            return not standing.decided_before
        case "impartial":
            return not standing.involved
        case "independent":
            return not standing.under_named_head
        case "cleared":
            return standing.mine or not standing.may_be_named
        case "answer_ready":
            return standing.answer_ready
        case "no_answer_ready":
            return not standing.answer_ready
        case "forwardable":
            return standing.forwardable
        case "extendable":
            return standing.extendable
