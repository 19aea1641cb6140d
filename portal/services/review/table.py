"""What may be done with a case: in each state these actions, by these roles, where this holds. Pure.

The table is the law here; services/review/desk.py and its kin do what it lets pass. Procedures: `review` (decided by
officers), `preschool_queue` (decides by itself; an officer has only what no register confirmed), `complaint` (looked
into by somebody impartial; services/complaints/work.py).
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
    "unchecked",
    "impartial",
    "cleared",
    "forwardable",
    "extendable",
]

OFFICER, HEAD = "officer", "head"


@dataclass(frozen=True)
class Rule:
    """Who may do it, and what has to hold: nobody has the case, the doer has it, nothing or something is prepared.

    `signer`: the head, or an officer where the passport lets officers sign what is prepared.
    Of a complaint: the doer has nothing to do with what it is about; they are not whom it may mean, unless a head, who
    is not meant, gave it to them all the same; there is still time to pass it on or to extend.
    """

    roles: frozenset[str] = frozenset({OFFICER, HEAD})
    needs: tuple[Need, ...] = ()


_ANYONE = Rule()
_TAKE = {"take": Rule(needs=("unassigned",)), "assign": _ANYONE, "message": _ANYONE}
_CHECK = {
    "take": Rule(needs=("unchecked", "unassigned")),
    "assign": Rule(needs=("unchecked",)),
    "message": Rule(needs=("unchecked",)),
    "confirm_check": Rule(needs=("unchecked", "mine")),
    "keep_waiting": Rule(needs=("unchecked", "mine")),
}
_LOOK_INTO = {
    "take": Rule(needs=("impartial", "cleared", "unassigned")),
    "assign": Rule(needs=("impartial", "cleared")),
    "forward": Rule(needs=("impartial", "mine", "forwardable")),
}
_TABLE: dict[str, dict[str, dict[str, Rule]]] = {
    "review": {
        "submitted": _TAKE,
        "in_review": {
            **_TAKE,
            "ask_correction": Rule(needs=("mine", "undecided")),
            "prepare": Rule(needs=("mine", "undecided")),
            "sign": Rule(needs=("signer", "prepared")),
            "drop": Rule(needs=("prepared",)),
        },
        "needs_correction": {**_TAKE, "end_correction": Rule(needs=("mine",))},
        "granted": {"message": _ANYONE},
        "refused": {"message": _ANYONE},
        "withdrawn": {},
    },
    "preschool_queue": {
        "submitted": _CHECK,
        "accepted": _CHECK,
        "in_review": _CHECK,
        "granted": {},
        "withdrawn": {},
    },
    "complaint": {
        "submitted": _LOOK_INTO,
        "in_review": {
            **_LOOK_INTO,
            "answer": Rule(needs=("impartial", "mine")),
            "ask_complainant": Rule(needs=("impartial", "mine")),
            "ask_other_side": Rule(needs=("impartial", "mine")),
            "note_reply": Rule(needs=("impartial", "mine")),
            "extend": Rule(needs=("impartial", "mine", "extendable")),
        },
        "granted": {},
        "refused": {},
        "withdrawn": {},
    },
}
TABLE: Mapping[str, Mapping[str, Mapping[str, Rule]]] = MappingProxyType(
    {
        procedure: MappingProxyType({state: MappingProxyType(actions) for state, actions in states.items()})
        for procedure, states in _TABLE.items()
    }
)
ACTIONS = tuple(dict.fromkeys(action for states in _TABLE.values() for rules in states.values() for action in rules))
STATES = ("submitted", "accepted", "in_review", "needs_correction", "granted", "refused", "withdrawn")


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


class ReasonNeeded(NotAllowed):
    """A correction names the answers to mend, each with its reason."""


class TextNeeded(NotAllowed):
    """A message says something."""


class NotImpartial(NotAllowed):
    """A complaint is not looked into by whom it is about, nor by who decided what it is about."""


class MayBeNamed(NotImpartial):
    """What is written may mean this person: a head who is not meant decides whether it does."""


@dataclass(frozen=True)
class Standing:
    """How a case stands to somebody: what the table's needs look at. `decision`: "", prepared or signed."""

    procedure: str
    state: str
    role: str
    holder: str = ""  # the name of who has the case
    mine: bool = False
    decision: str = ""
    officers_sign: bool = False
    unchecked: bool = False
    involved: bool = False
    may_be_named: bool = False
    forwardable: bool = False
    extendable: bool = False


def check(action: str, standing: Standing) -> None:
    """Raise NotInThisState or NotYours where the table does not let this pass.

    A decision that is in the way is the caller's to name: it raises AlreadyDecided before.
    """
    rule = TABLE[standing.procedure].get(standing.state, {}).get(action)
    if rule is None:
        raise NotInThisState(f"{action} in {standing.state}")
    if standing.role not in rule.roles:
        raise NotYours(standing.holder)
    for need in rule.needs:
        if not _holds(need, standing):
            if need in ("impartial", "cleared"):
                raise NotImpartial(action) if need == "impartial" else MayBeNamed(action)
            yours = need in ("mine", "unassigned", "signer")
            raise NotYours(standing.holder) if yours else NotInThisState(f"{action}: {need}")


def allowed(standing: Standing) -> tuple[str, ...]:
    """The actions that are open to somebody now, in the order of the table."""
    rules = TABLE[standing.procedure].get(standing.state, {})
    return tuple(
        action
        for action, rule in rules.items()
        if standing.role in rule.roles and all(_holds(need, standing) for need in rule.needs)
    )


def _holds(need: Need, standing: Standing) -> bool:
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
        case "unchecked":
            return standing.unchecked
        case "impartial":
            return not standing.involved
        case "cleared":
            return standing.mine or not standing.may_be_named
        case "forwardable":
            return standing.forwardable
        case "extendable":
            return standing.extendable
