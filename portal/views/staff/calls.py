"""The contact centre's pages: prove the caller by a code on their phone, read out how things stand, write a complaint.

Who was proved is kept in the operator's session alone, for fifteen minutes: no address holds a number or a name.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ...forms.calls import CallCodeForm, CallForm
from ...forms.complaints import AddresseeForm, ComplaintForm, StatedForm
from ...forms.form import Form
from ...services.cases import timeline
from ...services.complaints import addressees, in_my_name, starting, submitting
from ...services.identity.codes import CodeProblem
from ...services.journeys.drafts import DraftNotFound
from ...services.office import calls
from ...services.passports.complaint_routes import routes_on
from ...services.passports.schema import ComplaintRoute, Passport
from ...services.signatures.signing import SignedOnCall, send_code
from ...web.access import current_staff, staff
from ...web.clock import now
from ...web.outside import caller_address, context, gateways
from ...web.sessions import session
from ...web.stale import redisplays
from ..complaints import officials_of
from ..unseen import look, sent_for

if TYPE_CHECKING:
    from ...models import Account, Draft

bp = Blueprint("calls", __name__, url_prefix="/calls")


@bp.route("", methods=["GET", "POST"])
@staff("contact_centre")
@redisplays
def index() -> ResponseReturnValue:
    """Whose code is asked for is told to nobody: the next page is the same for whatever was typed."""
    form = CallForm()
    if form.validate_on_submit():
        try:
            handle = calls.ask_code(
                current_staff(), form.q.data, gateways().registries, now(), caller_address(), session.key_hash
            )
        except calls.CallQueryUnfit:
            form.unfit()
        else:
            return _wait_for(handle)
    return render_template("staff/calls/index.html", form=form, talking=_caller() is not None), form.status


@bp.route("/stated", methods=["GET", "POST"])
@staff("contact_centre")
@redisplays
def ask_stated() -> ResponseReturnValue:
    """Somebody whose phone no register has: any phone at hand proves enough to complain."""
    form = StatedForm()
    if form.validate_on_submit():
        handle = calls.ask_stated(
            current_staff(), form.number, form.phone_number, gateways().registries, now(), caller_address(),
            session.key_hash,
        )  # fmt: skip
        return _wait_for(handle, form.name.data)
    return render_template("staff/calls/stated.html", form=form), form.status


def _wait_for(handle: str, name: str = "") -> Response:
    session.pop("caller", None)
    session["call"], session["call_name"] = handle, name
    return redirect(url_for(".code"), 303)  # type: ignore[return-value]


@bp.route("/code", methods=["GET", "POST"])
@staff("contact_centre")
@redisplays
def code() -> ResponseReturnValue:
    handle = session.get("call")
    if handle is None:
        return redirect(url_for(".index"), 303)
    form = CallCodeForm()
    if "again" in request.form and form.validate_token():
        try:
            session["call"] = calls.ask_again(
                current_staff(), handle, gateways().registries, now(), caller_address(), session.key_hash
            )
        except CodeProblem:  # the operator's session has a new key since, or it was long ago: from the beginning
            return redirect(url_for(".index"), 303)
        return redirect(url_for(".code", sent="again"), 303)
    if "again" not in request.form and form.validate_on_submit():
        try:
            account = calls.prove_caller(
                current_staff(), handle, form.digits, gateways().registries, now(), session.key_hash, caller_address(),
                session.get("call_name", ""),
            )  # fmt: skip
        except CodeProblem as problem:
            form.code_failed(problem)
        else:
            del session["call"]
            session["caller"] = {"account": account.id, "until": (now() + calls.PROVED_FOR).isoformat()}
            return redirect(url_for(".caller"), 303)
    return render_template("staff/calls/code.html", form=form, again="sent" in request.args), form.status


@bp.get("/caller")
@staff("contact_centre")
def caller() -> ResponseReturnValue:
    account = _caller()
    if account is None:
        return redirect(url_for(".index"), 303)
    return render_template(
        "staff/calls/caller.html", account=account, cases=calls.list_cases(current_staff(), account, now()),
        title=lambda case: _edition(case).short_title.in_(g.lang), until=_until(), ways=_ways,
        in_my_name=calls.list_in_my_name(account), done=session["caller"].get("done"),
    )  # fmt: skip


@bp.post("/disown")
@staff("contact_centre")
def disown() -> ResponseReturnValue:
    """The caller says that a complaint with their IIN is not theirs."""
    account = _caller()
    if account is not None and Form().validate_on_submit():
        in_my_name.disown(account, request.form.get("number", ""), now(), current_staff())
    return redirect(url_for(".caller"), 303)


@bp.post("/end")
@staff("contact_centre")
def end() -> ResponseReturnValue:
    if Form().validate_on_submit():
        for name in ("call", "caller"):
            session.pop(name, None)
    return redirect(url_for(".index"), 303)


@bp.route("/complaint", methods=["GET", "POST"])
@staff("contact_centre")
@redisplays
def complaint() -> ResponseReturnValue:
    """Whom and what it is about, as the caller says."""
    account = _caller()
    if account is None:
        return redirect(url_for(".index"), 303)
    services = context().passports.list_services()
    mine = [case for case in timeline.list_cases(account) if case.kind == "application"]
    form = AddresseeForm()
    about = next((case for case in mine if case.number == form.about.data), None)
    chosen = about.service if about else form.service.data
    known = [passport for passport in services if passport.id == chosen]
    form.service.data = chosen
    form.offer(
        [(service.id, service.short_title.in_(g.lang)) for service in services],
        [(case.number, case.number) for case in mine],
        addressees.choose_against(known or services, g.lang),
    )
    if form.validate_on_submit():
        draft = starting.start_complaint(
            account, known[0], form.against.data, about, now(), written_by=current_staff().login
        )
        session["caller"] = {**session["caller"], "draft": draft.key}
        return redirect(url_for(".write"), 303)
    return render_template("staff/calls/complaint.html", form=form), form.status


@bp.route("/complaint/text", methods=["GET", "POST"])
@staff("contact_centre")
@redisplays
def write() -> ResponseReturnValue:
    account, draft = _drafting()
    if account is None or draft is None:
        return redirect(url_for(".index"), 303)
    passport = _edition(draft)
    form = ComplaintForm(data=draft.answers)
    form.against = draft.answers["against"]
    if account.stated_phone:
        form.without_sign_in()
    ways = submitting.ways_of(draft, passport)
    about, _previous = submitting.find_related(draft)
    choices = addressees.list_choices(passport, about)
    groups = {
        route.name.in_(g.lang): [(body.code, getattr(body, f"name_{g.lang}")) for body in bodies]
        for route, bodies in choices
        if route.to in [way.to for way in ways]
    }
    form.offer(groups, next(iter(groups.values())))
    form.offer_officials(officials_of(choices, form.body.data))
    if form.validate_on_submit():
        submitting.save_complaint(draft, form.answers(), now())
        _send_code(account, draft)
        return redirect(url_for(".sign"), 303)
    return render_template("staff/calls/write.html", form=form, ways=ways, passport=passport, about=about), form.status


@bp.route("/complaint/sign", methods=["GET", "POST"])
@staff("contact_centre")
@redisplays
def sign() -> ResponseReturnValue:
    """The text is read out to the caller, who signs it with a second code."""
    account, draft = _drafting()
    sent = session.get("caller", {}).get("sign")
    if account is None or draft is None or sent is None:
        return redirect(url_for(".index"), 303)
    to_sign = look(sent, _text(account, draft), draft.saved_at)
    if to_sign is None:
        return redirect(url_for(".index"), 303)
    form = CallCodeForm()
    if "again" in request.form and form.validate_token():
        _send_code(account, draft)
        return redirect(url_for(".sign", sent="again"), 303)
    if "again" not in request.form and to_sign.accepts(form):
        try:
            signature = SignedOnCall(to_sign.handle, form.digits)
            case = calls.submit_complaint(current_staff(), account, draft, _edition(draft), signature, now())
        except CodeProblem as problem:
            form.code_failed(problem)
        else:
            kept = {name: session["caller"][name] for name in ("account", "until")}
            session["caller"] = {**kept, "done": case.number}
            return redirect(url_for(".caller"), 303)
    page = render_template("staff/calls/sign.html", form=form, to_sign=to_sign, again="sent" in request.args)
    return page, form.status


def _caller() -> Account | None:
    """Who was proved, while the fifteen minutes last."""
    kept: dict[str, Any] | None = session.get("caller")
    if kept is None or now() >= _until():
        return None
    return calls.get_caller(kept["account"])


def _ways(told: calls.CallerCase) -> list[ComplaintRoute]:
    """To whom the caller may complain of what came of the case."""
    return routes_on(_edition(told.case), told.instance) if told.is_appealable else []


def _until() -> dt.datetime:
    return dt.datetime.fromisoformat(session["caller"]["until"])


def _drafting() -> tuple[Account | None, Draft | None]:
    account = _caller()
    if account is None or "draft" not in session["caller"]:
        return account, None
    try:
        return account, submitting.get_draft(account, session["caller"]["draft"])
    except DraftNotFound:
        return account, None


def _send_code(account: Account, draft: Draft) -> None:
    text = _text(account, draft)
    sent = send_code(account, text, gateways().registries, now(), caller_address(), SignedOnCall)
    session["caller"] = {**session["caller"], "sign": sent_for(sent, text)}


def _text(account: Account, draft: Draft) -> str:
    written = submitting.read_complaint(draft, _edition(draft))
    return submitting.complaint_text(written, account, account.language, now())


def _edition(row: Any) -> Passport:
    return context().passports.edition(row.service, row.edition)
