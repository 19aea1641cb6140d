"""What is chosen in order of wish: which comes first, on a page of its own; and another choice while one waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.sansio.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from ..forms.applying import ButtonForm
from ..forms.steps import correcting_form
from ..services.cabinet import changing
from ..services.cases import timeline
from ..services.journeys import drafts
from ..services.journeys.answers import name_each
from ..services.journeys.journey import Journey
from ..services.journeys.wishes import list_orders, move_up
from ..services.local_time import local
from ..services.passports.catalogue import get_passport
from ..web.access import citizen, current_account
from ..web.clock import now
from ..web.errors import refuse
from ..web.htmx import fragment_or_page
from ..web.language import LANG_PREFIX
from ..web.outside import gateways
from ..web.stale import redisplays
from .apply import address_after, open_draft

if TYPE_CHECKING:
    from ..services.passports.schema import FieldSpec

bp = Blueprint("wishes", __name__, url_prefix=LANG_PREFIX)


@bp.record_once
def prepare(state: BlueprintSetupState) -> None:
    refuse(state.app, changing.NothingToChange, 409)
    state.app.jinja_env.globals.update(list_changeable=changing.list_changeable, list_orders=list_orders)


@bp.route("/apply/<key>/<step_id>/order", methods=["GET", "POST"])
@citizen
@redisplays
def order(key: str, step_id: str) -> ResponseReturnValue:
    """Several were ticked: the first wish is looked at first, so which one is it?"""
    draft, journey = open_draft(key)
    here = journey.find(step_id)
    specs = list_orders(journey, here) if here else ()
    if here is None or not specs:
        return redirect(address_after(key, journey, step_id), 303)
    form = ButtonForm()
    if form.validate_on_submit():
        if "up" not in request.form:
            return redirect(address_after(key, journey, step_id), 303)
        moved = {spec.id: move_up(journey.answers[spec.id], request.form["up"]) for spec in specs}
        journey = drafts.save_answers(draft, journey.passport, here, moved, gateways().registries, now())
    page = {"form": form, "back": url_for("apply.step", key=key, step_id=step_id, change=request.args.get("change"))}
    named = [(spec, _named(spec, journey.answers[spec.id])) for spec in specs]
    return fragment_or_page("apply/_order.html", "apply/order.html", form.status, named=named, **page)


@bp.route("/cabinet/<number>/choice", methods=["GET", "POST"])
@citizen
@redisplays
def choice(number: str) -> ResponseReturnValue:
    """Other answers to what may be changed while the case is under way; its moment stands."""
    found = timeline.get_case(current_account(), number)
    passport, today = get_passport(found.service, found.edition), local(now()).date()
    specs = tuple(spec for name in changing.list_changeable(found) if (spec := passport.field(name)) is not None)
    if not specs:
        return redirect(url_for("cabinet.case", number=number), 303)
    journey = Journey(passport, found.answers, found.facts, today=today)
    form = correcting_form(journey, specs, g.lang, today)
    if not form.validate_on_submit():
        return render_template("apply/choice.html", case=found, form=form), form.status
    answers = form.answers()
    several = {spec: answers[spec.id] for spec in specs if spec.type == "ordered" and len(answers[spec.id]) > 1}
    if several and "ordered" not in request.form:
        several = {spec: move_up(chosen, request.form.get("up", "")) for spec, chosen in several.items()}
        named = [(spec, _named(spec, chosen)) for spec, chosen in several.items()]
        others = {name: value for name, value in answers.items() if isinstance(value, str)}
        return render_template("apply/choice_order.html", case=found, form=form, named=named, others=others)
    changing.change_answers(current_account(), number, answers, now())
    return redirect(url_for("cabinet.case", number=number, done="choice"), 303)


def _named(spec: FieldSpec, chosen: list[str]) -> list[tuple[str, str]]:
    """What was chosen, as codes and names, in the order of wish."""
    return list(name_each(spec, chosen, g.lang).items())
