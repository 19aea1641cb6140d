"""The audit log for administrators: who did what, by case, person, deed and day."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from ...services import numbers
from ...services.records import audit
from ...services.records.reading import AuditQuery, read_page
from ...web.access import current_staff, staff
from ...web.addressed import asked_day, asked_number
from ...web.clock import now

bp = Blueprint("audit", __name__, url_prefix="/audit")


@bp.get("")
@staff("admin")
def index() -> ResponseReturnValue:
    args = request.args
    case, actor, action = (args.get(name, "").strip()[:60] for name in ("case", "actor", "action"))
    case = numbers.normalise_number(case) or case
    asked = AuditQuery(case, actor, action, asked_day("since"), asked_day("until"))
    before = asked_number("before")
    page = read_page(asked, before)
    # Who reads the log is in it, too.
    audit.record(f"staff:{current_staff().id}", "read_audit", "audit", now(), case=case, who=actor, what=action)
    kept = {name: value for name, value in args.items() if name != "before" and value}
    return render_template("staff/audit/index.html", page=page, asked=args, kept=kept)
