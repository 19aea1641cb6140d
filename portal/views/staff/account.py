"""What members of staff do about their own account: password, app for codes, security keys, open sessions."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ...forms.letter_choice import LettersForm
from ...forms.staff import ChangePasswordForm, NewKeyForm
from ...services.identity import sessions
from ...services.identity.limits import LimitReached
from ...services.messages import staff_letters
from ...services.records import audit
from ...services.staff import members, security_keys
from ...services.staff.passwords import PasswordRefused
from ...services.staff.security_keys import KeyRefused, LastKey
from ...web.access import current_staff, fresh_on_sight
from ...web.access import staff as of_staff
from ...web.clock import now
from ...web.csrf import redisplays
from ...web.htmx import go_to
from ...web.outside import caller_address
from ...web.sessions import session
from ...web.signed_out import is_safe_address, press_again
from . import proving

bp = Blueprint("account", __name__)


@bp.route("/confirm", methods=["GET", "POST"])
@of_staff()
@redisplays
def confirm() -> ResponseReturnValue:
    """The second factor again, before something that matters; then back to it."""
    member = current_staff()
    if security_keys.must_use(member):
        return proving.ask_key(member, "staff/account/confirm_key.html", _confirmed)
    return proving.ask_code(member, "staff/account/confirm.html", _confirmed)


@bp.get("/account")
@of_staff()
def index() -> ResponseReturnValue:
    member = current_staff()
    keys = security_keys.list_keys(member) if security_keys.has_duty(member) else None
    others = sessions.list_others_of_staff(member, session.key, now())
    return render_template("staff/account/index.html", keys=keys, others=others, letters=_letters())


@bp.route("/account/letters", methods=["GET", "POST"])
@of_staff("officer", "head")
@redisplays
def letters() -> ResponseReturnValue:
    """Which letters about their work come to their address; the notices in the head of the page stay."""
    form = LettersForm() if request.method == "POST" else LettersForm(data={"letters": _wanted()})
    if form.validate_on_submit():
        staff_letters.choose(current_staff(), form.letters.data or [])
        return _done("letters")
    return render_template("staff/account/letters.html", form=form, letters=_letters()), form.status


def _wanted() -> list[str]:
    return [kind for kind in staff_letters.CHOSEN if kind not in (current_staff().no_letters or ())]


def _letters() -> dict[str, str]:
    """What may be turned off: the kind, and what it tells."""
    names = {
        "case_assigned": _("A case was given to me"),
        "corrected": _("The citizen has corrected the application"),
        "handed_back": _("A head handed my work back"),
        "to_sign": _("A decision waits for my signature"),
        "due_soon": _("A deadline is near"),
    }
    return {kind: names[kind] for kind in staff_letters.CHOSEN if kind != "to_sign" or current_staff().role == "head"}


@bp.route("/account/password", methods=["GET", "POST"])
@of_staff()
@redisplays
def password() -> ResponseReturnValue:
    form, status = ChangePasswordForm(), None
    if form.validate_on_submit():
        try:
            members.change_password(
                current_staff(), form.password.data, form.new_password.data, now(), session.key, caller_address()
            )
        except members.PasswordWrong:
            form.wrong()
        except PasswordRefused as refusal:
            form.refused(refusal)
        except LimitReached as limit:
            form.form_errors, status = [proving.wait_text(limit)], 429
        else:
            return _done("password")
    return make_response(render_template("staff/account/password.html", form=form), status or form.status)


@bp.route("/account/app", methods=["GET", "POST"])
@of_staff()
@fresh_on_sight
@redisplays
def app() -> ResponseReturnValue:
    """Another phone: the app is set up there, the old one's codes open nothing any more."""
    return proving.set_up(current_staff(), "staff/account/app.html", _app_changed)


@bp.route("/account/keys", methods=["GET", "POST"])
@of_staff("admin")
@fresh_on_sight
@redisplays
def keys() -> ResponseReturnValue:
    member, form = current_staff(), NewKeyForm()
    challenge = session.get("key_challenge", "")
    if form.validate_on_submit():
        session["key_challenge"] = ""
        try:
            security_keys.add_key(
                member, form.credential.data, challenge, proving.place(), form.name.data, now(), session.key
            )
        except KeyRefused:
            form.form_errors = [_("This key could not be added. Try again, or take another one.")]
        else:
            session.renew()
            return _done("key")
    question = security_keys.ask_new(member, proving.place())
    session["key_challenge"] = question.challenge
    listed, elsewhere = security_keys.list_keys(member), proving.address_for_keys()
    page = render_template("staff/account/keys.html", form=form, keys=listed, question=question, elsewhere=elsewhere)
    return make_response(page, form.status)


@bp.post("/account/keys/<id>/remove")
@of_staff("admin")
@fresh_on_sight
def remove_key(id: str) -> ResponseReturnValue:
    try:
        security_keys.remove_key(current_staff(), id, now())
    except LastKey:
        abort(409)
    except LookupError:
        abort(404)
    return _done("key_removed")


@bp.post("/account/sessions")
@of_staff()
def end_sessions() -> ResponseReturnValue:
    member = current_staff()
    count = sessions.end_all_of_staff(member, but_key=session.key)
    audit.record(f"staff:{member.id}", "end_sessions", f"staff:{member.id}", now(), count=count)
    return _done("ended")


def _confirmed(member: Any, how: str) -> Response:
    session.renew()
    session["proved_at"] = now().isoformat()
    press_again()
    next = request.args.get("next", "")
    return go_to(next if is_safe_address(next) and next.startswith("/staff/") else url_for("staff.home.index"))


def _app_changed(member: Any, how: str) -> Response:
    sessions.end_all_of_staff(member, but_key=session.key)
    session.renew()
    return _done("app")


def _done(what: str) -> Response:
    return redirect(url_for(".index", done=what), 303)  # type: ignore[return-value]
