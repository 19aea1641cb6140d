"""A complaint: of whom and about what, what happened, to the right instance, signing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from flask import Blueprint, abort, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from ..forms.accounts import CodeForm
from ..forms.applying import ButtonForm
from ..forms.complaints import AGAINST, WITH_FILES, AddresseeForm, BodyForm, ComplaintForm
from ..services.cases import timeline
from ..services.complaints import addressees, starting, submitting
from ..services.complaints import history as complaint_history
from ..services.files.limits import LARGEST_POST
from ..services.files.slots import FILES_OF_A_COMPLAINT
from ..services.identity.codes import CodeProblem
from ..services.identity.limits import LimitReached
from ..services.journeys.drafts import DraftNotFound
from ..services.passports.schema import ComplaintRoute, Passport
from ..services.signatures.signing import SignedByCode, send_code
from ..web.access import complainant, current_account
from ..web.clock import now
from ..web.csrf import large_form
from ..web.errors import error_page
from ..web.files import takes_files
from ..web.htmx import go_to
from ..web.language import LANG_PREFIX
from ..web.outside import caller_address, context, gateways
from ..web.sessions import session
from ..web.stale import redisplays
from .pauses import too_soon
from .receiving import places_for, receive_files, show_files
from .unseen import look, phone_for_codes, sent_for

if TYPE_CHECKING:
    from ..models import Case, Draft

LONGEST_SENT = 512 * 1024  # bytes; a letter of ours takes six on its way

bp = Blueprint("complaints", __name__, url_prefix=f"{LANG_PREFIX}/complaints")


@bp.route("/new", methods=["GET", "POST"])
@complainant
@large_form(LONGEST_SENT)  # a text that is too long comes back in its form, to be made shorter
@redisplays
def new() -> ResponseReturnValue:
    mine = [case for case in timeline.list_cases(current_account()) if case.kind == "application"]
    asked = request.form if request.method == "POST" else request.args  # never the one for the other
    about = next((case for case in mine if case.number == asked.get("about")), None)
    services = context().passports.list_services()
    chosen = about.service if about else asked.get("service", "")
    known = [service for service in services if service.id == chosen]
    form = AddresseeForm()
    form.offer(
        [(service.id, service.short_title.in_(g.lang)) for service in known or services],
        [(case.number, f"{case.number}, {_title(case)}") for case in mine if not known or case.service == chosen],
        addressees.choose_against(known or services, g.lang),
    )
    if about or (known and request.method != "POST"):
        form.service.data = chosen
    if request.method != "POST" and not form.restored:
        form.about.data = about.number if about else ""
    if form.validate_on_submit():
        draft = starting.start_complaint(current_account(), known[0], form.against.data, about, now())
        if form.text.data:
            submitting.save_complaint(draft, {"text": form.text.data}, now())
        return go_to(url_for(".resume", key=draft.key))
    return render_template("complaints/new.html", form=form, known=known, account=current_account()), form.status


@bp.route("/<key>", methods=["GET", "POST"])
@complainant
@takes_files(LARGEST_POST)
@redisplays
def resume(key: str) -> ResponseReturnValue:
    return _write(_open(key))


@bp.route("/about/<number>", methods=["GET", "POST"])
@complainant
@takes_files(LARGEST_POST)
@redisplays
def about(number: str) -> ResponseReturnValue:
    """From a case: everything is chosen, and what happened is written at once. Nothing is kept before it is sent."""
    found = timeline.get_case(current_account(), number)
    if found.kind != "application":
        return go_to(url_for("cabinet.case", number=number))
    sent = request.method == "POST" and not g.get("stale_token")
    begin = starting.start_complaint if sent else starting.prepare_complaint
    return _write(begin(current_account(), _edition(found), "provider", found, now()))


def _write(draft: Draft) -> ResponseReturnValue:
    """The page of what happened and to whom it goes; on to the code once nothing is missing."""
    key = draft.key
    received = receive_files(places_for([FILES_OF_A_COMPLAINT], key))
    form = WITH_FILES[g.lang](data=draft.answers)
    form.against = draft.answers["against"]
    if current_account().stated_phone:
        form.without_sign_in()
    before = _before(draft)
    ways = _offer(form, draft, before["about"])
    if key:
        show_files(form, key, received)
    if request.method == "POST" and form.validate_token():  # whatever is still missing
        submitting.save_complaint(draft, form.answers_that_fit(), now())
    page = {"form": form, "ways": ways, "against": AGAINST[form.against], "passport": _edition(draft), **before}
    if not received.stays and form.validate_on_submit():
        return _to_signing(draft, "complaints/write.html", page)
    return render_template("complaints/write.html", draft=draft, **page), form.status


@bp.route("/<key>/addressee", methods=["GET", "POST"])
@complainant
@redisplays
def addressee(key: str) -> ResponseReturnValue:
    """Whoever chose another instance than the passport has for it is told before anything is sent."""
    draft = _open(key)
    written = submitting.read_complaint(draft, _edition(draft))
    if written.fits:
        return go_to(url_for(".resume", key=key))
    form = BodyForm()
    ways = _offer(form, draft, written.about, moving=True)
    page = {"form": form, "ways": ways[:1], "body_name": getattr(written.body, f"name_{g.lang}")}
    if form.validate_on_submit():
        submitting.save_complaint(draft, {"body": form.body.data}, now())
        return _to_signing(draft, "complaints/addressee.html", page)
    return render_template("complaints/addressee.html", draft=draft, **page), form.status


@bp.post("/after/<number>")
@complainant
def go_on(number: str) -> ResponseReturnValue:
    """From an answer, or from silence, to the instance above: one tap."""
    if not ButtonForm().validate_on_submit():
        return go_to(url_for("cabinet.case", number=number))
    passport = _edition(timeline.get_case(current_account(), number))
    draft = starting.go_on(current_account(), number, passport, g.lang, now())
    return go_to(url_for(".resume", key=draft.key))


@bp.route("/<key>/sign", methods=["GET", "POST"])
@complainant
@redisplays
def sign(key: str) -> ResponseReturnValue:
    draft = _open(key)
    passport = _edition(draft)
    sent = session.get("sign", {}).get(key)
    if sent is None:  # nothing is read of a complaint that is not whole yet
        return go_to(url_for(".resume", key=key))
    written = submitting.read_complaint(draft, passport)
    if not written.fits:
        return go_to(url_for(".addressee", key=key))
    text = submitting.complaint_text(written, current_account(), g.lang, now())
    to_sign = look(sent, text, draft.saved_at, key)
    if to_sign is None:
        return go_to(url_for(".resume", key=key))
    form = CodeForm()
    route, body = submitting.foresee(written)
    page = {"form": form, "to_sign": to_sign, "phone": phone_for_codes(), "route": route, "body": body}
    page["first"] = written.body if body != written.body else None
    if "again" in request.form and form.validate_token():
        return _to_signing(draft, "complaints/sign.html", page)
    if "again" not in request.form and to_sign.accepts(form):
        try:
            signature = SignedByCode(to_sign.handle, form.digits)
            case = submitting.submit_complaint(current_account(), draft, passport, g.lang, signature, now())
            return go_to(url_for("cabinet.case", number=case.number))
        except CodeProblem as problem:
            form.code_failed(problem)
    return render_template("complaints/sign.html", draft=draft, **page), form.status


@bp.app_errorhandler(submitting.ComplaintIncomplete)
@bp.app_errorhandler(submitting.WrongAddressee)
@bp.app_errorhandler(starting.NoInstanceLeft)
def not_as_it_is(error: ValueError) -> Response:
    return error_page(409)


def _open(key: str) -> Draft:
    """The reader's draft; who comes back to one that was sent is shown what became of it."""
    try:
        return submitting.get_draft(current_account(), key)
    except DraftNotFound:
        _show_case(key)


