"""The personal cabinet: my cases, my drafts, one case with its timeline and papers, withdrawing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.sansio.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ..forms.applying import ButtonForm
from ..forms.complaints import ReplyForm
from ..forms.ratings import RatingForm
from ..forms.steps import correcting_form
from ..services.cabinet import case_view, next_steps, offers, ratings, withdrawing
from ..services.cases import submissions, timeline
from ..services.complaints import history as complaint_history
from ..services.complaints import in_my_name
from ..services.complaints import work as complaint_work
from ..services.files.limits import LARGEST_POST
from ..services.journeys import drafts
from ..services.journeys.answers import describe
from ..services.journeys.journey import Journey
from ..services.journeys.standing import standing_of
from ..services.languages import format_day
from ..services.local_time import local
from ..services.passports.catalogue import get_passport
from ..services.passports.complaint_routes import next_routes
from ..services.passports.schema import Passport, Text
from ..services.procedures.registry import procedure_of
from ..services.reference.offices import place_of
from ..services.reports.usual_time import UsualTime, usual_time
from ..services.review import corrections, signed_corrections
from ..services.review.correction_reasons import reason
from ..services.terms.days_off import load_calendar
from ..web.access import citizen, complainant, current_account
from ..web.clock import now
from ..web.errors import refuse
from ..web.files import takes_files
from ..web.language import LANG_PREFIX
from ..web.outside import context
from ..web.stale import redisplays
from .receiving import places_for, receive_files, show_files

if TYPE_CHECKING:
    from ..models import Case, Correction, Draft

bp = Blueprint("cabinet", __name__, url_prefix=f"{LANG_PREFIX}/cabinet")


@bp.record_once
def refusals(state: BlueprintSetupState) -> None:
    """What is somebody else's is not there."""
    for missing in (timeline.CaseNotFound, drafts.DraftNotFound):
        refuse(state.app, missing, 404)
    refuse(state.app, withdrawing.AlreadyClosed, 409)
    refuse(state.app, corrections.NothingToCorrect, 409)
    refuse(state.app, offers.NotOffered, 409)
    refuse(state.app, complaint_work.NoQuestion, 409)
    refuse(state.app, ratings.NothingToRate, 409)
    state.app.jinja_env.globals["state_word"] = _state_word


@bp.get("")
@complainant
def index() -> ResponseReturnValue:
    account = current_account()
    services = context().passports.list_services()
    return render_template(
        "cabinet/index.html",
        cases=timeline.list_cases(account), drafts=drafts.list_drafts(account),
        title_of=_title_of, address_of=_address_of, kept_until=drafts.kept_until, services=services, account=account,
        standing_of=lambda draft: standing_of(draft, now()), child_of=case_view.child_of,
        in_my_name=[] if account.stated_phone else in_my_name.list_in_my_name(account),
    )  # fmt: skip


@bp.get("/<number>")
@complainant
def case(number: str) -> ResponseReturnValue:
    view, moment = case_view.view_case(current_account(), number, now()), now()
    passport, rating = _passport_of(view.case), ratings.find_rating(view.case)
    return render_template(
        "cabinet/case.html", view=view, case=view.case, button=ButtonForm(formdata=None), title_of=_title_of,
        passport=passport, said=_done(view.case),
        usual=None if view.complaint or not view.awaits_answer else _usual(view.case),
        stages=_stages(view),
        office=place_of(view.case.body, passport, g.lang, load_calendar(moment), moment),
        rating=rating, rating_form=RatingForm(formdata=None) if ratings.is_rateable(view.case, rating) else None,
        **{"next": view.next, "dates": view.dates, **_asked_for(view), **_about_complaint(view)},
    )  # fmt: skip


@bp.get("/<number>/sent")
@complainant
def sent(number: str) -> ResponseReturnValue:
    """One's own answers, as they stand in the case."""
    found = timeline.get_case(current_account(), number)
    return render_template(
        "cabinet/sent.html", case=found, title_of=_title_of, text=submissions.signed_texts([found]).get(found.id, ""),
        answers=[] if found.kind == "complaint" else describe(_journey(found), g.lang),
    )  # fmt: skip


