"""What front offices of the State Corporation take applications for: whatever names them as a channel, nothing else."""

from __future__ import annotations

from flask import Flask, g

from ..services.passports.schema import Passport
from .outside import context


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(at_front_offices=list_titles, is_at_front_offices=is_taken)


def is_taken(passport: Passport) -> bool:
    """Whether front offices take applications for this service."""
    return any(channel.id == "state_corporation" for channel in passport.channels)


def list_titles() -> str:
    """The short titles of what they take applications for, in the reader's language; "" for none."""
    taken = (passport for passport in context().passports.list_services() if is_taken(passport))
    return "; ".join(passport.short_title.in_(g.lang) for passport in taken)
