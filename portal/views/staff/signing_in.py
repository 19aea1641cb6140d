"""Staff at the door: password, second factor, on the first day an own password. And out again."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ...forms.staff import ChoosePasswordForm, SignInForm
from ...services.identity.limits import LimitReached
from ...services.languages import LANGUAGES
from ...services.records import audit
from ...services.staff import members
from ...services.staff import sign_in as staff_sign_in
from ...services.staff.passwords import PasswordRefused
from ...services.staff.security_keys import must_use
from ...services.staff.sign_in import SignInRefused
from ...web.access import half_signed_in, pending_sign_in, public
from ...web.clock import now
from ...web.csrf import redisplays
from ...web.first_page import reader_cookie
from ...web.htmx import go_to
from ...web.known_browsers import remember_staff_browser, staff_browser_mark
from ...web.outside import caller_address
from ...web.sessions import session
from ...web.signed_out import is_safe_address
from . import proving

bp = Blueprint("signing_in", __name__)


@bp.route("/sign-in", methods=["GET", "POST"])
@public
@redisplays
def sign_in() -> ResponseReturnValue:
    if session.staff or (session.moved and request.method == "POST"):
        return go_to(_next())
    form, status = SignInForm(), None
    if form.validate_on_submit():
        try:
            member = staff_sign_in.prove_password(
                form.login.data, form.password.data, caller_address(), now(), staff_browser_mark()
            )
        except SignInRefused:
            form.refused()
        except LimitReached as limit:
            form.form_errors, status = [proving.wait_text(limit)], 429
        else:
            return _half_way(member)
    typed = "typed" in session
    return make_response(
        render_template("staff/signing_in/sign_in.html", form=form, typed=typed), status or form.status
    )


@bp.route("/second-factor", methods=["GET", "POST"])
@half_signed_in
@redisplays
def second_factor() -> ResponseReturnValue:
    """A code from the app or a security key, whichever is the member's; on the first day the app is set up."""
    member = _member()
    if member is None:
        return _start_over()
    if pending_sign_in().get("factor"):
        return go_to(url_for(".own_password", next=request.args.get("next")))
    if must_use(member):
        return proving.ask_key(member, "staff/signing_in/key.html", _proved)
    if member.totp_secret:
        return proving.ask_code(member, "staff/signing_in/code.html", _proved)
    return proving.set_up(member, "staff/signing_in/set_up.html", _proved)


@bp.route("/own-password", methods=["GET", "POST"])
@half_signed_in
@redisplays
def own_password() -> ResponseReturnValue:
    """In place of the password that was given; only after the second factor."""
    member, how = _member(), pending_sign_in().get("factor")
    if member is None or not how:
        return _start_over()
    form = ChoosePasswordForm()
    if form.validate_on_submit():
        try:
            members.choose_password(member, form.new_password.data, now())
        except PasswordRefused as refusal:
            form.refused(refusal)
        else:
            return _let_in(member, how)
    return make_response(render_template("staff/signing_in/own_password.html", form=form, member=member), form.status)


@bp.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    if session.who:
        audit.record(session.who, "sign_out", session.who, now())
    session.end()
    response = go_to(url_for(".sign_in"))
    response.headers["Clear-Site-Data"] = '"cache","cookies","storage"'
    return response


@bp.post("/language")
@public
def language() -> ResponseReturnValue:
    """The language of the staff pages, from a button in their header; back to the page it was pressed on."""
    chosen, came_from = request.form.get("language"), urlsplit(request.referrer or "")
    back = f"{came_from.path}?{came_from.query}" if came_from.query else came_from.path
    here = came_from.netloc == request.host and _is_ours(back)
    response = go_to(back if here else url_for("staff.home.index"))
    if chosen in LANGUAGES:
        if session.staff:
            members.change_language(session.staff, chosen)
        response.headers.add("Set-Cookie", reader_cookie(current_app, chosen))
    return response


def _half_way(member: Any) -> Response:
    """The password was right: whoever was signed in here before is not any more, and the second factor is asked."""
    session.leave()
    session["half"] = {"staff": member.id, "at": now().isoformat()}
    return go_to(url_for(".second_factor", next=request.args.get("next")))


def _proved(member: Any, how: str) -> Response:
    """The second factor, too. On the first day a password of one's own is still missing."""
    if member.initial_until is None:
        return _let_in(member, how)
    session.renew()
    session["half"] = {**pending_sign_in(), "factor": how}
    return go_to(url_for(".own_password", next=request.args.get("next")))


def _let_in(member: Any, how: str) -> Response:
    staff_sign_in.enter(member, how, now())
    session.sign_in_staff(member)
    session["proved_at"] = now().isoformat()
    response = go_to(_next())
    response.headers.add("Set-Cookie", reader_cookie(current_app, member.language))
    return remember_staff_browser(response, member.login)


def _member() -> Any:
    return staff_sign_in.find_half_signed_in(pending_sign_in()["staff"], now())


def _start_over() -> Response:
    session.leave()
    return go_to(url_for(".sign_in", next=request.args.get("next")))


def _next() -> str:
    address = request.args.get("next", "")
    return address if _is_ours(address) else url_for("staff.home.index")


def _is_ours(address: str) -> bool:
    return is_safe_address(address) and address.startswith("/staff/")
