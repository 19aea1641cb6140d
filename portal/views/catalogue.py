"""The way in: the services and their passports."""

import datetime as dt

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ..services.passports.search import search_pages, search_services
from ..services.passports.situations import group_by_situation
from ..services.reference.offices import channel_place, list_places, next_change
from ..services.reference.provision import has_body
from ..services.reports.usual_time import usual_time
from ..services.terms.days_off import load_calendar
from ..web.access import needs_no_database, public
from ..web.clock import now
from ..web.kept import keep_page
from ..web.language import LANG_PREFIX, LONGEST_ECHO, choose_language
from ..web.outside import context
from .signing_ways import list_ways

bp = Blueprint("catalogue", __name__)

MOST_PLACES = 5  # on a passport page; all of them are on the providers' page


@bp.get("/")
@public
@needs_no_database
def root() -> ResponseReturnValue:
    return redirect(url_for("catalogue.home", lang=choose_language()), 303)


@bp.get(f"{LANG_PREFIX}/")
@public
@needs_no_database
def home() -> ResponseReturnValue:
    keep_page()
    q = request.args.get("q", "")[:LONGEST_ECHO]
    services = search_services(context().passports.list_services(), q)
    groups = group_by_situation(services)
    return render_template("catalogue/home.html", services=services, groups=groups, pages=search_pages(q), q=q)


@bp.get(f"{LANG_PREFIX}/services/<id>")
@public
def service(id: str) -> ResponseReturnValue:
    passport = context().passports.get(id)
    moment = now()
    calendar = load_calendar(moment)
    channels = [(channel, channel_place(channel, g.lang, calendar, moment)) for channel in passport.channels]
    places = list_places(passport, g.lang, calendar, moment)
    keep_page(until=next_change([place for _, place in channels] + places))
    return render_template(
        "catalogue/service.html",
        passport=passport,
        channels=channels,
        places=places,
        most_places=MOST_PLACES,
        ways=list_ways(passport),
        can_apply=passport.opens_online and has_body(passport),
        usual=usual_time(passport.id, moment, passport.terms.service.minutes is not None),
        edition_date=dt.date.fromisoformat(passport.edition),
    )
