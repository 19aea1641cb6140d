"""Writing to the officer about a case of one's own, with or without documents."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, url_for
from flask.sansio.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from ..forms.letters import LETTERS
from ..services.cabinet import writing
from ..services.cases import timeline
from ..services.cases.correspondence import list_letters
from ..services.files.documents import list_case_documents
from ..services.files.limits import LARGEST_POST
from ..services.files.slots import FILES_OF_A_LETTER
from ..services.identity import limits
from ..services.passports.catalogue import get_passport
from ..services.reference.offices import place_of
from ..services.terms.days_off import load_calendar
from ..web.access import complainant, current_account
from ..web.clock import now
from ..web.errors import refuse
from ..web.files import takes_files
from ..web.language import LANG_PREFIX
from ..web.stale import redisplays
from .receiving import places_for, receive_files, show_files

bp = Blueprint("letters", __name__, url_prefix=f"{LANG_PREFIX}/cabinet")


@bp.record_once
def refusals(state: BlueprintSetupState) -> None:
    refuse(state.app, writing.CannotWrite, 409)


@bp.get("/<number>/messages")
@complainant
def read(number: str) -> ResponseReturnValue:
    """Everything that was written; the page of the case shows the newest."""
    found = timeline.get_case(current_account(), number)
    moment = now()
    return render_template(
        "letters/all.html", case=found, can_write=writing.can_write(found),
        letters=list_letters(found, list_case_documents(found)),
        office=place_of(
            found.body, get_passport(found.service, found.edition), g.lang, load_calendar(moment), moment
        ),
    )  # fmt: skip


@bp.route("/<number>/write", methods=["GET", "POST"])
@complainant
@takes_files(LARGEST_POST)
@redisplays
def write(number: str) -> ResponseReturnValue:
    account = current_account()
    found = timeline.get_case(account, number)
    if not writing.can_write(found):
        return redirect(url_for("cabinet.case", number=number), 303)
    received = receive_files(places_for([FILES_OF_A_LETTER], found.draft_key))
    form = LETTERS[g.lang]()
    show_files(form, found.draft_key, received)
    key = form.key
    if not received.stays and form.validate_on_submit():
        limits.hit("letters of a person", str(account.id), now())
        writing.write(account, number, form.text.data or "", key, now())
        return redirect(url_for("cabinet.case", number=number, done="written", _anchor="messages"), 303)
    return render_template("letters/write.html", case=found, form=form), form.status
