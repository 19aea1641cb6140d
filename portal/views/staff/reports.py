"""Figures for managers: of their own organisation, for administrators of all; as a page and as CSV."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, abort, g, render_template, request
from flask.typing import ResponseReturnValue

from ...services.local_time import local
from ...services.procedures.registry import procedure_of
from ...services.records import audit
from ...services.reference.directory import find_organisation, name_in
from ...services.reports import applications
from ...services.reports.counting import ReportQuery, list_bodies
from ...web.access import current_staff, staff
from ...web.addressed import asked_day
from ...web.clock import now
from ...web.outside import context
from ...web.sheets import FORM, sheet_answer
from ...web.view_marks import takes_long

bp = Blueprint("reports", __name__, url_prefix="/reports")

MOST_BODIES = 100  # on the page; the CSV has all
ALL = ""


@bp.get("")
@staff("manager", "admin")
@takes_long
def index() -> ResponseReturnValue:
    asked, body = read_asked()
    report = applications.make_report(asked, now(), _queueing())
    return render_template(
        "staff/reports/index.html", asked=asked, body=body, report=report, bodies=list_bodies(report.bodies),
        services=[(passport.id, passport.short_title.in_(g.lang)) for passport in _catalogue().list_services()],
        service_name=service_name, ground_name=_ground_name, most_bodies=MOST_BODIES,
        kept={"since": asked.since, "until": asked.until, "service": asked.service, "body": body.code if body else ""},
    )  # fmt: skip


@bp.get(f"/figures.{FORM}")
@staff("manager", "admin")
@takes_long
def figures(form: str) -> ResponseReturnValue:
    report, names = _export("figures")
    return sheet_answer(applications.export_figures(report, names), "figures", form)


@bp.get(f"/refusals.{FORM}")
@staff("manager", "admin")
@takes_long
def refusals(form: str) -> ResponseReturnValue:
    report, names = _export("refusals")
    return sheet_answer(applications.export_refusals(report, names, _ground_name), "refusals", form)


def _export(what: str) -> tuple[applications.Report, dict[int, str]]:
    asked, _ = read_asked()
    report = applications.make_report(asked, now(), _queueing())
    audit.record(f"staff:{current_staff().id}", "export", what, now(), body=asked.body)
    return report, {id: name_in(row, g.lang) for id, row in list_bodies(report.bodies).items()}


def read_asked() -> tuple[ReportQuery, Any]:
    """What is looked at, and the one organisation if it is one: whatever managers ask for, it is their own."""
    me, today = current_staff(), local(now()).date()
    body = me.organisation if me.role == "manager" else None
    if body is None and request.args.get("body", ALL) != ALL:
        body = find_organisation(request.args["body"][:60]) or abort(404)
    since = asked_day("since") or (today.replace(day=1) - dt.timedelta(days=330)).replace(day=1)
    until = asked_day("until") or today
    service = request.args.get("service", "")[:60]
    return ReportQuery(min(since, until), max(since, until), service, body.id if body else None), body


def _queueing() -> list[str]:
    """The services whose cases wait in a queue instead of for an officer."""
    services = _catalogue().list_services()
    return [passport.id for passport in services if not procedure_of(passport).decided_by_officers]


def _catalogue() -> Any:
    return context().passports


def service_name(service: str) -> str:
    """In the reader's language."""
    return _catalogue().name(service, g.lang)


def _ground_name(service: str, ground: str) -> str:
    """A ground in the words of any edition that has it."""
    for passport in reversed(_catalogue().list_editions()):
        if passport.id == service:
            for each in passport.refusal_grounds:
                if each.id == ground:
                    return each.text.in_(g.lang)
    return ground
