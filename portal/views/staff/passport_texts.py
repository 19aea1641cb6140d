"""The files of passport editions: downloaded, written and changed in the page, compared with one another."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ...forms.applying import ButtonForm
from ...services.editions import published as editions
from ...services.editions import texts
from ...services.editions.differences import compare as list_differences
from ...services.passports.faults import N_, Fault, Faults
from ...services.passports.file import MAX_BYTES
from ...web.access import current_staff, staff
from ...web.clock import now
from ...web.csrf import large_form
from ...web.outside import context
from ...web.stale import redisplays
from .edition_places import place_name

CHANGED = N_(
    "somebody else has changed this text meanwhile; compare it, and press the button once more if yours is right"
)

bp = Blueprint("passport_texts", __name__, url_prefix="/passport-files")


@bp.get("/<service>/<edition>.yaml")
@staff("admin")
def download(service: str, edition: str) -> ResponseReturnValue:
    """The file as it was written, also of the edition in force."""
    answer = Response(texts.text_of(context().passports, service, edition), content_type="text/plain; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{service}-{edition}.yaml"'
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@bp.route("/<service>/<edition>/edit", methods=["GET", "POST"])
@staff("admin")
@redisplays
@large_form(MAX_BYTES)
def edit(service: str, edition: str) -> ResponseReturnValue:
    """The text in the page: a draft is replaced, of a published one a new edition begins. Checked as a file is."""
    form = ButtonForm()
    text = texts.text_of(context().passports, service, edition)
    faults: tuple[Fault, ...] = ()
    standing = texts.fingerprint(text)
    if form.validate_on_submit():
        text = request.form.get("data", "").replace("\r\n", "\n")
        try:
            if request.form.get("was", standing) != standing:
                raise Faults([Fault((), CHANGED)])
            row = editions.upload_edition(text.encode(), context().passports, current_staff(), now())
            return redirect(url_for("staff.passports.edition", id=row.id), 303)
        except Faults as found:
            faults = found.faults
    elif request.method == "POST":
        text = request.form.get("data", text)
    return render_template(
        "staff/passports/edit.html",
        form=form,
        service=service,
        edition=edition,
        text=text,
        faults=faults,
        translate=_,
        was=standing,
        proposed=texts.is_proposed(service, edition),
    ), 422 if faults else form.status


@bp.get("/<service>/compare")
@staff("admin")
def compare(service: str) -> ResponseReturnValue:
    """Any two editions side by side, place by place."""
    known = texts.list_known(context().passports, service)
    if not known:
        abort(404)
    days = list(known)
    new = request.args.get("new", days[0])
    old = request.args.get("old", days[min(1, len(days) - 1)])
    if new not in known or old not in known:
        abort(404)
    return render_template(
        "staff/passports/compare.html", service=service, passport=known[new], known=days, old=old, new=new,
        differences=list_differences(known[old], known[new]), place_name=place_name,
    )  # fmt: skip
