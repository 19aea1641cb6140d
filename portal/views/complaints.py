"""A complaint: to whom and about what, what happened, signing."""

from __future__ import annotations

from typing import NoReturn

from flask import Blueprint, Response, abort, current_app, g, redirect, render_template, request, session, url_for

from ..forms.accounts import CodeForm
from ..forms.complaints import AddresseeForm, ComplaintForm
from ..services import cases, complaints
from ..services.accounts import CodeProblem, request_code
from ..services.answers import text_hash
from ..services.complaint_routes import routes
from ..services.drafts import Draft, DraftNotFound
from ..services.passport_schema import Passport
from ..services.signing import SignedByCode
from ..web.access import citizen, current_account
from ..web.clock import now
from ..web.errors import error_page
from ..web.htmx import go_to
from ..web.language import LANG_PREFIX
from ..web.stale import redisplays

bp = Blueprint("complaints", __name__, url_prefix=f"{LANG_PREFIX}/complaints")


@bp.route("/new", methods=["GET", "POST"])
@citizen
@redisplays
def new():
    catalogue, mine = current_app.extensions["passports"], cases.list_cases(current_account())
    mine = [case for case in mine if case.kind == "application"]
    asked = request.form if request.method == "POST" else request.args  # never the one for the other
    about = next((case for case in mine if case.number == asked.get("about")), None)
    form = AddresseeForm()
    services = catalogue.list_services()
    chosen = about.service if about else asked.get("service", "")
    passport = next((passport for passport in services if passport.id == chosen), services[0])
    form.service.choices = [(service.id, service.short_title.in_(g.lang)) for service in services]
    form.about.choices = [("", "–"), *((case.number, case.number) for case in mine)]
    ways = routes(passport)
    form.to.choices = [(route.to, route.name.in_(g.lang)) for route in ways]
    if request.method != "POST" and not form.restored:
        form.service.data, form.about.data = passport.id, about.number if about else ""
    if form.validate_on_submit():
        draft = complaints.start_complaint(current_account(), passport, form.to.data, about, now())
        return redirect(url_for(".resume", key=draft.key), 303)
    return render_template("complaints/new.html", form=form, routes=ways, passport=passport), form.status


@bp.route("/<key>", methods=["GET", "POST"])
@citizen
@redisplays
def resume(key: str):
    draft = _open(key)
    passport = _passport_of(draft)
    about = next((case for case in cases.list_cases(current_account()) if case.number == draft.answers["about"]), None)
    form = ComplaintForm(data=draft.answers)
    bodies = complaints.list_bodies(passport, draft.answers["to"], about)
    form.body.choices = [(body.code, getattr(body, f"name_{g.lang}")) for body in bodies]
    if form.validate_on_submit():
        complaints.save_complaint(draft, form.answers(), now())
        _send_code(draft)
        return redirect(url_for(".sign", key=key), 303)
    route = next(route for route in routes(passport) if route.to == draft.answers["to"])
    return render_template("complaints/write.html", form=form, route=route, about=about, passport=passport), form.status


@bp.route("/<key>/sign", methods=["GET", "POST"])
@citizen
@redisplays
def sign(key: str):
    draft = _open(key)
    passport = _passport_of(draft)
    handle = session.get("sign", {}).get(key)
    if handle is None:
        return redirect(url_for(".resume", key=key), 303)
    text = complaints.complaint_text(complaints.read_complaint(draft, passport), current_account(), g.lang, now())
    form = CodeForm()
    if "again" in request.form and form.validate_token():
        _send_code(draft)
        return redirect(url_for(".sign", key=key), 303)
    if "again" not in request.form and form.validate_on_submit():
        try:
            signature = SignedByCode(handle, form.digits)
            case = complaints.submit_complaint(current_account(), draft, passport, g.lang, signature, now())
            return go_to(url_for("cabinet.case", number=case.number))
        except CodeProblem as problem:
            form.code_failed(problem)
    return render_template("complaints/sign.html", form=form, text=text, draft=draft), form.status


@bp.app_errorhandler(complaints.ComplaintIncomplete)
def incomplete(error: complaints.ComplaintIncomplete) -> Response:
    return error_page(409)


def _open(key: str) -> Draft:
    """The reader's draft; who comes back to one that was sent is shown what became of it."""
    try:
        return complaints.get_draft(current_account(), key)
    except DraftNotFound:
        _show_case(key)


def _show_case(key: str) -> NoReturn:
    case = cases.find_by_draft(current_account(), key)
    if case is None:
        abort(404)
    abort(go_to(url_for("cabinet.case", number=case.number)))


def _passport_of(draft: Draft) -> Passport:
    return current_app.extensions["passports"].edition(draft.service, draft.edition)


def _send_code(draft: Draft) -> None:
    account = current_account()
    complaint = complaints.read_complaint(draft, _passport_of(draft))
    bound = text_hash(complaints.complaint_text(complaint, account, g.lang, now()))
    registries = current_app.extensions["gateways"].registries
    handle = request_code("sign", account.iin, registries, now(), request.remote_addr or "", bound_to=bound)
    session["sign"] = {**session.get("sign", {}), draft.key: handle}
