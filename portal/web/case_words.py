"""How a case's states and events read on pages, in the reader's language: one table for cabinet and status look-up."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _l

from ..models import Event

STATES: dict[str, Any] = {
    "submitted": _l("Submitted"),
    "accepted": _l("Accepted"),
    "in_review": _l("Being looked at by an officer"),
    "needs_correction": _l("A correction is needed"),
    "granted": _l("Granted"),
    "refused": _l("Refused"),
    "withdrawn": _l("Withdrawn"),
}
EVENTS: dict[str, Any] = {
    "submitted": _l("Submitted"),
    "registered": _l("Registered"),
    "to_be_checked": _l("Waiting for the registers to confirm what was stated"),
    "checked": _l("The registers have confirmed what was stated"),
    "check_late": _l("The check takes longer: an officer is looking at it"),
    "not_confirmed": _l("A register did not confirm what was stated: an officer is looking at it"),
    "already_queued": _l("The child is in the queue already, by another application"),
    "queued": _l("Placed in the queue with the number %(number)s"),
    "referral": _l("A referral to a kindergarten was given"),
    "withdrawn": _l("Withdrawn by the applicant"),
}


def state_text(state: str) -> str:
    """A state in words."""
    return str(STATES[state])


def event_text(event: Event) -> str:
    """An event in words, with its values."""
    return str(EVENTS[event.kind]) % event.data if event.data else str(EVENTS[event.kind])


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(state_text=state_text, event_text=event_text)
