"""A draft of an edition that is no longer in force: it moves to the one that is, and its owner reads what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g
from flask_babel import lazy_gettext as _l

from ..services.journeys import drafts
from ..services.passports.catalogue import ServiceNotFound
from ..services.passports.schema import Passport
from ..web.clock import now
from ..web.outside import context
from ..web.sessions import session

if TYPE_CHECKING:
    from ..models import Draft

NAME = "moved"  # in the session: {key of a draft: [edition it came from, ids of the questions let go]}

NOT_OFFERED = (
    _l("This service is not offered here any more"),
    _l("Nothing was sent. Your draft stays in the personal cabinet. Call 1414 to ask where to apply."),
)


class NoLongerOffered(ValueError):
    """No edition of the service is in force, or the one that is has no form here."""


def keep_in_force(draft: Draft) -> tuple[Draft, Passport]:
    """The draft on the edition in force, moved there where it was not. Raises NoLongerOffered."""
    catalogue = context().passports
    try:
        passport = catalogue.get(draft.service)
    except ServiceNotFound:
        raise NoLongerOffered(draft.service) from None
    if not passport.opens_online:
        raise NoLongerOffered(draft.service)
    if passport.edition == draft.edition:
        return draft, passport
    move = drafts.migrate_draft(draft, catalogue.edition(draft.service, draft.edition), passport, now())
    session[NAME] = {**session.get(NAME, {}), draft.key: [draft.edition, move.dropped]}
    return drafts.get_draft(draft.account, draft.key), passport


def was_moved(draft: Draft) -> bool:
    """Whether the owner has still to read that the draft moved."""
    return draft.key in session.get(NAME, {})


def moved_notice(draft: Draft) -> list[str] | None:
    """What to say once of a draft that moved: the questions whose answers were let go. None when it did not move."""
    if not was_moved(draft):
        return None
    edition, dropped = session[NAME][draft.key]
    session[NAME] = {key: value for key, value in session[NAME].items() if key != draft.key}
    old = context().passports.edition(draft.service, edition)
    fields = [old.field(name) for name in dropped]
    return list(dict.fromkeys(spec.label.in_(g.lang) for spec in fields if spec is not None))
