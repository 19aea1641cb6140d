"""Complaining without signing in: a name, an IIN and a phone are typed, and a code proves the phone."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, Response, g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ..forms.accounts import CodeForm
from ..forms.complaints import StatedForm
from ..services.identity import codes, without_sign_in
from ..services.identity.limits import LimitReached
from ..web.access import public
from ..web.clock import now
from ..web.csrf import redisplays
from ..web.htmx import go_to
from ..web.language import LANG_PREFIX
from ..web.outside import caller_address, gateways
from ..web.sessions import session
from ..web.signed_out import is_safe_address
from .accounts import again_at
from .pauses import too_soon

bp = Blueprint("without_sign_in", __name__, url_prefix=f"{LANG_PREFIX}/complaints/without-sign-in")

WAITS = dt.timedelta(minutes=15)  # how long the page goes on asking for the code


@bp.route("", methods=["GET", "POST"])
@public
@redisplays
def start() -> ResponseReturnValue:
    if session.complainant or (session.moved and request.method == "POST"):
        return go_to(_next_address())
    form = StatedForm(data=session.get("stating", {}))
    if form.validate_on_submit():
        return _send(form)
    page = render_template("complaints/without_sign_in.html", form=form, typed="typed" in session)
    return make_response(page, form.status)


def _send(form: StatedForm) -> Response:
    try:
        handle = codes.request_code(
            "state", form.number, gateways().registries, now(), caller_address(), session.key_hash,
            language=g.lang, phone=form.phone_number,
        )  # fmt: skip
    except LimitReached as limit:
        return too_soon(limit, "complaints/without_sign_in.html", form=form, typed=False)
    return _wait_for({"name": form.name.data, "iin": form.number, "phone": form.phone_number}, handle)


@bp.route("/code", methods=["GET", "POST"])
@public
@redisplays
def code() -> ResponseReturnValue:
    if session.complainant or (session.moved and request.method == "POST"):
        return go_to(_next_address())
    pending = _pending()
    if pending is None:
        return go_to(_start_address())
    form = CodeForm()
    if "again" in request.form and form.validate_token():
        return _send_again(pending, form)
    if "again" not in request.form and form.validate_on_submit():
        try:
            return _enter(pending, form.digits)
        except codes.CodeProblem as problem:
            form.code_failed(problem)
    page = render_template(
        "complaints/proving.html",
        form=form,
        pending=pending,
        start=_start_address(),
        again_at=again_at(pending),
    )
    return make_response(page, form.status)


def _send_again(pending: dict[str, Any], form: CodeForm) -> Response:
    try:
        sent = codes.ask_again(
            pending["handle"], gateways().registries, now(), caller_address(), session.key_hash, language=g.lang
        )
    except codes.CodeUnknown:
        return go_to(_start_address())
    except LimitReached as limit:
        return too_soon(limit, "complaints/proving.html", form=form, pending=pending, start=_start_address())
    return _wait_for({**pending, "again": True, "again_at": sent.again_at.isoformat()}, sent.handle)


def _wait_for(typed: dict[str, Any], handle: str) -> Response:
    session["stating"] = {**typed, "handle": handle, "at": now().isoformat()}
    return go_to(url_for(".code", next=request.args.get("next"), service=request.args.get("service")))


def _enter(pending: dict[str, Any], digits: str) -> Response:
    """The code is right: a new session, for complaints alone. Raises CodeProblem."""
    account = without_sign_in.prove(
        pending["handle"], digits, pending["name"], gateways().registries, now(), session.key_hash,
        language=g.lang, address=caller_address(),
    )  # fmt: skip
    session.sign_in(account)
    return go_to(_next_address())


def _pending() -> dict[str, Any] | None:
    """What this session waits for, if it is not too long ago."""
    pending = session.get("stating")
    if pending is None or dt.datetime.fromisoformat(pending["at"]) + WAITS < now():
        return None
    return pending


def _start_address() -> str:
    return url_for(".start", next=request.args.get("next"), service=request.args.get("service"))


def _next_address() -> str:
    """Where the reader was going, if that is a page of ours; else to a new complaint."""
    address = request.args.get("next", "")
    if is_safe_address(address):
        return address
    return url_for("complaints.new", service=request.args.get("service"))
