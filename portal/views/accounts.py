"""Signing in with an IIN and a one-time code, and signing out."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, Response, g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ..forms.accounts import CodeForm, IinForm
from ..forms.form import Form
from ..services.identity import accounts, codes
from ..services.identity.limits import LimitReached
from ..services.languages import format_moment
from ..services.records import audit
from ..web.access import may_state, public
from ..web.clock import now
from ..web.csrf import redisplays
from ..web.errors import error_page
from ..web.htmx import go_to
from ..web.known_browsers import browser_mark, remember_browser
from ..web.language import LANG_PREFIX
from ..web.outside import caller_address, gateways
from ..web.sessions import session
from ..web.signed_out import is_safe_address
from .apply import after_sign_in
from .limit_reasons import reason
from .pauses import too_soon

bp = Blueprint("accounts", __name__, url_prefix=LANG_PREFIX)

WAITS = dt.timedelta(minutes=15)  # how long the page goes on asking for a code; after that for the IIN again


@bp.route("/sign-in", methods=["GET", "POST"])
@public
@redisplays
def sign_in() -> ResponseReturnValue:
    if session.account or (session.moved and request.method == "POST"):
        return go_to(_next_address())
    pending = _pending()
    if "iin" in request.form or "other" in request.args or (pending is None and request.method != "POST"):
        return _ask_iin()
    return _ask_code(pending)


@bp.route("/sign-out", methods=["GET", "POST"])
@public
def sign_out() -> ResponseReturnValue:
    if request.method != "POST":
        return render_template("accounts/sign_out.html", form=Form())
    if session.complainant:
        me = f"account:{session.complainant.id}"
        audit.record(me, "sign_out", me, now())
    session.end()
    response = go_to(url_for("catalogue.home"))
    response.headers["Clear-Site-Data"] = '"cache","cookies","storage"'
    return response


@bp.app_errorhandler(LimitReached)
def too_often(limit: LimitReached) -> Response:
    """Nothing is lost: the page says why, and when it is possible again."""
    again = format_moment(now() + dt.timedelta(seconds=limit.retry_after + 59), g.lang)
    advice = _(
        "%(reason)s To keep strangers out, the number of tries is limited. You can try again after %(moment)s.",
        reason=reason(limit), moment=again,
    )  # fmt: skip
    if not g.get("staff"):
        advice += " " + _("What you saved is kept. If it cannot wait, call 1414.")
    response = error_page(429, advice=advice, back=_back())
    response.headers["Retry-After"] = str(limit.retry_after)
    return response


def _back() -> str:
    """The page whose form was sent; "" where the address shows none."""
    rule = request.url_rule
    shows = request.method == "POST" and rule is not None and "GET" in (rule.methods or ())
    return (request.full_path if request.query_string else request.path) if shows else ""


def _ask_iin(form: IinForm | None = None) -> Response:
    form = form or IinForm()
    if form.validate_on_submit():
        sent = codes.ask_for_code(
            "sign_in", form.number, gateways().registries, now(), caller_address(), session.key_hash,
            language=g.lang, browser=browser_mark(),
        )  # fmt: skip
        return _wait_for(sent)
    return make_response(_iin_page(form), form.status)


def _iin_page(form: IinForm) -> str:
    going = _next_address()
    without = url_for("without_sign_in.start", next=going) if may_state(going) and "next" in request.args else ""
    return render_template("accounts/sign_in.html", form=form, typed="typed" in session, stated_address=without)


def _ask_code(pending: dict[str, Any] | None) -> Response:
    form, spent = CodeForm(), False
    if pending is None:
        return _start_over(form)
    if "again" in request.form and form.validate_token():
        return _send_again(pending, form)
    if "again" not in request.form and form.validate_on_submit():
        try:
            return _enter(pending, form.digits)
        except codes.CodeProblem as problem:
            form.code_failed(problem)
            spent = isinstance(problem, codes.CodeSpent)
    page = render_template(
        "accounts/sign_in_code.html", form=form, pending=pending, spent=spent, next=_next_address(),
        again_at=again_at(pending),
    )  # fmt: skip
    return make_response(page, form.status)


def _start_over(form: CodeForm) -> Response:
    """A code came, but nothing here waits for it: the session it was for is over."""
    again = IinForm(formdata=None)
    if form.validate_token():
        again.form_errors = [_("This code no longer works. Type your IIN, and we will send a new one.")]
    else:
        again.form_errors = form.form_errors
    return make_response(_iin_page(again), 422)


def _send_again(pending: dict[str, Any], form: CodeForm) -> Response:
    try:
        sent = codes.ask_again(
            pending["handle"], gateways().registries, now(), caller_address(), session.key_hash,
            language=g.lang, browser=browser_mark(),
        )  # fmt: skip
    except codes.CodeUnknown:
        return _start_over(CodeForm())
    except LimitReached as limit:
        return too_soon(limit, "accounts/sign_in_code.html", form=form, pending=pending, next=_next_address())
    return _wait_for(sent, again=True)


def again_at(pending: dict[str, Any]) -> dt.datetime | None:
    """From when on another code may be asked for, if not yet."""
    moment = dt.datetime.fromisoformat(pending["again_at"]) if "again_at" in pending else now()
    return moment + dt.timedelta(seconds=59) if moment > now() else None


def _wait_for(sent: codes.CodeRequest, again: bool = False) -> Response:
    session["sign_in"] = {
        "handle": sent.handle,
        "at": now().isoformat(),
        "down": not sent.registers_answered,
        "again": again,
        "again_at": sent.again_at.isoformat(),
    }
    return go_to(url_for(".sign_in", next=request.args.get("next")))


def _enter(pending: dict[str, Any], digits: str) -> Response:
    """The code is right: a new session, and on to where the reader was going. Raises CodeProblem."""
    account = accounts.sign_in(
        pending["handle"],
        digits,
        gateways().registries,
        now(),
        session.key_hash,
        language=g.lang,
        address=caller_address(),
    )
    del session["sign_in"]
    session.sign_in(account)
    session["proved_at"] = now().isoformat()
    return remember_browser(go_to(after_sign_in(account, _next_address())), account.iin)


def _pending() -> dict[str, Any] | None:
    """What this session waits for, if it is not too long ago."""
    pending = session.get("sign_in")
    if pending is None or dt.datetime.fromisoformat(pending["at"]) + WAITS < now():
        return None
    return pending


def _next_address() -> str:
    """Where the reader was going, if that is a page of ours; else the cabinet."""
    address = request.args.get("next", "")
    return address if is_safe_address(address) else url_for("cabinet.index")
