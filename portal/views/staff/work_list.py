"""The work list: what waits for whom, and finding a case."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ...forms.review import SearchForm
from ...services.iin import mask
from ...services.office import case_file, work_list
from ...services.procedures.rules import STATES
from ...services.terms.working_time import TimeLeft
from ...web.access import current_staff, staff
from ...web.clock import now
from ...web.outside import context
from ...web.stale import redisplays

bp = Blueprint("work_list", __name__)


@bp.get("/work")
@staff("officer", "head", "manager")
def index() -> ResponseReturnValue:
    args = request.args
    first = "mine" if current_staff().role == "officer" and "state" not in args else "open"
    wanted = work_list.read_filter(
        args.get("tab", first), args.get("state", ""), args.get("service", ""), args.get("sort", "due")
    )
    try:
        page = work_list.list_page(current_staff(), wanted, now(), args.get("page", "")[:120])
    except work_list.CursorUnreadable:
        abort(404)
    counts = work_list.count_tabs(current_staff(), now())
    return _show(SearchForm(formdata=None), page=page, wanted=wanted, counts=counts, filter_args=asdict(wanted))


@bp.route("/work/search", methods=["GET", "POST"])
@staff("officer", "head", "manager")
@redisplays
def search() -> ResponseReturnValue:
    """By POST and shown at once: what is searched for stands in no address."""
    form = SearchForm()
    found = None
    if form.validate_on_submit():
        found = work_list.find_cases(current_staff(), form.q.data, now())
    elif request.method != "POST":
        return redirect(url_for(".index"), 303)
    return _show(form, found=found, counts=work_list.count_tabs(current_staff(), now())), form.status


def _show(form: SearchForm, **more: Any) -> str:
    passports = context().passports

    def left(row: work_list.WorkRow) -> TimeLeft:
        return case_file.left_of(
            row.case, current_staff(), passports.edition(row.case.service, row.case.edition), now()
        )

    return render_template(
        "staff/work_list/index.html", form=form, left=left, mask=mask, most=work_list.MOST_COUNTED,
        service_title=lambda case: passports.edition(case.service, case.edition).short_title.in_(g.lang),
        services=[(passport.id, passport.short_title.in_(g.lang)) for passport in passports.list_services()],
        states=STATES, **more,
    )  # fmt: skip
