"""Reference data out and in as CSV; what a file would change is shown before it is taken."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ...forms.applying import ButtonForm
from ...forms.reference import LABELS, in_words
from ...services.records.changes import Change
from ...services.reference import tables as reference_tables
from ...services.reference.rows import ImportRefused, Problem, as_text
from ...services.reference.tables import TABLES, Table
from ...web.access import current_staff, staff
from ...web.clock import now
from ...web.csrf import large_form
from ...web.outside import context
from ...web.sheets import FORM, sheet_answer
from ...web.stale import redisplays

bp = Blueprint("reference_files", __name__, url_prefix="/reference-files")
bp.context_processor(lambda: {"labels": LABELS, "most": MOST_SHOWN})

NAME = "<any({}):name>".format(", ".join(f'"{name}"' for name in TABLES))
LARGEST_FILE = 1_000_000  # bytes; larger ones come in by `portal import`
MOST_SHOWN = 200  # errors, or rows that would change


@bp.get(f"/{NAME}.{FORM}")
@staff("admin")
def download(name: str, form: str) -> ResponseReturnValue:
    return sheet_answer(reference_tables.export(TABLES[name]), name, form, as_read=True)


@bp.route(f"/{NAME}", methods=["GET", "POST"])
@staff("admin")
@redisplays
@large_form(LARGEST_FILE)
def upload(name: str) -> ResponseReturnValue:
    table, form = TABLES[name], ButtonForm()
    changes: list[Change] | None = None
    problems: tuple[Problem, ...] = ()
    data, outdated = b"", False
    if form.validate_on_submit():
        data = _sent()
        if not data:
            form.form_errors = [_("Choose a file.")]
        else:
            take = "take" in request.form
            changes, problems, outdated = _look(table, data, keep=take)
            if take and not problems and not outdated:
                return redirect(url_for("staff.reference.rows", name=name, done="taken"), 303)
    return render_template(
        "staff/reference/upload.html",
        table=table, form=form, changes=changes, problems=problems, in_words=in_words,
        text=as_text(data) if changes else "", outdated=outdated,
        agreed=reference_tables.fingerprint(changes or []),
    ), 409 if outdated else 422 if problems else form.status  # fmt: skip


def _look(table: Table, data: bytes, keep: bool) -> tuple[list[Change] | None, tuple[Problem, ...], bool]:
    """What a file changes, what is wrong with it, whether that is no longer what was agreed to."""
    passports = context().passports.list_services()
    agreed = request.form.get("agreed", "") if keep else None
    try:
        return reference_tables.take_file(table, data, passports, current_staff(), now(), keep, agreed), (), False
    except reference_tables.PreviewOutdated as found:
        return found.changes, (), True
    except ImportRefused as refused:
        return None, refused.problems, False


def _sent() -> bytes:
    file = request.files.get("file")
    return file.read() if file is not None else request.form.get("data", "").encode()
