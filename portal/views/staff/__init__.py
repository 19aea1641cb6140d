"""The pages of staff, under /staff: one blueprint, in it one for each module. Language: the member's own."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g

from ...services.office import notices
from ...web.clock import now
from . import (
    absences,
    account,
    audit,
    calls,
    case_acts,  # noqa: F401 - its views are of the case pages
    case_papers,  # noqa: F401 - its views are of the case pages
    cases,
    complaint_actions,  # noqa: F401 - its views are of the case pages
    complaint_reports,  # noqa: F401 - its views are of the reports
    home,
    journal_words,
    members,
    overview,
    passport_preview,
    passport_texts,
    passports,
    places,
    ready_texts,
    reference,
    reference_files,
    reports,
    review_refusals,
    set_aside,
    signing_in,
    to_sign,
    value_words,
    work_list,
)

bp = Blueprint("staff", __name__, url_prefix="/staff")

review_refusals.register(bp)
for module in (
    home,
    signing_in,
    account,
    to_sign,
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
    ready_texts,
):
    bp.register_blueprint(module.bp)


_WORDS = {
    "role_name": journal_words.role_name,
    "column_name": journal_words.column_name,
    "value_words": value_words.value_words,
}


@bp.context_processor
def words() -> dict[str, Any]:
    """What templates of staff may use besides: `me`, who is signed in, or None; how a role is called; what waits for
    them (`notices`, asked for by the head of a page)."""
    return {"me": g.get("staff"), "notices": _notices} | _WORDS


def _notices() -> notices.Notices:
    """Counted once a page; a case page has counted them with what else it reads."""
    if "notices" not in g:
        g.notices = notices.count(g.staff, now())
    counted: notices.Notices = g.notices
    return counted
