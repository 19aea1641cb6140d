"""The work list: what waits for whom, and finding a case."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ...forms.review import SearchForm
from ...forms.work_list import NOBODY, HandOverForm, ViewForm
from ...services.iin import mask
from ...services.office import case_file, finding, handing_over, marks, work_list
from ...services.office.list_rows import WorkRow
from ...services.procedures.rules import STATES
from ...services.review.desk import list_all_and_present, list_colleagues
from ...services.staff import saved_views
from ...services.terms.working_time import TimeLeft
from ...web.access import current_staff, staff
from ...web.addressed import asked_number
from ...web.clock import now
from ...web.outside import context
from ...web.stale import redisplays

if TYPE_CHECKING:
    from ...models import StaffMember

bp = Blueprint("work_list", __name__)

READERS = ("officer", "head", "manager")
DOERS = ("officer", "head")


@bp.get("/work")
@staff(*READERS)
def index() -> ResponseReturnValue:
    return _show_list()


@bp.route("/work/search", methods=["GET", "POST"])
@staff(*READERS)
@redisplays
def search() -> ResponseReturnValue:
    """By POST and shown at once: what is searched for stands in no address."""
    form = SearchForm()
    found = None
    if form.validate_on_submit():
        found = finding.find_cases(current_staff(), form.q.data, now())
    elif request.method != "POST":
        return redirect(url_for(".index"), 303)
    rows = found.rows if found else []
    return _show(form, rows, found=found, counts=work_list.count_tabs(current_staff(), now())), form.status


@bp.route("/work/give", methods=["GET", "POST"])
@staff(*DOERS)
@redisplays
def give() -> ResponseReturnValue:
    """Several cases at once, each by its own rules."""
    colleagues = list_colleagues(current_staff(), now())
    form = _hand_over_form(colleagues, HandOverForm())
    ticked = form.case.data or []
    if form.validate_on_submit():
        if ticked:
            chosen = next((one for one in colleagues if str(one.id) == form.to.data), None)
            done = handing_over.hand_over(current_staff(), ticked, chosen, now())
            kept = ",".join(done.kept)
            return redirect(url_for(".index", **_filter_args(), given=len(done.given), kept=kept or None), 303)
        form.nothing_ticked()
    elif request.method != "POST":
        return redirect(url_for(".index", **_filter_args()), 303)
    return _show_list(giving=form, ticked=ticked), form.status if form.status != 200 else 422


@bp.route("/work/views", methods=["GET", "POST"])
@staff(*READERS)
@redisplays
def keep_view() -> ResponseReturnValue:
    """The list as it is looked at, under a name."""
    form = ViewForm()
    if form.validate_on_submit():
        try:
            saved_views.save_view(current_staff(), form.name.data, _filter_args())
            return redirect(url_for(".index", **_filter_args(), done="kept"), 303)
        except saved_views.TooManyViews:
            form.no_room()
    elif request.method != "POST":
        return redirect(url_for(".index", **_filter_args()), 303)
    return _show_list(keeping=form), form.status if form.status != 200 else 422


@bp.post("/work/views/<int:id>/delete")
@staff(*READERS)
def forget_view(id: int) -> ResponseReturnValue:
    saved_views.delete_view(current_staff(), id)
    return redirect(url_for(".index", **_filter_args(), done="forgotten"), 303)


def _wanted(first: str) -> work_list.Filter:
    args = request.args
    return work_list.read_filter(
        args.get("tab", first), args.get("state", ""), args.get("service", ""), args.get("sort", "due"),
        asked_number("holder"), asked_number("came"), args.get("news", ""),
    )  # fmt: skip


def _filter_args() -> dict[str, Any]:
    """What the address asks for, as the next one says it: without what stands there anyway."""
    wanted = _wanted("open")
    plain = asdict(work_list.Filter())
    return {name: value for name, value in asdict(wanted).items() if name == "tab" or value != plain[name]}


def _show_list(**more: Any) -> str:
    counts = work_list.count_tabs(current_staff(), now())
    officer = current_staff().role == "officer"
    wanted = _wanted(work_list.first_tab(counts) if officer and "state" not in request.args else "open")
    try:
        page = work_list.list_page(current_staff(), wanted, now(), request.args.get("page", "")[:120])
    except work_list.CursorUnreadable:
        abort(404)
    form = SearchForm(formdata=None)
    return _show(form, page.rows, page=page, wanted=wanted, counts=counts, filter_args=asdict(wanted), **more)


def _show(form: SearchForm, rows: list[WorkRow], **more: Any) -> str:
    passports, me = context().passports, current_staff()

    def left(row: WorkRow) -> TimeLeft:
        return case_file.left_of(row.case, me, passports.edition(row.case.service, row.case.edition), now())

    colleagues, present = list_all_and_present(me, now())
    shown = {
        "giving": _hand_over_form(present, HandOverForm(formdata=None)),
        "keeping": ViewForm(formdata=None),
        "ticked": [],
    }
    return render_template(
        "staff/work_list/index.html", form=form, left=left, mask=mask, most=work_list.MOST_COUNTED,
        service_title=lambda case: passports.edition(case.service, case.edition).short_title.in_(g.lang),
        services=[(passport.id, passport.short_title.in_(g.lang)) for passport in passports.list_services()],
        states=STATES, rows=rows, marks=marks.find_marks(rows, now()), views=saved_views.list_views(me),
        may_give=me.role in DOERS, colleagues=colleagues, **{**shown, **more},
    )  # fmt: skip


def _hand_over_form(colleagues: list[StaffMember], form: HandOverForm) -> HandOverForm:
    people = [(str(one.id), one.name) for one in colleagues]
    form.to.choices = [("", _("choose")), *people, (NOBODY, _("nobody: back on the list"))]
    return form
