"""The quiet pages: help, what we keep about you, accessibility, the bodies that provide services."""

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue

from ..services.reference.offices import list_places, next_change
from ..services.terms.days_off import load_calendar
from ..web.access import needs_no_database, public
from ..web.clock import now
from ..web.kept import keep_page
from ..web.language import LANG_PREFIX
from ..web.outside import context

bp = Blueprint("pages", __name__, url_prefix=LANG_PREFIX)


@bp.get("/help")
@public
@needs_no_database
def help() -> ResponseReturnValue:
    keep_page()
    return render_template("pages/help.html")


@bp.get("/privacy")
@public
@needs_no_database
def privacy() -> ResponseReturnValue:
    keep_page()
    return render_template("pages/privacy.html")


@bp.get("/accessibility")
@public
@needs_no_database
def accessibility() -> ResponseReturnValue:
    keep_page()
    return render_template("pages/accessibility.html")


@bp.get("/providers")
@public
def providers() -> ResponseReturnValue:
    moment = now()
    calendar = load_calendar(moment)
    passports = context().passports.list_services()
    services = [(passport, list_places(passport, g.lang, calendar, moment)) for passport in passports]
    keep_page(until=next_change(place for _, places in services for place in places))
    return render_template("pages/providers.html", services=services)
