"""The overview: what came in, what waits, what is late, by person and body; places free, taken, waited for."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from ...services.reference import places
from ...services.reference.directory import find_organisation
from ...services.reports import overview
from ...services.reports.counting import list_bodies
from ...web.access import current_staff, staff
from ...web.clock import now
from ...web.view_marks import takes_long

bp = Blueprint("overview", __name__, url_prefix="/overview")


@bp.get("")
@staff("head", "manager", "admin")
@takes_long
def index() -> ResponseReturnValue:
    me = current_staff()
    body: Any = me.organisation
    if me.role == "admin":
        code = request.args.get("body", "")[:60]
        body = (find_organisation(code) or abort(404)) if code else None
    loads = overview.count_bodies(now(), body.id if body else None)
    return render_template(
        "staff/overview/index.html", body=body, loads=loads, bodies=list_bodies(loads),
        people=overview.count_people(body.id, now()) if body else [],
        years=places.count_years(body.id if body else None),
    )  # fmt: skip
