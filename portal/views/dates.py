"""The days of a case for the reader's own calendar."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, g, url_for
from flask.typing import ResponseReturnValue

from ..services.cabinet import case_view
from ..services.cabinet.calendar_files import calendar_file
from ..services.cases.timeline import CaseNotFound
from ..web.access import complainant, current_account
from ..web.clock import now
from ..web.files import calendar_answer
from ..web.language import LANG_PREFIX
from ..web.outside import context

bp = Blueprint("dates", __name__, url_prefix=f"{LANG_PREFIX}/cabinet")


@bp.get("/<number>/dates/<name>.ics")
@complainant
def date(number: str, name: str) -> ResponseReturnValue:
    view = case_view.view_case(current_account(), number, now())
    chosen = next((day for day in view.dates if day.id == name), None)
    if chosen is None:
        raise CaseNotFound(number)
    base, place = context().settings.base_url, view.shown.place
    where = (place.name.in_(g.lang), place.address.in_(g.lang) if place.address else "") if place else ()
    file = calendar_file(
        uid=f"{number}-{name}@{urlsplit(base).hostname}",
        title=f"{chosen.label.in_(g.lang)}: {number}",
        day=chosen.day,
        text=view.next.said.in_(g.lang),
        place=", ".join(filter(None, where)),
        address=base + url_for("cabinet.case", number=number),
        now=now(),
    )
    return calendar_answer(file, f"{number}-{chosen.day:%Y-%m-%d}.ics")
