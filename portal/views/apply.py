"""Applying: the start page, the steps of the journey, checking the answers, signing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from werkzeug.exceptions import HTTPException

from ..forms.applying import ButtonForm
from ..forms.drawing import needs_more_scripts
from ..forms.steps import StepForm, step_form
from ..models import Account
from ..services.applications import obstacles, submitting
from ..services.cases import timeline
from ..services.eds.problems import SignatureRefused
from ..services.files.limits import LARGEST_POST, MB
from ..services.identity.codes import CodeProblem
from ..services.identity.limits import LimitReached
from ..services.journeys import drafts, registers
from ..services.journeys.answers import canonical_text, describe, known_lines
from ..services.journeys.journey import Journey
from ..services.journeys.people import was_denied
from ..services.journeys.standing import standing_of
from ..services.journeys.wishes import asks_for_order
from ..services.local_time import local
from ..services.passports.catalogue import ServiceNotFound
from ..services.passports.schema import Passport, Step
from ..services.passports.situations import minutes_to_apply
from ..services.procedures.protocol import AlreadyUnderWay
from ..services.reference import directory as reference
from ..services.reference.provision import NoBody, NoBodyLeft, has_body, responsible_body
from ..services.signatures.signing import channel_for
from ..web.access import citizen, current_account, public
from ..web.clock import now
from ..web.errors import error_page, refuse
from ..web.files import takes_files
from ..web.htmx import fragment_or_page, go_to
from ..web.language import LANG_PREFIX
from ..web.outside import context, gateways
from ..web.sessions import session
from ..web.stale import redisplays
from . import seen_texts
from .moved_drafts import NOT_OFFERED, NoLongerOffered, keep_in_force, moved_notice, was_moved
from .pauses import too_soon
from .receiving import places_in, receive_files, show_files
from .signing_ways import list_ways, prepare, show_refusal, signed, signing_form, to_signing
from .unseen import find_changes, look, phone_for_codes

if TYPE_CHECKING:
    from ..models import Draft

bp = Blueprint("apply", __name__, url_prefix=LANG_PREFIX)
bp.context_processor(lambda: {"moved_notice": moved_notice})
bp.record(lambda state: refuse(state.app, NoLongerOffered, 409, *NOT_OFFERED))
bp.record(
    lambda state: refuse(
        state.app, NoBody, 409, _l("This service is not provided there"),
        _l("No organisation provides it in the place you chose. Go back and choose another one, or call 1414."),
    )
)  # fmt: skip

bp.record(
    lambda state: refuse(
        state.app, NoBodyLeft, 409, _l("The institution no longer provides this service"),
        _l(
            "One institution provided it when you began; it has given the service up since, or was closed. Your answers"
            " are kept as a draft. Call 1414, free of charge, to learn who provides it now."
        ),
    )
)  # fmt: skip


@bp.get("/services/<id>/apply")
@public
def start(id: str) -> ResponseReturnValue:
    passport = context().passports.get(id)
    if not _is_open(passport):
        return redirect(url_for("catalogue.service", id=id), 303)
    draft = drafts.find_draft_of(session.account, id) if session.account else None
    return render_template(
        "apply/start.html",
        passport=passport,
        form=ButtonForm(),
        signed_in=session.account is not None,
        draft=draft,
        far=standing_of(draft, now()) if draft else None,
        minutes=minutes_to_apply(passport),
        open=_can_sign(passport),
        ways=list_ways(passport),
        stands_in=channel_for(passport, "otp", demo=False) is None,
    )


@bp.post("/services/<id>/apply")
@citizen
def begin(id: str) -> ResponseReturnValue:
    passport = context().passports.get(id)
    if not _is_open(passport) or not _can_sign(passport):
        abort(404)
    return go_to(_begin(current_account(), passport))


def after_sign_in(account: Account, address: str) -> str:
    """Where somebody who has just signed in goes on: who pressed "Start" before stands at the first question.

    The start page once more would cost them a tap, two requests and two kilobytes.
    """
    try:
        adapter = current_app.create_url_adapter(request)
        if adapter is None:
            return address
        endpoint, values = adapter.match(urlsplit(address).path, method="GET")
        passport = context().passports.get(values["id"]) if endpoint == "apply.start" else None
    except (HTTPException, ServiceNotFound):
        return address
    if passport is None or not _is_open(passport) or not _can_sign(passport):
        return address
    return _begin(account, passport)


@bp.route("/apply/<key>/<step_id>", methods=["GET", "POST"])
@citizen
@takes_files(LARGEST_POST)
@redisplays
def step(key: str, step_id: str) -> ResponseReturnValue:
    draft, journey = open_draft(key)
    here = journey.find(step_id)
    if here is None:
        return redirect(_next_address(key, journey), 303)
    registries = gateways().registries
    children = None
    if any(spec.type == "person" for spec in here.fields):
        children = registers.list_children(registries, current_account().iin)
    received = receive_files(places_in(journey, here, key))
    if received.changed:
        draft, journey = open_draft(key)
    form = step_form(journey, here, g.lang, local(now()).date(), children)
    show_files(form, key, received)
    if form.offers_nothing:
        return _nobody_here(journey, key)
    if request.method == "GET":
        form.look_again(journey, here)
    elif not received.stays and form.validate_on_submit() and form.agrees_with(journey):
        after = drafts.save_answers(
            draft, journey.passport, here, form.answers(), registries, now(), children, form.confirmed
        )
        obstacle = obstacles.find_obstacle(current_account(), after, here, now())
        if obstacle is not None:
            return _stop(key, journey.passport.id, obstacle)
        return _go_on(key, here, journey, after, form)
    return fragment_or_page(
        "apply/_step.html", "apply/step.html", form.status if request.method == "POST" else 200,
        draft=draft, journey=journey, step=here, form=form, children=children,
        known=known_lines(journey, here, g.lang),
    )  # fmt: skip


@bp.route("/apply/<key>/check", methods=["GET", "POST"])
@citizen
@redisplays
def check(key: str) -> ResponseReturnValue:
    draft, journey = open_draft(key)
    if not journey.is_complete:
        return redirect(_next_address(key, journey), 303)
    obstacle = obstacles.find_last_obstacle(current_account(), journey)
    if obstacle is not None:
        return _stop(key, journey.passport.id, obstacle)
    form = ButtonForm()
    text = canonical_text(journey, current_account(), g.lang)
    changes = find_changes(form, key, text)
    body = responsible_body(journey)
    page = {
        "draft": draft, "journey": journey, "lines": describe(journey, g.lang), "form": form, "body": body,
        "registered": submitting.registration(journey.passport, body, now()),
        "mark": seen_texts.remember(key, text), "changes": changes,
        "ways": list_ways(journey.passport),
    }  # fmt: skip
    if not changes and form.validate_on_submit():
        return _to_signing(draft, journey, text, "apply/check.html", page)
    return fragment_or_page("apply/_check.html", "apply/check.html", form.status, **page)


@bp.route("/apply/<key>/sign", methods=["GET", "POST"])
@citizen
@takes_files(MB)
@redisplays
def sign(key: str) -> ResponseReturnValue:
    draft, journey = open_draft(key)
    text = canonical_text(journey, current_account(), g.lang) if journey.is_complete else ""
    to_sign = look(session.get("sign", {}).get(key), text, draft.saved_at, key)
    if not text or to_sign is None:
        return redirect(url_for(".check", key=key), 303)
    form = signing_form(journey)
    page = {"draft": draft, "journey": journey, "to_sign": to_sign, "form": form, "phone": phone_for_codes()}
    if "again" in request.form and form.validate_token():
        return _to_signing(draft, journey, text, "apply/sign.html", page)
    if "again" not in request.form and to_sign.accepts(form):
        try:
            case = submitting.submit_application(
                current_account(), draft, journey.passport, g.lang,
                signed(form, to_sign, draft),
                gateways().registries, now(),
            )  # fmt: skip
            session["sign"] = {name: held for name, held in session["sign"].items() if name != key}
            seen_texts.forget(key)
            return go_to(url_for("cabinet.case", number=case.number))
        except CodeProblem as problem:
            form.code_failed(problem)
        except AlreadyUnderWay as found:
            return _stop(key, journey.passport.id, obstacles.Obstacle(under_way=found.said, number=found.number))
        except SignatureRefused as refused:
            show_refusal(form, refused)
    return fragment_or_page("apply/_sign.html", "apply/sign.html", form.status, **page)


@bp.app_errorhandler(submitting.AnswersIncomplete)
def incomplete(error: submitting.AnswersIncomplete) -> Response:
    return error_page(409)


@bp.app_errorhandler(submitting.ChildTooOld)
def too_old(error: submitting.ChildTooOld) -> ResponseReturnValue:
    return render_template("apply/stop.html", obstacle=obstacles.Obstacle(message=error.message)), 409


def _stop(key: str, service: str, obstacle: obstacles.Obstacle) -> ResponseReturnValue:
    """Why the way ends; a draft for what is under way already would only lead here again, so it is not kept."""
    if obstacle.message is None:
        drafts.delete_draft(current_account(), key)
    return render_template("apply/stop.html", obstacle=obstacle, service=service), 409


def open_draft(key: str) -> tuple[Draft, Journey]:
    """The reader's draft and its journey; who comes back to one that was sent is shown what became of it."""
    try:
        draft = drafts.get_draft(current_account(), key)
    except drafts.DraftNotFound:
        _show_case(key)
    draft, passport = keep_in_force(draft)
    journey = drafts.journey_of(draft, passport, now())
    if request.endpoint == "apply.sign" and was_moved(draft):
        abort(go_to(_next_address(key, journey)))  # the code was for the text of the older edition
    return draft, journey


