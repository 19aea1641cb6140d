"""What staff are told when something cannot be done with a case: who was first, and when."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from ...services.procedures.rules import (
    AlreadyDecided,
    DecidedBefore,
    MayBeNamed,
    NotAllowed,
    NotImpartial,
    SamePerson,
    UnderNamedHead,
)
from ...services.review.corrections import NothingToCorrect


def register(bp: Blueprint) -> None:
    """Pages for the refusals of services.review and its kin."""
    bp.register_error_handler(NotAllowed, refused)
    bp.register_error_handler(NothingToCorrect, refused)


def refused(error: Exception) -> ResponseReturnValue:
    """409; 403 for who may not sign as they prepared, not decide anew, or not look into what is about themselves."""
    page = render_template(
        "staff/cases/refused.html",
        number=(request.view_args or {}).get("number", ""),
        decided=error if isinstance(error, AlreadyDecided) else None,
        same_person=isinstance(error, SamePerson),
        decided_before=isinstance(error, DecidedBefore),
        may_be_named=isinstance(error, MayBeNamed),
        under_named_head=isinstance(error, UnderNamedHead),
        not_impartial=isinstance(error, NotImpartial),
        holder=getattr(error, "holder", ""),
    )
    return page, 403 if isinstance(error, (SamePerson, NotImpartial, DecidedBefore)) else 409
