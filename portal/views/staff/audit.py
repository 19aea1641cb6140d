"""The journal for administrators: who did what, by case, person, deed and day; in words, and as a file."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from ...services import numbers
from ...services.languages import format_time
from ...services.local_time import local
from ...services.records import audit
from ...services.records.reading import MOST_EXPORTED, AuditQuery, list_actors, read_page
from ...services.spreadsheets import Sheet
from ...web.access import current_staff, fresh_factor, staff
from ...web.addressed import asked_day, asked_number
from ...web.clock import now
from ...web.sheets import FORM, sheet_answer
from ...web.view_marks import takes_long
from . import journal_words as words

bp = Blueprint("audit", __name__, url_prefix="/audit")


@bp.get("")
@staff("admin")
def index() -> ResponseReturnValue:
    asked = _asked()
    page = read_page(asked, asked_number("before"))
    # Who reads the log is in it, too.
    audit.record(
        f"staff:{current_staff().id}", "read_audit", "audit", now(), case=asked.case, who=asked.actor, what=asked.action
    )
    kept = {name: value for name, value in request.args.items() if name != "before" and value}
    return render_template(
        "staff/audit/index.html", page=page, asked=request.args, kept=kept, words=words, actors=list_actors(),
        link=_link,
    )  # fmt: skip


@bp.get(f"/journal.{FORM}")
@staff("admin")
@fresh_factor
@takes_long
def download(form: str) -> ResponseReturnValue:
    """What the page shows, at most MOST_EXPORTED entries; that it was taken out is in the journal, too."""
    page = read_page(_asked(), most=MOST_EXPORTED)
    audit.record(f"staff:{current_staff().id}", "export", "journal", now())
    rows = (
        (
            local(entry.at).date(), format_time(entry.at), words.thing_words(entry.actor, page.names),
            words.action_words(entry.action), words.thing_words(entry.object, page.names),
            words.detail_words(entry.data, page.names),
        )
        for entry in page.entries
    )  # fmt: skip
    return sheet_answer(Sheet(("at", "time", "actor", "action", "object", "details"), tuple(rows)), "journal", form)


def _asked() -> AuditQuery:
    args = request.args
    case, actor, action = (args.get(name, "").strip()[:60] for name in ("case", "actor", "action"))
    case = numbers.normalise_number(case) or case
    return AuditQuery(case, actor, action, asked_day("since"), asked_day("until"))


def _link(thing: str, names: Any) -> dict[str, str] | None:
    """What the journal is asked for to see everything about a thing, or by somebody."""
    kind = thing.partition(":")[0]
    if kind == "case" and thing in names:
        return {"case": names[thing]}
    return {"actor": thing} if kind in ("staff", "account") and ":" in thing else None