def _nobody_here(journey: Journey, key: str) -> ResponseReturnValue:
    """The place that was chosen has nothing to choose from: who helps there, and the way back to another place."""
    asked = [(spec, step) for step in journey.steps for spec in step.fields if spec.type == "locality"]
    code = next((journey.answers[spec.id] for spec, _step in asked if journey.answers.get(spec.id)), "")
    place = reference.find_locality(code)
    back = url_for("apply.step", key=key, step_id=asked[0][1].id, change=1) if place else ""
    return fragment_or_page("apply/_nobody_here.html", "apply/nobody_here.html", 200, place=place, back=back)


def _show_case(key: str) -> NoReturn:
    case = timeline.find_by_draft(current_account(), key)
    if case is None:
        abort(404)
    abort(go_to(url_for("cabinet.case", number=case.number)))


def _is_open(passport: Passport) -> bool:
    """Whether there is a form here, and a body that its cases can go to."""
    return passport.opens_online and has_body(passport)


def _can_sign(passport: Passport) -> bool:
    return bool(list_ways(passport))


def _begin(account: Account, passport: Passport) -> str:
    """Make or resume the draft; the address of its first open question."""
    draft, passport = keep_in_force(drafts.start_draft(account, passport, now()))
    return _next_address(draft.key, drafts.journey_of(draft, passport, now()))


