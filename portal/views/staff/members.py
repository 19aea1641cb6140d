"""Who works here: list, add, change, disable, reset a lost second factor. Nobody does it for themselves."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ...forms.applying import ButtonForm
from ...forms.members import MemberForm, NewMemberForm
from ...forms.reference import listed
from ...services.records import changes as reference_changes
from ...services.reference.directory import find_organisation, list_organisations, name_in
from ...services.staff import administering, leaving
from ...services.staff import members as staff
from ...web.access import current_staff, fresh_factor
from ...web.access import staff as of_staff
from ...web.clock import now
from ...web.errors import refuse
from ...web.sheets import FORM, sheet_answer
from ...web.stale import redisplays
from .journal_words import role_name

bp = Blueprint("members", __name__, url_prefix="/members")
bp.record(lambda state: refuse(state.app, staff.MemberNotFound, 404))
bp.record(lambda state: refuse(state.app, staff.NotByThemselves, 403))
DEEDS = {"disable": administering.disable, "enable": administering.enable}


@bp.get("")
@of_staff("admin")
def index() -> ResponseReturnValue:
    return render_template("staff/members/index.html", members=administering.list_members())


@bp.get(f"/staff.{FORM}")
@of_staff("admin")
@fresh_factor
def download(form: str) -> ResponseReturnValue:
    return sheet_answer(administering.export(current_staff(), now()), "staff", form)


@bp.route("/new", methods=["GET", "POST"])
@of_staff("admin")
@fresh_factor
@redisplays
def new() -> ResponseReturnValue:
    form = _with_choices(NewMemberForm(data={"role": "officer"}))
    if form.validate_on_submit():
        try:
            member, password = administering.add(form.login.data, _values(form), current_staff(), now())
        except staff.LoginTaken:
            form.refused("login", _("Somebody has this login already."))
        except staff.LoginUnfit:
            form.refused("login", _("Use 3 to 60 small Latin letters, digits, dots and hyphens."))
        else:
            return render_template("staff/members/password.html", member=member, password=password)
    return render_template("staff/members/member.html", form=form, member=None), form.status


@bp.route("/<int:id>", methods=["GET", "POST"])
@of_staff("admin")
@fresh_factor
@redisplays
def member(id: int) -> ResponseReturnValue:
    row = staff.get_member(id)
    form = _with_choices(MemberForm(data={**vars(row)["__data__"], "organisation": row.organisation.code}))
    form.remember()
    if form.validate_on_submit():
        administering.change(row, _values(form), current_staff(), now())
        return redirect(url_for(".member", id=id, done="saved"), 303)
    held = leaving.held_by(row)
    return render_template("staff/members/member.html", form=form, member=row, held=held), form.status


@bp.get("/<int:id>/history")
@of_staff("admin")
def history(id: int) -> ResponseReturnValue:
    row = staff.get_member(id)
    changes = reference_changes.list_history("staff_member", row.login)
    return render_template("staff/members/history.html", member=row, changes=changes)


@bp.route("/<int:id>/<any(disable,enable):deed>", methods=["GET", "POST"])
@of_staff("admin")
@fresh_factor
@redisplays
def switch(id: int, deed: str) -> ResponseReturnValue:
    row, form = staff.get_member(id), ButtonForm()
    _not_oneself(row)
    if form.validate_on_submit():
        DEEDS[deed](row, current_staff(), now())
        return redirect(url_for(".member", id=id), 303)
    held = leaving.held_by(row) if deed == "disable" else None
    return render_template("staff/members/switch.html", member=row, form=form, deed=deed, held=held), form.status


@bp.route("/<int:id>/reset", methods=["GET", "POST"])
@of_staff("admin")
@fresh_factor
@redisplays
def reset(id: int) -> ResponseReturnValue:
    row, form = staff.get_member(id), ButtonForm()
    _not_oneself(row)
    if form.validate_on_submit():
        password = administering.reset_factor(row, current_staff(), now())
        return render_template("staff/members/password.html", member=row, password=password)
    return render_template("staff/members/switch.html", member=row, form=form, deed="reset"), form.status


def _not_oneself(row: Any) -> None:
    if row.id == current_staff().id:
        abort(403)


def _with_choices(form: MemberForm) -> MemberForm:
    form.organisation.choices = listed((row.code, name_in(row, g.lang)) for row in list_organisations(lang=g.lang))
    form.role.choices = listed((role, role_name(role)) for role in staff.ROLES)
    return form


def _values(form: MemberForm) -> dict[str, Any]:
    return {
        "name": " ".join((form.name.data or "").split()),
        "organisation": find_organisation(form.organisation.data),
        "role": form.role.data,
        "email": (form.email.data or "").strip(),
    }
