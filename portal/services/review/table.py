"""What officers may do with a case that they decide, and with a complaint. Pure.

`REVIEW` is of the procedure that officers decide by; `COMPLAINT` is of complaints, looked into by somebody impartial
(services/complaints/work.py).
"""

from __future__ import annotations

from ..procedures.rules import Rule, frozen

_ANYONE = Rule()
_TAKE = {"take": Rule(needs=("unassigned",)), "assign": _ANYONE, "message": _ANYONE}
_LOOK_INTO = {
    "take": Rule(needs=("impartial", "cleared", "unassigned")),
    "assign": Rule(needs=("impartial", "cleared")),
    "forward": Rule(needs=("impartial", "mine", "forwardable")),
}
REVIEW = frozen(
    {
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
    }
)
COMPLAINT = frozen(
    {
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
    }
)