def _next_address(key: str, journey: Journey) -> str:
    following = journey.next_step
    return url_for("apply.step", key=key, step_id=following.id) if following else url_for("apply.check", key=key)


def address_after(key: str, journey: Journey, step_id: str) -> str:
    """Where Continue leads: back to checking for who came from there, else to the next step.

    What a change has opened anew is asked on the way, and nothing else: the mark goes along.
    """
    here, changing = journey.find(step_id), "change" in request.args
    following = journey.next_step if changing or here is None else journey.after(here)
    if following is None:
        return url_for("apply.check", key=key)
    return url_for("apply.step", key=key, step_id=following.id, change=1 if changing else None)


def _go_on(key: str, here: Step, before: Journey, journey: Journey, form: StepForm) -> ResponseReturnValue:
    """After a step: back to the choice of a person where it was not the right one, else to what Continue leads to."""
    following = journey.next_step
    if following and was_denied(journey.passport, form.answers()):
        return redirect(url_for("apply.step", key=key, step_id=following.id, denied=1), 303)
    if asks_for_order(before, journey, here):
        return redirect(url_for("wishes.order", key=key, step_id=here.id, change=request.args.get("change")), 303)
    address = address_after(key, journey, here.id)
    return go_to(address) if needs_more_scripts(before, journey) else redirect(address, 303)


def _to_signing(draft: Draft, journey: Journey, text: str, template: str, page: dict[str, Any]) -> ResponseReturnValue:
    """What exactly this text is signed with. Too soon for another code, the reader stays, and reads when."""
    try:
        prepare(draft, journey, text)
    except LimitReached as limit:
        return too_soon(limit, template, **page)
    return to_signing(journey, url_for(".sign", key=draft.key))