@bp.route("/<number>/reply", methods=["GET", "POST"])
@complainant
@redisplays
def reply(number: str) -> ResponseReturnValue:
    """What the office asked about a complaint, and the answer to it."""
    found = timeline.get_case(current_account(), number)
    asked = complaint_work.find_question(found)
    if asked is None:
        return redirect(url_for(".case", number=number), 303)
    form = ReplyForm()
    if form.validate_on_submit():
        complaint_work.reply(current_account(), number, form.text.data, now())
        return redirect(url_for(".case", number=number), 303)
    return render_template("cabinet/reply.html", case=found, asked=asked, form=form), form.status


@bp.route("/<number>/correct", methods=["GET", "POST"])
@citizen
@takes_files(LARGEST_POST)
@redisplays
def correct(number: str) -> ResponseReturnValue:
    """Just the answers that an officer asked to mend."""
    found = timeline.get_case(current_account(), number)
    correction = corrections.find_correction(found)
    if correction is None:
        return redirect(url_for(".case", number=number, done="not_taken" if request.method == "POST" else None), 303)
    passport = _passport_of(found)
    specs = corrections.asked_fields(correction, passport)
    received = receive_files(places_for(specs, found.draft_key))
    today = local(now()).date()
    journey = Journey(passport, found.answers, found.facts, today=today)
    form = correcting_form(journey, specs, g.lang, today)
    show_files(form, found.draft_key, received)
    if not received.stays and form.validate_on_submit() and form.agrees_with(journey, anywhere=True):
        signed_corrections.keep_answers(current_account(), number, form.answers(), now())
        return redirect(url_for("correcting.sign", number=number), 303)
    return render_template("cabinet/correct.html", case=found, form=form, **_asked(found, correction)), form.status


@bp.route("/<number>/rate", methods=["GET", "POST"])
@complainant
@redisplays
def rate(number: str) -> ResponseReturnValue:
    """Was this good? Once after each result."""
    found = timeline.get_case(current_account(), number)
    if not ratings.can_rate(found):
        return redirect(url_for(".case", number=number), 303)
    form = RatingForm()
    if form.validate_on_submit():
        ratings.rate(current_account(), number, int(form.score.data), form.text.data or "", now())
        return redirect(url_for(".case", number=number), 303)
    return render_template("cabinet/rate.html", case=found, rating_form=form, title_of=_title_of), form.status


@bp.route("/<number>/withdraw", methods=["GET", "POST"])
@complainant
@redisplays
def withdraw(number: str) -> ResponseReturnValue:
    view = case_view.view_case(current_account(), number, now())
    form = ButtonForm()
    if form.validate_on_submit():
        withdrawing.withdraw(current_account(), number, now())
        return redirect(url_for(".case", number=number, done="withdrawn"), 303)
    if not view.can_withdraw:
        return redirect(url_for(".case", number=number), 303)
    return render_template(
        "cabinet/withdraw.html", view=view, case=view.case, form=form, title_of=_title_of
    ), form.status


@bp.post("/<number>/offers/<offer>")
@citizen
def take_up(number: str, offer: str) -> ResponseReturnValue:
    """What the procedure of this case offers."""
    form = ButtonForm()
    if form.validate_on_submit():
        offers.take_up(current_account(), number, offer, now())
    return redirect(url_for(".case", number=number), 303)


@bp.route("/<number>/not-mine", methods=["GET", "POST"])
@citizen
@redisplays
def disown(number: str) -> ResponseReturnValue:
    """A complaint that somebody sent with my IIN: I say that it is not mine."""
    found = [each for each in in_my_name.list_in_my_name(current_account()) if each.case.number == number]
    if not found:
        raise timeline.CaseNotFound(number)
    form = ButtonForm()
    if form.validate_on_submit():
        in_my_name.disown(current_account(), number, now())
        return redirect(url_for(".index"), 303)
    return render_template("cabinet/disown.html", found=found[0], form=form, title_of=_title_of), form.status


