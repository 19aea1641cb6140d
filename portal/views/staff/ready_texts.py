"""Words that a body keeps ready: its officers and heads write them once, and take them up on case pages."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ...forms.applying import ButtonForm
from ...forms.ready_texts import ReadyTextForm
from ...services.office import ready_texts
from ...web.access import current_staff, staff
from ...web.clock import now
from ...web.errors import refuse
from ...web.stale import redisplays

bp = Blueprint("ready_texts", __name__, url_prefix="/texts")
bp.record(lambda state: refuse(state.app, ready_texts.ReadyTextNotFound, 404))

WRITERS = ("officer", "head")


@bp.get("")
@staff(*WRITERS)
def index() -> ResponseReturnValue:
    return render_template(
        "staff/ready_texts/index.html", texts=ready_texts.list_texts(current_staff()), kinds=_kinds()
    )


@bp.route("/new", methods=["GET", "POST"])
@staff(*WRITERS)
@redisplays
def new() -> ResponseReturnValue:
    return _edit(ReadyTextForm(), None)


@bp.route("/<int:id>", methods=["GET", "POST"])
@staff(*WRITERS)
@redisplays
def text(id: int) -> ResponseReturnValue:
    return _edit(ReadyTextForm(obj=ready_texts.get_text(current_staff(), id)), id)


@bp.post("/<int:id>/delete")
@staff(*WRITERS)
def delete(id: int) -> ResponseReturnValue:
    if ButtonForm().validate_on_submit():
        ready_texts.delete_text(current_staff(), id, now())
    return redirect(url_for(".index", done="deleted"), 303)


def _edit(form: ReadyTextForm, id: int | None) -> ResponseReturnValue:
    form.kind.choices = list(_kinds().items())
    if form.validate_on_submit():
        try:
            ready_texts.save_text(
                current_staff(), form.kind.data, form.title.data.strip(), form.text.data.strip(), now(), id
            )
        except ready_texts.TooManyTexts:
            abort(409)
        return redirect(url_for(".index", done="saved"), 303)
    page = render_template("staff/ready_texts/text.html", form=form, id=id, places=ready_texts.PLACES)
    return page, form.status


def _kinds() -> dict[str, str]:
    return {"message": _("Messages"), "refusal": _("Refusals"), "correction": _("Requests for correction")}
