"""Passport editions: upload, look, publish for a day, retire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ...forms.applying import ButtonForm
from ...forms.editions import ProposeForm
from ...services.editions import published as editions
from ...services.editions.differences import compare
from ...services.local_time import local
from ...services.passports.catalogue import Catalogue, ServiceNotFound
from ...services.passports.faults import Fault, Faults
from ...services.passports.file import MAX_BYTES
from ...services.passports.schema import Passport
from ...services.records import changes as reference_changes
from ...services.reference.directory import name_in
from ...services.reference.gaps import list_gaps
from ...web.access import current_staff, fresh_factor, staff
from ...web.clock import now
from ...web.csrf import large_form
from ...web.editions import look
from ...web.errors import refuse
from ...web.outside import context
from ...web.stale import redisplays
from .edition_places import place_name

if TYPE_CHECKING:
    from ...models import PassportEdition

NOT_PROPOSED = _l("First one administrator proposes a day, then another one publishes.")
SAME_PERSON = _l("You proposed this edition. Another administrator looks at it and publishes it.")

LEAVES_NONE = _l(
    "No other edition is in force: nobody could apply for this service any more. Publish another edition first; "
    "to end the service, publish one with a last day."
)

bp = Blueprint("passports", __name__, url_prefix="/passports")
bp.record(lambda state: refuse(state.app, editions.EditionNotFound, 404))
bp.record(lambda state: refuse(state.app, editions.NotADraft, 409))
bp.record(lambda state: refuse(state.app, editions.NotPublished, 409))
bp.record(lambda state: refuse(state.app, editions.NotProposed, 409, advice=NOT_PROPOSED))
bp.record(lambda state: refuse(state.app, editions.SamePerson, 403, advice=SAME_PERSON))


@bp.get("")
@staff("admin")
def index() -> ResponseReturnValue:
    services = _catalogue().list_services()
    return render_template(
        "staff/passports/index.html", services=services, uploaded=editions.list_uploaded(),
        gaps={passport.id: [name_in(row, g.lang) for row in list_gaps(passport, g.lang)] for passport in services},
    )  # fmt: skip


@bp.route("/upload", methods=["GET", "POST"])
@staff("admin")
@redisplays
@large_form(MAX_BYTES)
def upload() -> ResponseReturnValue:
    form, name = ButtonForm(), ""
    faults: tuple[Fault, ...] = ()
    if form.validate_on_submit():
        file = request.files.get("file")
        data, name = (file.read(), file.filename or "") if file is not None else (b"", "")
        try:
            if data:
                row = editions.upload_edition(data, _catalogue(), current_staff(), now())
                return redirect(url_for(".edition", id=row.id), 303)
            form.form_errors = [_("Choose a file.")]
        except Faults as found:
            faults = found.faults
    return render_template("staff/passports/upload.html", form=form, faults=faults, name=name[:100], translate=_), (
        422 if faults else form.status
    )


@bp.get("/<int:id>")
@staff("admin")
def edition(id: int) -> ResponseReturnValue:
    row = editions.get_uploaded(id)
    passport = editions.read_edition(row)
    before = _in_force(passport)
    return render_template(
        "staff/passports/edition.html",
        row=row, passport=passport, before=before,
        differences=compare(before, passport) if before else None, place_name=place_name,
    )  # fmt: skip


@bp.get("/<int:id>/history")
@staff("admin")
def history(id: int) -> ResponseReturnValue:
    row = editions.get_uploaded(id)
    changes = reference_changes.list_history("passport", f"{row.service} {row.edition}")
    return render_template("staff/passports/history.html", row=row, changes=changes)


@bp.route("/<int:id>/propose", methods=["GET", "POST"])
@staff("admin")
@fresh_factor
@redisplays
def propose(id: int) -> ResponseReturnValue:
    """From which day: another administrator publishes it then."""
    row = editions.get_uploaded(id)
    stated, today = editions.read_edition(row).effective.from_, local(now()).date()
    form = ProposeForm(data={"day": f"{max(stated, today):%d.%m.%Y}"})
    if form.validate_on_submit():
        try:
            editions.propose_edition(id, form.date, current_staff(), now())
            return redirect(url_for(".edition", id=id, done="proposed"), 303)
        except (editions.DayHasPassed, editions.EndsBefore, Faults) as problem:
            form.refused(_why_not(problem))
    return render_template(
        "staff/passports/propose.html", row=row, form=form, before=_in_force(row.service), stated=stated, today=today
    ), form.status


@bp.post("/<int:id>/take-back")
@staff("admin")
def take_back(id: int) -> ResponseReturnValue:
    editions.take_back_proposal(id, current_staff(), now())
    return redirect(url_for(".edition", id=id, done="taken_back"), 303)


@bp.route("/<int:id>/publish", methods=["GET", "POST"])
@staff("admin")
@fresh_factor
@redisplays
def publish(id: int) -> ResponseReturnValue:
    """What another administrator has proposed."""
    row, form = editions.get_uploaded(id), ButtonForm()
    if form.validate_on_submit():
        try:
            editions.publish_edition(id, current_staff(), now())
        except (editions.DayHasPassed, editions.EndsBefore, Faults) as problem:
            form.form_errors = [_why_not(problem)]
        else:
            look(at_once=True)
            return redirect(url_for(".edition", id=id, done="published"), 303)
    return render_template(
        "staff/passports/publish.html",
        row=row,
        form=form,
        before=_in_force(row.service),
        stated=editions.read_edition(row).effective.from_.isoformat(),
    ), form.status


def _why_not(problem: Exception) -> str:
    if isinstance(problem, editions.DayHasPassed):
        return _("This day has passed. People have applied under another edition since.")
    if isinstance(problem, Faults):
        return problem.in_words(_)
    return _("The file says that this edition ends on %(day)s.", day=str(problem))


@bp.route("/<int:id>/retire", methods=["GET", "POST"])
@staff("admin")
@fresh_factor
@redisplays
def retire(id: int) -> ResponseReturnValue:
    row, form = editions.get_uploaded(id), ButtonForm()
    if form.validate_on_submit():
        try:
            editions.retire_edition(id, _catalogue(), current_staff(), now())
        except editions.LeavesNone:
            form.form_errors = [LEAVES_NONE]
        else:
            look(at_once=True)
            return redirect(url_for(".edition", id=id, done="retired"), 303)
    return render_template(
        "staff/passports/retire.html", row=row, form=form, after=_after(row), today=local(now()).date().isoformat()
    ), form.status


@bp.route("/<int:id>/delete", methods=["GET", "POST"])
@staff("admin")
@redisplays
def delete(id: int) -> ResponseReturnValue:
    row, form = editions.get_uploaded(id), ButtonForm()
    if form.validate_on_submit():
        editions.delete_draft_edition(id, current_staff(), now())
        return redirect(url_for(".index"), 303)
    return render_template("staff/passports/delete.html", row=row, form=form), form.status


def _catalogue() -> Catalogue:
    return context().passports


def _in_force(passport: Passport | str) -> Passport | None:
    """The edition in force of the same service, None where there is none or it is this one."""
    try:
        before = _catalogue().get(passport if isinstance(passport, str) else passport.id)
    except ServiceNotFound:
        return None
    return None if not isinstance(passport, str) and before.edition == passport.edition else before


def _after(row: PassportEdition) -> Passport | None:
    """Which edition serves today once this one is retired."""
    return _catalogue().successor(row.service, row.edition)
