"""The pages of staff, under /staff: one blueprint, in it one for each module. Language: the member's own."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g

from . import (
    absences,
    account,
    audit,
    calls,
    cases,
    complaint_actions,  # noqa: F401 - its views are of the case pages
    complaint_reports,  # noqa: F401 - its views are of the reports
    home,
    members,
    overview,
    passport_preview,
    passport_texts,
    passports,
    places,
    reference,
    reference_files,
    reports,
    review_refusals,
    set_aside,
    signing_in,
    work_list,
)

bp = Blueprint("staff", __name__, url_prefix="/staff")

review_refusals.register(bp)
for module in (
    home,
    signing_in,
    account,
    work_list,
    absences,
    cases,
    reference,
    reference_files,
    passports,
    passport_preview,
    passport_texts,
    members,
    audit,
    set_aside,
    reports,
    overview,
    places,
    calls,
):
    bp.register_blueprint(module.bp)


@bp.context_processor
def words() -> dict[str, Any]:
    """What templates of staff may use besides: `me`, who is signed in, or None; and how a role is called."""
    return {"me": g.get("staff"), "role_name": members.role_name}
