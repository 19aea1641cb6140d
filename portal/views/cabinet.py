"""The personal cabinet: my cases, my drafts, one case with its timeline and papers, withdrawing it."""

from __future__ import annotations

from flask import Blueprint, current_app, g, redirect, render_template, url_for
from flask.sansio.blueprints import BlueprintSetupState

from ..forms.applying import ButtonForm
from ..services import cases, drafts
from ..services.drafts import Draft
from ..services.preschool_texts import explain
from ..web.access import citizen, current_account
from ..web.clock import now
from ..web.errors import refuse
from ..web.language import LANG_PREFIX
from ..web.stale import redisplays

bp = Blueprint("cabinet", __name__, url_prefix=f"{LANG_PREFIX}/cabinet")


@bp.record_once
def refusals(state: BlueprintSetupState) -> None:
    """What is somebody else's is not there."""
    for missing in (cases.CaseNotFound, drafts.DraftNotFound):
        refuse(state.app, missing, 404)
    refuse(state.app, cases.AlreadyClosed, 409)


@bp.get("")
@citizen
def index():
    account = current_account()
    services = current_app.extensions["passports"].list_services()
    return render_template(
        "cabinet/index.html",
        cases=cases.list_cases(account), drafts=drafts.list_drafts(account),
        title_of=_title_of, address_of=_address_of, services=services, account=account,
    )  # fmt: skip


@bp.get("/<number>")
@citizen
def case(number: str):
    view = cases.view_case(current_account(), number)
    at = view.position
    reason = (
        explain(at.number, at.ahead_with_priority, getattr(at.locality, f"name_{g.lang}"), at.birth_year, g.lang)
        if at
        else ""
    )
    return render_template("cabinet/case.html", view=view, case=view.case, reason=reason, title_of=_title_of)


@bp.route("/<number>/withdraw", methods=["GET", "POST"])
@citizen
@redisplays
def withdraw(number: str):
    view = cases.view_case(current_account(), number)
    form = ButtonForm()
    if form.validate_on_submit():
        cases.withdraw(current_account(), number, now())
        return redirect(url_for(".case", number=number), 303)
    if not view.can_withdraw:
        return redirect(url_for(".case", number=number), 303)
    return render_template(
        "cabinet/withdraw.html", view=view, case=view.case, form=form, title_of=_title_of
    ), form.status


@bp.route("/drafts/<key>/delete", methods=["GET", "POST"])
@citizen
@redisplays
def delete_draft(key: str):
    draft = drafts.get_draft(current_account(), key, kind=None)
    form = ButtonForm()
    if form.validate_on_submit():
        drafts.delete_draft(current_account(), key)
        return redirect(url_for(".index"), 303)
    return render_template("cabinet/delete_draft.html", draft=draft, form=form, title_of=_title_of), form.status


def _title_of(row: Draft | cases.Case) -> str:
    """The short title of the service that a case or a draft is about."""
    return current_app.extensions["passports"].edition(row.service, row.edition).short_title.in_(g.lang)


def _address_of(draft: Draft) -> str:
    """Where the draft goes on."""
    if draft.kind == "complaint":
        return url_for("complaints.resume", key=draft.key)
    journey = drafts.journey_of(draft, current_app.extensions["passports"].edition(draft.service, draft.edition))
    following = journey.next_step
    if following is None:
        return url_for("apply.check", key=draft.key)
    return url_for("apply.step", key=draft.key, step_id=following.id)