def _show_case(key: str) -> NoReturn:
    case = timeline.find_by_draft(current_account(), key)
    if case is None:
        abort(404)
    abort(go_to(url_for("cabinet.case", number=case.number)))


def _to_signing(draft: Draft, template: str, page: dict[str, Any]) -> Response:
    """On to the code; to another page first where the complaint is on its way to the wrong instance.

    Too soon for another code, the reader stays on the page they are on, and it says when: what they wrote is saved.
    """
    written = submitting.read_complaint(draft, _edition(draft))
    if not written.fits:
        return go_to(url_for(".addressee", key=draft.key))
    try:
        _send_code(draft, written)
    except LimitReached as limit:
        return too_soon(limit, template, draft=draft, **page)
    return go_to(url_for(".sign", key=draft.key))


def _offer(
    form: BodyForm | ComplaintForm, draft: Draft, about: Case | None, moving: bool = False
) -> list[ComplaintRoute]:
    """Fill the list of bodies, the proposed instance first, and alone where the complaint `moves`; the instances that
    the passport has for this complaint."""
    passport = _edition(draft)
    ways = submitting.ways_of(draft, passport)
    choices = addressees.list_choices(passport, about)
    groups = {
        route.to: (route.name.in_(g.lang), [(body.code, getattr(body, f"name_{g.lang}")) for body in bodies])
        for route, bodies in choices
    }
    proposed = groups[ways[0].to]
    fitting = {way.to for way in ways}
    never = {"state_corporation"} - fitting  # what its employees had no part in is no matter of theirs
    others = [] if moving else [group for to, group in groups.items() if to != ways[0].to and to not in never]
    form.offer(dict([proposed, *others]), proposed[1])
    if isinstance(form, ComplaintForm):
        form.offer_officials(officials_of(choices, form.body.data))
    return ways


def officials_of(choices: addressees.Choices, code: str) -> list[tuple[str, str]]:
    """Whom a complaint may name, once it is known which body it goes to."""
    body = next((body for _route, bodies in choices for body in bodies if body.code == code), None)
    return [(person.name, person.name) for person in addressees.list_officials(body)] if body else []


def _before(draft: Draft) -> dict[str, Any]:
    """What a complaint is about and follows, for its pages."""
    about, previous = submitting.find_related(draft)
    decision = complaint_history.quote_decision(about, g.lang) if about else ""
    return {"about": about, "previous": previous, "decision": decision}


def _title(case: Case) -> str:
    return _edition(case).short_title.in_(g.lang)


def _edition(row: Draft | Case) -> Passport:
    return context().passports.edition(row.service, row.edition)


def _send_code(draft: Draft, complaint: submitting.Written) -> None:
    account = current_account()
    text = submitting.complaint_text(complaint, account, g.lang, now())
    registries = gateways().registries
    sent = send_code(account, text, registries, now(), caller_address())
    session["sign"] = {**session.get("sign", {}), draft.key: sent_for(sent, text)}
