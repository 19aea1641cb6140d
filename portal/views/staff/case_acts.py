"""More that is done from a case page: work handed back, a signature recalled, notes; and the way to the next case."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from ...forms.review import NoteForm, WhyForm
from ...services.office import next_case, notes
from ...services.review import decisions
from ...web.access import current_staff, staff
from ...web.clock import now
from ...web.stale import redisplays
from .cases import DOERS, READERS, bp, show_case, show_done


@bp.route("/<number>/decision/return", methods=["GET", "POST"])
@staff("head")
@redisplays
def hand_back(number: str) -> ResponseReturnValue:
    form = WhyForm()
    if form.validate_on_submit():
        decisions.hand_back(current_staff(), number, form.text.data, now())
        return show_done(number, "handed_back")
    return show_case(number, why=form)


@bp.route("/<number>/decision/recall", methods=["GET", "POST"])
@staff(*DOERS)
@redisplays
def recall(number: str) -> ResponseReturnValue:
    form = WhyForm()
    if form.validate_on_submit():
        decisions.recall(current_staff(), number, form.text.data, now())
        return show_done(number, "recalled")
    return show_case(number, why=form)


@bp.route("/<number>/notes", methods=["GET", "POST"])
@staff(*READERS)
@redisplays
def note(number: str) -> ResponseReturnValue:
    form = NoteForm()
    if form.validate_on_submit():
        notes.add_note(current_staff(), number, form.text.data, now())
        return show_done(number, "noted")
    return show_case(number, note=form)


@bp.get("/<number>/next")
@staff(*READERS)
def next(number: str) -> ResponseReturnValue:
    """To the case that waits for the reader after this one; to their list where none does."""
    following = next_case.find_next(current_staff(), number)
    if following is None:
        return redirect(url_for("staff.work_list.index"), 303)
    return redirect(url_for(".case", number=following), 303)
