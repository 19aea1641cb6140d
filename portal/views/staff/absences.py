"""Who of the body is away and who stands in: noted by themselves or by their head."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ...forms.absences import AbsenceForm
from ...forms.reference import listed
from ...services.review.desk import list_colleagues
from ...services.staff import absences
from ...web.access import current_staff, staff
from ...web.clock import now
from ...web.errors import refuse
from ...web.stale import redisplays

bp = Blueprint("absences", __name__, url_prefix="/absences")
bp.record(lambda state: refuse(state.app, absences.AbsenceNotFound, 404))


@bp.route("", methods=["GET", "POST"])
@staff("officer", "head")
@redisplays
def index() -> ResponseReturnValue:
    me = current_staff()
    people = {str(one.id): one for one in list_colleagues(me)}
    whose = people if me.role == "head" else {str(me.id): me}
    form = AbsenceForm(data={"member": str(me.id)})
    form.member.choices = listed((id, one.name) for id, one in whose.items())
    form.deputy.choices = listed(
        [
            ("", _("nobody: their cases go back on the list")),
            *((id, one.name) for id, one in people.items() if len(whose) > 1 or id not in whose),
        ]
    )
    if form.validate_on_submit():
        since, until = form.days
        try:
            absences.note_absence(me, whose[form.member.data], people.get(form.deputy.data), since, until, now())
            return redirect(url_for(".index", done="noted"), 303)
        except absences.AbsenceWrong as problem:
            form.refused(problem)
    rows = absences.list_absences(me.organisation_id, now())
    status = 422 if form.errors else form.status
    return render_template("staff/absences/index.html", form=form, rows=rows), status


@bp.post("/<int:id>/end")
@staff("officer", "head")
def end(id: int) -> ResponseReturnValue:
    absences.end_absence(current_staff(), id, now())
    return redirect(url_for(".index", done="ended"), 303)
