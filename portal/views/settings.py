"""What people set for themselves: the language of messages, reminders, the phone, their open sessions."""

from __future__ import annotations

import datetime as dt

from flask import (
    Blueprint,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from ..forms.accounts import CodeForm, PhoneForm, SettingsForm
from ..forms.form import Form
from ..services.cases.timeline import CaseNotFound, get_case
from ..services.identity import accounts, codes, sessions
from ..services.messages.recipient import unproved_phone
from ..services.records import audit
from ..web.access import citizen, current_account
from ..web.clock import now
from ..web.csrf import redisplays
from ..web.language import LANG_PREFIX
from ..web.outside import caller_address, gateways
from ..web.sessions import session

bp = Blueprint("settings", __name__, url_prefix=f"{LANG_PREFIX}/cabinet/settings")

FRESH = dt.timedelta(minutes=5)  # a proof older than this is asked for again


@bp.route("", methods=["GET", "POST"])
@citizen
@redisplays
def index() -> ResponseReturnValue:
    account = current_account()
    form = SettingsForm(obj=account)
    if form.validate_on_submit():
        accounts.change_settings(account, form.language.data, form.reminders.data, now())
        return redirect(url_for(".index", done="saved"), 303)
    others = sessions.list_others(account, session.key, now())
    page = render_template("settings/index.html", form=form, account=account, others=len(others))
    return make_response(page, form.status)


@bp.route("/sessions", methods=["GET", "POST"])
@citizen
@redisplays
def open_sessions() -> ResponseReturnValue:
    account, form = current_account(), Form()
    if form.validate_on_submit():
        count = sessions.end_others(account, session.key)
        audit.record(f"account:{account.id}", "end_sessions", f"account:{account.id}", now(), count=count)
        return redirect(url_for(".index", done="ended"), 303)
    others = sessions.list_others(account, session.key, now())
    return make_response(render_template("settings/sessions.html", form=form, others=others), form.status)


@bp.route("/phone", methods=["GET", "POST"])
@citizen
@redisplays
def phone() -> ResponseReturnValue:
    """Three steps on one address: a code to the phone of the registers, the new number, a code to that one."""
    change = session.get("phone_change", {})
    if change.get("purpose") and ("other" in request.args or _is_old(change)):
        change = {}
    if change.get("purpose") == "new_phone":
        return _prove_new(change)
    if _is_fresh():
        return _ask_number(change.get("typed", "") or _named_in_case())
    return _prove_old(change)


def _prove_old(change: dict[str, str]) -> Response:
    """First: is this really the holder of the account? A session left open on a table is not enough."""
    form: Form = CodeForm() if change.get("purpose") else Form()
    if isinstance(form, CodeForm) and "again" not in request.form:
        if form.validate_on_submit():
            try:
                codes.prove_code(
                    change["handle"], form.digits, "old_phone", now(), session.key_hash, address=caller_address()
                )
            except codes.CodeProblem as problem:
                form.code_failed(problem)
            else:
                session["phone_change"] = {"typed": change["typed"]}
                session["proved_at"] = now().isoformat()
                session.renew()
                return redirect(url_for(".phone"), 303)
    elif request.method == "POST" and form.validate_token():
        return _send("old_phone", None)
    return _page(form, "old")


def _ask_number(typed: str) -> Response:
    form = PhoneForm(data={"phone": typed})
    if form.validate_on_submit():
        return _send("new_phone", form.phone_number)
    return _page(form, "number")


def _prove_new(change: dict[str, str]) -> Response:
    form = CodeForm()
    if "again" in request.form and form.validate_token():
        return _send("new_phone", change["phone"])
    if "again" not in request.form and form.validate_on_submit():
        try:
            accounts.change_phone(current_account(), change["handle"], form.digits, now(), session.key_hash)
        except codes.CodeProblem as problem:
            form.code_failed(problem)
        else:
            session["phone_change"] = {}
            return redirect(url_for(".index", done="phone"), 303)
    return _page(form, "new", change["phone"])


def _send(purpose: str, number: str | None) -> Response:
    """A code to the number given, or to the phone of the registers; the page then asks for it."""
    account = current_account()
    registries = gateways().registries
    handle = codes.request_code(
        purpose, account.iin, registries, now(), caller_address(), session.key_hash, language=g.lang, phone=number
    )
    session["phone_change"] = {
        "purpose": purpose,
        "handle": handle,
        "phone": number,
        "typed": request.form.get("phone", "")[:40]
        or _named_in_case(),  # a number typed when the proof had just grown old
        "at": now().isoformat(),
    }
    return redirect(url_for(".phone"), 303)


def _page(form: Form, stage: str, number: str = "") -> Response:
    page = render_template("settings/phone.html", form=form, stage=stage, number=number, account=current_account())
    return make_response(page, form.status)


def _named_in_case() -> str:
    """The number that the case in the address names for messages: to be confirmed, not to be typed once more."""
    try:
        return unproved_phone(get_case(current_account(), request.args.get("case", "")))
    except CaseNotFound:  # no case of the reader's, or none: the number is typed
        return ""


def _is_fresh() -> bool:
    """Was a code proved a moment ago, here or at signing in?"""
    proved_at = session.get("proved_at")
    return proved_at is not None and now() - dt.datetime.fromisoformat(proved_at) <= FRESH


def _is_old(change: dict[str, str]) -> bool:
    return now() - dt.datetime.fromisoformat(change["at"]) > 3 * FRESH
