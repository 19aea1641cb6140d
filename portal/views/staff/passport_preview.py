"""An uploaded edition as a citizen would see it: its page and each of its steps, as a preview that sends nothing."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, abort, g, render_template, request
from flask.typing import ResponseReturnValue

from ...forms.steps import step_form
from ...services.editions import published as editions
from ...services.journeys.journey import Journey
from ...services.journeys.registers import Children
from ...services.languages import LANGUAGES
from ...services.local_time import local
from ...services.passports.schema import FieldSpec, Passport, Step
from ...services.reference.directory import list_localities
from ...services.reference.offices import channel_place, list_places
from ...services.terms.days_off import load_calendar
from ...web.access import staff
from ...web.clock import now


class WholeJourney(Journey):
    """Every question of a step, also those that other answers would have to call for."""

    def fields(self, step: Step) -> tuple[FieldSpec, ...]:
        return step.fields


bp = Blueprint("passport_preview", __name__, url_prefix="/passports/<int:id>/preview")


@bp.get("")
@staff("admin")
def page(id: int) -> ResponseReturnValue:
    passport = _open(id)
    calendar, moment = load_calendar(now()), now()
    return render_template(
        "staff/passports/preview_page.html",
        id=id,
        passport=passport,
        channels=[(channel, channel_place(channel, g.lang, calendar, moment)) for channel in passport.channels],
        places=list_places(passport, g.lang, calendar, moment),
        most_places=5,
        can_apply=False,
        edition_date=dt.date.fromisoformat(passport.edition),
    )


@bp.get("/<step_id>")
@staff("admin")
def step(id: int, step_id: str) -> ResponseReturnValue:
    passport = _open(id)
    here = next((step for step in passport.steps if step.id == step_id), None)
    if here is None:
        abort(404)
    journey = WholeJourney(passport, _sample_answers(passport), {}, ())
    form = step_form(journey, here, g.lang, local(now()).date(), Children())
    for question in form.questions:
        question.asked = True
    return render_template("staff/passports/preview_step.html", id=id, passport=passport, step=here, form=form)


def _open(id: int) -> Passport:
    """The edition, in the language that was asked for here."""
    if request.args.get("lang") in LANGUAGES:
        g.lang = request.args["lang"]
    return editions.read_edition(editions.get_uploaded(id))


def _sample_answers(passport: Passport) -> dict[str, str]:
    """A town, so that the lists that hang on it are filled."""
    town = next(iter(list_localities(g.lang)), None)
    return {spec.id: town.code for spec in passport.fields() if spec.type == "locality"} if town else {}
