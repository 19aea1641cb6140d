"""Kindergartens and places for the body that keeps their queue: looked at by its people, changed by its officers."""

from __future__ import annotations

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ...forms.places import PlacesForm
from ...forms.reference import LABELS
from ...services.local_time import local
from ...services.records import changes as reference_changes
from ...services.reference import places
from ...services.reference.directory import name_in
from ...services.reference.rows import ImportRefused
from ...web.access import current_staff, staff
from ...web.addressed import asked_number
from ...web.clock import now
from ...web.errors import refuse
from ...web.outside import context
from ...web.stale import redisplays

bp = Blueprint("places", __name__, url_prefix="/places")
bp.record(lambda state: refuse(state.app, places.PlacesNotFound, 404))

GROUP = f"/<code>/<int:year>/<any({', '.join(places.LANGUAGES)}):language>"


@bp.get("")
@staff("officer", "head", "manager")
def index() -> ResponseReturnValue:
    years = places.count_years(current_staff().organisation_id)
    towns = {line.locality.code: name_in(line.locality, g.lang) for line in years}
    town = request.args.get("town", "")[:60] or next(iter(towns), "")
    of_town = [line for line in years if line.locality.code == town]
    wanted = asked_number("year")
    chosen = next((line for line in of_town if line.birth_year == wanted), None)
    chosen = chosen or max(of_town, key=lambda line: (line.waiting, line.birth_year), default=None)
    return render_template(
        "staff/places/index.html", years=of_town, towns=towns, town=town, chosen=chosen, name_in=name_in,
        gardens=places.list_gardens(chosen.locality, chosen.birth_year) if chosen else [],
        may_change=current_staff().role in ("officer", "head"),
    )  # fmt: skip


@bp.route(GROUP, methods=["GET", "POST"])
@staff("officer", "head")
@redisplays
def group(code: str, year: int, language: str) -> ResponseReturnValue:
    garden = places.get_garden(current_staff().organisation_id, code)
    if not 2000 <= year <= local(now()).year + 1:
        abort(404)
    standing = places.get_group(garden, year, language)
    form = PlacesForm(data={"places": str(standing.places)})
    form.remember()
    if form.validate_on_submit():
        passports = context().passports.list_services()
        try:
            places.set_places(current_staff(), garden, year, language, form.places.data or "", passports, now())
            town = garden.locality.code
            return redirect(url_for(".index", town=town, year=year, done="saved"), 303)
        except ImportRefused as refused:
            form.refused(refused.problems)
    changes = reference_changes.list_history("kindergarten", code, most=20)
    status = 422 if form.errors else form.status
    return render_template(
        "staff/places/group.html", form=form, garden=garden, name=name_in(garden, g.lang), year=year,
        language=language, standing=standing, changes=changes, labels=LABELS,
    ), status  # fmt: skip
