"""What is done with a complaint, each from its page: part of the case pages' blueprint."""

from __future__ import annotations

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ...forms.complaint_work import (
    AnswerForm,
    AskComplainantForm,
    AskOtherSideForm,
    ExtendForm,
    ForwardForm,
    NoteReplyForm,
)
from ...forms.review import SignAnswerForm, WhyForm
from ...services.complaints import answers_to_sign
from ...services.complaints import papers as complaint_papers
from ...services.complaints import work as complaint_work
from ...services.procedures.rules import NotInThisState, PaperChanged, check
from ...services.review import desk as review
from ...services.review import forwarding
from ...web.access import current_staff, fresh_factor, staff
from ...web.clock import now
from ...web.stale import redisplays
from . import decision_view
from .cases import DOERS, bp, show_case, show_done


@bp.route("/<number>/complainant", methods=["GET", "POST"])
@staff(*DOERS)
@redisplays
def ask_complainant(number: str) -> ResponseReturnValue:
    form = AskComplainantForm()
    if form.validate_on_submit():
        complaint_work.ask_complainant(current_staff(), number, form.text.data, now())
        return show_done(number, "asked")
    return show_case(number, ask_complainant=form)


@bp.route("/<number>/other-side", methods=["GET", "POST"])
@staff(*DOERS)
@redisplays
def ask_other_side(number: str) -> ResponseReturnValue:
    form = AskOtherSideForm()
    if form.validate_on_submit():
        complaint_work.ask_other_side(current_staff(), number, form.text.data, now())
        return show_done(number, "side_asked")
    return show_case(number, ask_other_side=form)


@bp.route("/<number>/reply", methods=["GET", "POST"])
@staff(*DOERS)
@redisplays
def note_reply(number: str) -> ResponseReturnValue:
    form = NoteReplyForm()
    if form.validate_on_submit():
        complaint_work.note_reply(current_staff(), number, form.text.data, now())
        return show_done(number, "reply")
    return show_case(number, note_reply=form)


@bp.route("/<number>/forward", methods=["GET", "POST"])
@staff(*DOERS)
@redisplays
def forward(number: str) -> ResponseReturnValue:
    """A page of its own; afterwards the complaint is with another body, and is no longer to be seen here."""
    desk = review.get_desk(current_staff(), number, now())
    if desk.complaint is None:
        raise NotInThisState(number)
    check("forward", desk.standing)
    form = ForwardForm()
    ways = complaint_work.list_addressees(desk.case, desk.passport)
    name = f"name_{g.lang}"
    form.body.choices = [("", "–"), *((body.code, getattr(body, name)) for _route, body in ways)]
    if form.validate_on_submit():
        complaint_work.forward(current_staff(), number, form.body.data, form.reason.data, now())
        return redirect(url_for("staff.work_list.index", tab="complaints", done="forwarded"), 303)
    until = forwarding.last_day_to_forward(desk.case, now())
    page = render_template("staff/cases/forward.html", form=form, case=desk.case, until=until, ways=ways)
    return page, form.status


@bp.route("/<number>/extend", methods=["GET", "POST"])
@staff(*DOERS)
@redisplays
def extend(number: str) -> ResponseReturnValue:
    form = ExtendForm()
    if form.validate_on_submit():
        days = form.days.data if form.days.raw_data else None
        complaint_work.extend(current_staff(), number, form.reason.data, now(), days)
        return show_done(number, "extended")
    return show_case(number, extend=form)


@bp.route("/<number>/answer", methods=["GET", "POST"])
@staff(*DOERS)
@fresh_factor
@redisplays
def answer(number: str) -> ResponseReturnValue:
    form = AnswerForm()
    if form.validate_on_submit():
        if "see" in request.form:
            return show_case(number, answer=form, seen=_see(number, form))
        said = {"remedy": form.remedy.data or "", "anew": form.anew.data}
        if answers_to_sign.goes_to_a_head(review.get_desk(current_staff(), number, now()), current_staff()):
            answers_to_sign.prepare(current_staff(), number, form.outcome.data, form.reasons.data, now(), **said)
            return show_done(number, "answer_prepared")
        complaint_work.answer(current_staff(), number, form.outcome.data, form.reasons.data, now(), **said)
        return show_done(number, "answered")
    return show_case(number, answer=form)


@bp.route("/<number>/answer/sign", methods=["GET", "POST"])
@staff("head")
@fresh_factor
@redisplays
def sign_answer(number: str) -> ResponseReturnValue:
    """The answer that somebody else wrote, as this head has read it."""
    form = SignAnswerForm()
    if form.validate_on_submit():
        try:
            answers_to_sign.sign(current_staff(), number, now(), shown=form.shown.data or "")
        except PaperChanged:
            return show_case(number, changed=True)
        return show_done(number, "answered")
    return show_case(number, sign=form)


@bp.route("/<number>/answer/return", methods=["GET", "POST"])
@staff("head")
@redisplays
def return_answer(number: str) -> ResponseReturnValue:
    form = WhyForm()
    if form.validate_on_submit():
        answers_to_sign.hand_back(current_staff(), number, form.text.data, now())
        return show_done(number, "handed_back")
    return show_case(number, why=form)


def _see(number: str, form: AnswerForm) -> str:
    """The answer as the paper that it will be, for who may give it."""
    desk = review.get_desk(current_staff(), number, now())
    check("answer", desk.standing)
    draft = complaint_papers.draft_answer(
        desk.case, desk.passport, desk.get_complaint().to, form.outcome.data, form.reasons.data.strip(),
        (form.remedy.data or "").strip() if form.outcome.data != "refused" else "", current_staff(), now(),
    )  # fmt: skip
    return decision_view.picture(draft)
