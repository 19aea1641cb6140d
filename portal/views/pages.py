"""The quiet pages: help, what we keep about you, accessibility, the bodies that provide services; and for robots."""

from flask import Blueprint, Response, g, render_template, request
from flask.typing import ResponseReturnValue

from ..services.reference.directory import list_localities
from ..services.reference.offices import list_places, next_change
from ..services.terms.days_off import load_calendar
from ..web.access import needs_no_database, public
from ..web.clock import now
from ..web.kept import keep_page
from ..web.language import LANG_PREFIX
from ..web.outside import context

bp = Blueprint("pages", __name__, url_prefix=LANG_PREFIX)
robots = Blueprint("robots", __name__)
NOT_FOR_ROBOTS = ("/staff/", "/sandbox/", "/*/cabinet", "/*/apply/", "/*/sign-in", "/*/verify/")


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
    town = request.args.get("town", "")
    services = []
    for passport in context().passports.list_services():
        places = list_places(passport, g.lang, calendar, moment)
        services.append((passport, [place for place in places if not town or town in place.towns]))
    keep_page(until=next_change(place for _, places in services for place in places))
    return render_template("pages/providers.html", services=services, towns=list_localities(g.lang), town=town)


@robots.get("/robots.txt")
@public
@needs_no_database
def robots_txt() -> ResponseReturnValue:
    """What search engines may read: the public pages. The rest needs signing in, or speaks of one person."""
    base = context().settings.base_url
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS), "", f"Sitemap: {base}/sitemap.xml", ""]
    return _text("\n".join(lines), "text/plain")


@robots.get("/sitemap.xml")
@public
@needs_no_database
def sitemap_xml() -> ResponseReturnValue:
    """Each public page with the same page in the other languages."""
    paths = ["", *(f"services/{service.id}" for service in context().passports.list_services())]
    paths += ["status", "help", "providers", "privacy", "accessibility"]
    page = render_template("pages/sitemap.xml", base=context().settings.base_url, paths=paths)
    return _text(page, "application/xml")


def _text(text: str, kind: str) -> Response:
    response = Response(text, content_type=f"{kind}; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
