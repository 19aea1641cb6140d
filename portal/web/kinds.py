"""What templates ask about events and papers: their words in the page's language, signs that cannot be printed."""

from __future__ import annotations

from flask import Flask, g

from ..models import Event
from ..services.cases import event_words
from ..services.papers.paper_kinds import PAPERS
from ..services.papers.printable import unprintable


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(
        tell_citizen=tell_citizen,
        tell_office=tell_office,
        paper_title=paper_title,
        paper_name=paper_name,
        unprintable=unprintable,
    )


def tell_citizen(event: Event) -> str:
    """An event's line as the citizen reads it."""
    return event_words.tell_citizen(event.kind, event.data, g.lang)


def tell_office(event: Event) -> str:
    """An event's line as the office reads it."""
    return event_words.tell_office(event.kind, event.data, g.lang)


def paper_title(kind: str) -> str:
    """What stands on papers of this kind."""
    return PAPERS.get(kind).title.in_(g.lang)


def paper_name(kind: str) -> str:
    """What lists call papers of this kind."""
    return PAPERS.get(kind).name.in_(g.lang)
