"""Complaints and marks in figures: of a manager's own organisation, for administrators of all. Part of the reports."""

from __future__ import annotations

from flask import g, render_template
from flask.typing import ResponseReturnValue

from ...services.records import audit
from ...services.reference.directory import name_in
from ...services.reports import complaints as complaint_figures
from ...services.reports.counting import list_bodies
from ...web.access import current_staff, staff
from ...web.clock import now
from ...web.outside import context
from ...web.sheets import FORM, sheet_answer
from ...web.view_marks import takes_long
from .reports import MOST_BODIES, bp, read_asked, service_name


@bp.get("/complaints")
@staff("manager", "admin")
@takes_long
def complaints() -> ResponseReturnValue:
    asked, body = read_asked()
    figures = complaint_figures.count_complaints(asked, now())
    passports = context().passports.list_services()
    return render_template(
        "staff/reports/complaints.html", asked=asked, body=body, figures=figures, most_bodies=MOST_BODIES,
        bodies=list_bodies(figures.bodies), marks=complaint_figures.count_marks(asked, now()),
        low=complaint_figures.list_low_marks(asked), service_name=service_name,
        services=[(passport.id, passport.short_title.in_(g.lang)) for passport in passports],
        kept={"since": asked.since, "until": asked.until, "service": asked.service, "body": body.code if body else ""},
    )  # fmt: skip


@bp.get(f"/complaints.{FORM}")
@staff("manager", "admin")
@takes_long
def complaints_csv(form: str) -> ResponseReturnValue:
    asked, _body = read_asked()
    figures = complaint_figures.count_complaints(asked, now())
    names = list_bodies(figures.bodies)
    audit.record(f"staff:{current_staff().id}", "export", "complaints", now(), body=asked.body)
    named = [
        ((service_name(service), name_in(names[body], g.lang)), line) for (service, body), line in figures.cells.items()
    ]
    named.sort(key=lambda item: item[0])
    return sheet_answer(complaint_figures.export_lines(named, ("service", "organisation")), "complaints", form)
