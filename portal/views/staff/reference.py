"""Reference data: organisations with their hours, towns, kindergartens, moved days; each row with its history."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ...forms.applying import ButtonForm
from ...forms.reference import KINDS, LABELS, WEEKS
from ...services.folding import fold
from ...services.records import changes as reference_changes
from ...services.reference import tables as reference_tables
from ...services.reference.rows import FileRow, ImportRefused
from ...services.reference.tables import TABLES, RowNotFound, Table
from ...web.access import current_staff, staff
from ...web.clock import now
from ...web.errors import refuse
from ...web.outside import context
from ...web.stale import redisplays
from . import reference_forms

bp = Blueprint("reference", __name__, url_prefix="/reference")
bp.record(lambda state: refuse(state.app, RowNotFound, 404))
bp.context_processor(lambda: {"labels": LABELS, "kinds": KINDS, "weeks": WEEKS})

MOST_ROWS = 100  # on a page; a search finds the others
SHOWN = {
    "organisations": ("kind", "phone", "duty_officer"),
    "localities": ("region", "body"),
    "kindergartens": ("locality", "phone"),
    "moved-days": ("works", "week", "source"),
}


@bp.get("")
@staff("admin")
def index() -> ResponseReturnValue:
    counts = {name: reference_tables.count_rows(name) for name in TABLES}
    return render_template("staff/reference/index.html", counts=counts)


@bp.get("/<name>")
@staff("admin")
def rows(name: str) -> ResponseReturnValue:
    table = _table(name)
    q, kind = request.args.get("q", "").strip()[:100], request.args.get("kind", "")
    found = [row for row in reference_tables.list_named(name, g.lang) if _fits(row, q, kind)]
    return render_template(
        "staff/reference/rows.html",
        table=table, rows=found[:MOST_ROWS], all=len(found), q=q, kind=kind, columns=SHOWN[name],
    )  # fmt: skip


@bp.route("/<name>/new", methods=["GET", "POST"])
@staff("admin")
@redisplays
def new(name: str) -> ResponseReturnValue:
    return _edit(_table(name), None)


@bp.route("/<name>/<key>", methods=["GET", "POST"])
@staff("admin")
@redisplays
def row(name: str, key: str) -> ResponseReturnValue:
    return _edit(_table(name), key)


@bp.get("/<name>/<key>/history")
@staff("admin")
def history(name: str, key: str) -> ResponseReturnValue:
    table = _table(name)
    changes = reference_changes.list_history(table.kind, key)
    if not changes:
        reference_tables.get_row(table, key)
    return render_template("staff/reference/history.html", table=table, key=key, changes=changes)


@bp.route("/moved-days/<key>/delete", methods=["GET", "POST"])
@staff("admin")
@redisplays
def delete_moved_day(key: str) -> ResponseReturnValue:
    day = reference_tables.get_row(TABLES["moved-days"], key)
    form = ButtonForm()
    if form.validate_on_submit():
        reference_tables.delete_moved_day(dt.date.fromisoformat(key), current_staff(), now())
        return redirect(url_for(".rows", name="moved-days", done="deleted"), 303)
    return render_template("staff/reference/delete_moved_day.html", day=day, form=form), form.status


def _edit(table: Table, key: str | None) -> Any:
    if request.method != "POST":
        return _answer(table, key)
    with reference_tables.one_at_a_time():  # from reading what stands to saving: nobody comes between
        return _answer(table, key)


def _answer(table: Table, key: str | None) -> Any:
    passports = context().passports.list_services()
    page = reference_forms.make_form(table, key, passports)
    form, status = page.form, None
    if form.validate_on_submit():
        if key is None and reference_tables.stands(table, form.values()[table.key]):
            form[table.key].errors = [_("There is one with this code already.")]
        rows = [FileRow(number, values) for number, values in enumerate(page.rows(), start=1)]
        try:
            if not form.errors:
                reference_tables.take_rows(table, rows, passports, current_staff(), now())
                return redirect(url_for(".row", name=table.name, key=rows[0].values[table.key], done="saved"), 303)
        except ImportRefused as refused:
            form.refused(refused.problems)
        status = 422
    return render_template(
        "staff/reference/row.html", table=table, key=key, form=form, page=page, passports=passports
    ), status or form.status


def _table(name: str) -> Table:
    if name not in TABLES:
        abort(404)
    return TABLES[name]


def _fits(row: dict[str, Any], q: str, kind: str) -> bool:
    return (not kind or row.get("kind") == kind) and (not q or fold(q) in fold(f"{row['key']} {row['name']}"))
