"""Complaints in figures, for everybody: no names, and no group so small that somebody could be recognised."""

from __future__ import annotations

from flask import Blueprint, Response, g, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ..services.reference.directory import name_in
from ..services.reports import complaints
from ..services.reports.complaints import ComplaintLine
from ..services.reports.counting import ReportQuery, list_bodies
from ..web.access import public
from ..web.clock import now
from ..web.kept import keep_page
from ..web.language import LANG_PREFIX
from ..web.outside import context
from ..web.sheets import sheet_answer

bp = Blueprint("complaint_figures", __name__, url_prefix=f"{LANG_PREFIX}/figures")


@bp.get("/complaints")
@public
def index() -> ResponseReturnValue:
    keep_page()
    asked, services, bodies, total = _shown()
    return render_template("complaints/figures.html", asked=asked, services=services, bodies=bodies, total=total)


@bp.get("/complaints.csv")
@public
def download() -> Response:
    _asked, services, bodies, _total = _shown()
    named: list[tuple[tuple[str, ...], ComplaintLine]] = [(("service", name), line) for name, line in services]
    named += [(("organisation", name), line) for name, line in bodies]
    return sheet_answer(complaints.export_lines(named, ("by", "name")), "complaints", "csv")


Named = list[tuple[str, ComplaintLine]]


def _shown() -> tuple[ReportQuery, Named, Named, ComplaintLine | None]:
    asked = complaints.last_year(now())
    figures = complaints.count_complaints(asked, now())
    services, other_services = complaints.merge_small(figures.services)
    bodies, other_bodies = complaints.merge_small(figures.bodies)
    rows, catalogue = list_bodies(bodies), context().passports
    return (
        asked,
        _named({catalogue.name(id, g.lang): line for id, line in services.items()}, other_services),
        _named({name_in(rows[id], g.lang): line for id, line in bodies.items()}, other_bodies),
        figures.total if figures.total.received >= complaints.FEWEST else None,
    )


def _named(lines: dict[str, ComplaintLine], others: ComplaintLine | None) -> Named:
    return [*lines.items(), *([(_("All others together"), others)] if others else [])]