@bp.route("/drafts/<key>/delete", methods=["GET", "POST"])
@complainant
@redisplays
def delete_draft(key: str) -> ResponseReturnValue:
    draft = drafts.get_draft(current_account(), key, kind=None)
    form = ButtonForm()
    if form.validate_on_submit():
        drafts.delete_draft(current_account(), key)
        return redirect(url_for(".index"), 303)
    return render_template("cabinet/delete_draft.html", draft=draft, form=form, title_of=_title_of), form.status


def _done(found: Case) -> str:
    """What the reader has just done, while it is still so."""
    done = request.args.get("done", "")
    if done == "withdrawn":
        return _("Done. We confirm it by SMS.") if found.state == "withdrawn" else ""
    if done == "not_taken":
        over = found.state in timeline.OVER
        return _("Your correction was not taken: the application is not looked at any more.") if over else ""
    if done == "choice":
        return _("Your choice is saved. The time of your application stands.")
    if done == "corrected":
        return "" if found.correction_asked_at else _("Your corrections were sent. You need not do anything more now.")
    return _("Sent. An officer reads it; the answer comes here.") if done == "written" else ""


def _stages(view: case_view.CaseView) -> list[tuple[str, str | None]]:
    """The stages with their days; where a place was given, the one that it is at says until when to go."""
    said = [(label.in_(g.lang), format_day(at, g.lang) if at else None) for label, at in view.stages]
    if view.case.state == "granted" and view.dates and view.reached < len(said):
        label, _at = said[view.reached]
        last = view.dates[0]
        said[view.reached] = (label, f"{last.label.in_(g.lang)}: {format_day(last.day, g.lang)}")
    return said


def _about_complaint(view: case_view.CaseView) -> dict[str, Any]:
    """What templates say of a complaint: its open question, and where one may turn next."""
    complaint = view.complaint
    if complaint is None:
        return {}
    asked = complaint_work.find_question(view.case)
    return {
        "asked": asked,
        **({"next": next_steps.next_step(view.case, now(), asked=True)} if asked else {}),
        "may_go_on": complaint_history.may_go_on(view.case, now()),
        "next_routes": next_routes(_passport_of(view.case), complaint.to),
        "following": complaint_history.find_following(view.case),
    }


def _asked_for(view: case_view.CaseView) -> dict[str, Any]:
    """What an officer asked to correct, if anything: then the deadline may wait."""
    correction = corrections.find_correction(view.case)
    if correction is None:
        return {}
    asked = _asked(view.case, correction)
    paused = asked["policy"] != corrections.RUNS_ON
    return {**asked, "paused": paused, **({"dates": ()} if paused else {})}


def _asked(found: Case, correction: Correction) -> dict[str, Any]:
    """What templates say of a correction that is asked for."""
    passport = _passport_of(found)
    specs = corrections.asked_fields(correction, passport)
    return {
        "correction": correction,
        "policy": corrections.policy(passport, local(correction.asked_at).date()),
        "wanted": [(spec.label.in_(g.lang), reason(correction.reasons[spec.id], g.lang)) for spec in specs],
        "reason_of": lambda field: reason(correction.reasons[field], g.lang),
    }


def _journey(found: Case) -> Journey:
    return Journey(_passport_of(found), found.answers, found.facts)


def _usual(case: Case) -> UsualTime | None:
    return usual_time(case.service, now(), _passport_of(case).terms.service.minutes is not None)


def _passport_of(row: Draft | Case) -> Passport:
    return get_passport(row.service, row.edition)


def _state_word(row: Case) -> Text | None:
    """What the procedure calls the state of a case, where it has a word of its own."""
    passport = _passport_of(row)
    return procedure_of(passport).state_word(row.state, passport)


def _title_of(row: Draft | Case) -> str:
    """The short title of the service that a case or a draft is about."""
    return context().passports.edition(row.service, row.edition).short_title.in_(g.lang)


def _address_of(draft: Draft) -> str:
    """Where the draft goes on."""
    if draft.kind == "complaint":
        return url_for("complaints.resume", key=draft.key)
    journey = drafts.journey_of(draft, context().passports.edition(draft.service, draft.edition), now())
    following = journey.next_step
    if following is None:
        return url_for("apply.check", key=draft.key)
    return url_for("apply.step", key=draft.key, step_id=following.id)
