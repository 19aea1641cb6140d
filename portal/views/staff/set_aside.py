"""Rows that the worker's jobs failed at, for administrators: what, why, and trying one again now."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from ...services.jobs import rows
from ...services.records import audit
from ...web.access import current_staff, staff
from ...web.clock import now

bp = Blueprint("set_aside", __name__, url_prefix="/set-aside")

JOBS = {
    "check_again": _l("Asking the registers again"),
    "hand_to_officers": _l("Handing unchecked cases to officers"),
    "issue_signed": _l("Issuing what was signed after hours"),
    "scan_files": _l("Looking for viruses"),
    "seal_papers": _l("Sealing papers"),
    "give_free_places": _l("Giving free places"),
    "offer_renewals": _l("Offering renewals"),
    "warn_officers": _l("Warning before a deadline"),
    "mark_overdue": _l("Marking what is overdue"),
    "raise_silent": _l("Raising unanswered complaints"),
    "forget_documents": _l("Deleting files that nobody needs"),
    "forget_uploads": _l("Deleting unfinished uploads"),
}


@bp.get("")
@staff("admin")
def index() -> ResponseReturnValue:
    return render_template("staff/set_aside/index.html", entries=rows.list_set_aside(), jobs=JOBS)


@bp.post("/<int:id>/try")
@staff("admin")
def try_now(id: int) -> ResponseReturnValue:
    if not rows.try_now(id, now()):
        abort(404)
    audit.record(f"staff:{current_staff().id}", "try_set_aside", f"set_aside:{id}", now())
    return redirect(url_for(".index"), 303)
