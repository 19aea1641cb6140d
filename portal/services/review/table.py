"""What officers may do with a case that they decide, and with a complaint. Pure.

`REVIEW` is of the procedure that officers decide by; `COMPLAINT` is of complaints, looked into by somebody impartial
(services/complaints/work.py). A case that a complaint has opened again is another's to decide: only giving it to a
colleague is left to who prepared or signed what was set aside.
"""

from __future__ import annotations

from ..procedures.rules import HEAD, ActionRule, Need, frozen

_ANYONE = ActionRule()
_TAKE = {"take": ActionRule(needs=("unassigned",)), "assign": _ANYONE, "message": _ANYONE}
_SEEN = ActionRule(needs=("another", "unchecked", "mine"))  # the paper of what no register confirmed
_TAKE_ANEW = {**_TAKE, "take": ActionRule(needs=("another", "unassigned")), "message": ActionRule(needs=("another",))}
_LOOK_INTO = {
    "take": ActionRule(needs=("impartial", "independent", "cleared", "unassigned")),
    "assign": ActionRule(needs=("impartial", "independent", "cleared")),
    "forward": ActionRule(needs=("impartial", "independent", "mine", "forwardable")),
}
_OVER_AN_ANSWER: tuple[Need, ...] = ("impartial", "independent", "cleared", "answer_ready")
REVIEW = frozen(
    {
        "submitted": _TAKE,
        "in_review": {
            **_TAKE_ANEW,
            "confirm_check": _SEEN,
            "ask_correction": ActionRule(needs=("another", "mine", "undecided")),
            "prepare": ActionRule(needs=("another", "mine", "undecided")),
            "sign": ActionRule(needs=("another", "signer", "prepared")),
            "hand_back": ActionRule(roles=frozenset({HEAD}), needs=("another", "prepared")),
            "drop": ActionRule(needs=("another", "prepared")),
            "recall": ActionRule(needs=("recallable",)),
        },
        "needs_correction": {
            **_TAKE_ANEW,
            "confirm_check": _SEEN,
            "end_correction": ActionRule(needs=("another", "mine")),
        },
        "granted": {"message": _ANYONE},
        "refused": {"message": _ANYONE},
        "withdrawn": {},
    }
)
COMPLAINT = frozen(
    {
        "submitted": _LOOK_INTO,
        "in_review": {
            **_LOOK_INTO,
            "answer": ActionRule(needs=("impartial", "independent", "mine", "no_answer_ready")),
            "sign_answer": ActionRule(roles=frozenset({HEAD}), needs=_OVER_AN_ANSWER),
            "return_answer": ActionRule(roles=frozenset({HEAD}), needs=_OVER_AN_ANSWER),
            "ask_complainant": ActionRule(needs=("impartial", "independent", "mine")),
            "ask_other_side": ActionRule(needs=("impartial", "independent", "mine")),
            "note_reply": ActionRule(needs=("impartial", "independent", "mine")),
            "extend": ActionRule(needs=("impartial", "independent", "mine", "extendable")),
            "message": ActionRule(needs=("impartial", "independent", "mine")),
        },
        "granted": {},
        "refused": {},
        "withdrawn": {},
    }
)
