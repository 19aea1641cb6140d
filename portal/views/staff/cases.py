"""The case page: everything on one screen, and what may be done with the case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, current_app, g, redirect, render_template, request, url_for

from ...forms.review import AssignForm, MessageForm, SignForm, WaitForm, correction_form, decision_form
from ...services import case_files, corrections, decisions, documents, review
from ...services.paper_texts import title as paper_title
from ...services.passport_schema import Passport
from ...web.access import current_staff, fresh_factor, staff
from ...web.clock import now
from ...web.files import file_response
from ...web.stale import redisplays

bp = Blueprint("cases", __name__, url_prefix="/cases")

READERS = ("officer", "head", "manager")
DOERS = ("officer", "head")


@bp.get("/<number>")
@staff(*READERS)
def case(number: str):
    return _page(number)


@bp.get("/<number>/documents/<key>")
@staff(*READERS)
def document(number: str, key: str):
    """A file of the case, shown inside its page, or to be saved (`?save`); each time is on record."""
    storage = current_app.extensions["gateways"].storage
    found, content = case_files.open_document(current_staff(), number, key, _find_passport, storage, now())
    name = documents.made_name(found, number)
    return file_response(content, found.media_type, name, inline="save" not in request.args)


@bp.post("/<number>/iin")
@staff(*READERS)
def reveal(number: str):
    """The IINs in full, once: asking for them is on record."""
    return _page(number, reveal=True)


@bp.post("/<number>/take")
@staff(*DOERS)
def take(number: str):
    review.take(current_staff(), number, _find_passport, now())
    return _done(number, "taken")


@bp.route("/<number>/assign", methods=["GET", "POST"])
@staff(*DOERS)
@redisplays
def assign(number: str):
    colleagues = review.list_colleagues(current_staff())
    form = AssignForm()
    form.to.choices = [("", "–"), *((str(person.id), person.name) for person in colleagues)]
    if form.validate_on_submit():
        chosen = next((person for person in colleagues if str(person.id) == form.to.data), None)
        review.assign(current_staff(), number, chosen, _find_passport, now())
        return redirect(url_for(".case", number=number, done="assigned"), 303)
    desk = review.get_desk(current_staff(), number, _find_passport, now())
    return render_template("staff/cases/assign.html", form=form, desk=desk, case=desk.case), form.status


@bp.route("/<number>/message", methods=["GET", "POST"])
@staff(*DOERS)
@redisplays
def message(number: str):
    form = MessageForm()
    if form.validate_on_submit():
        review.write_message(current_staff(), number, form.text.data, _find_passport, now())
        return _done(number, "message")
    return _page(number, message=form)


@bp.route("/<number>/correction", methods=["GET", "POST"])
@staff(*DOERS)
@redisplays
def correction(number: str):
    file = _open(number)
    form = correction_form(file.correctable, g.lang)
    if form.validate_on_submit():
        corrections.ask_correction(current_staff(), number, form.reasons, form.text.data or "", _find_passport, now())
        return _done(number, "correction")
    return _show(file, correction=form)


@bp.post("/<number>/correction/end")
@staff(*DOERS)
def end_correction(number: str):
    corrections.end_correction(current_staff(), number, _find_passport, now())
    return _done(number, "correction_ended")


@bp.route("/<number>/decision", methods=["GET", "POST"])
@staff(*DOERS)
@redisplays
def decision(number: str):
    file = _open(number)
    form = decision_form(file.desk.passport.refusal_grounds, g.lang)
    if form.validate_on_submit():
        decisions.prepare(
            current_staff(), number, form.kind.data, _find_passport, now(),
            ground=form.ground.data or "", explanation=form.explanation.data or "",
        )  # fmt: skip
        return _done(number, "prepared")
    return _show(file, decision=form)


@bp.post("/<number>/decision/drop")
@staff(*DOERS)
def drop(number: str):
    decisions.drop(current_staff(), number, _find_passport, now())
    return _done(number, "dropped")


@bp.route("/<number>/sign", methods=["GET", "POST"])
@staff("head")
@fresh_factor
@redisplays
def sign(number: str):
    form = SignForm()
    if form.validate_on_submit():
        moment = now()
        issued_at = decisions.sign(current_staff(), number, int(form.decision.data), _find_passport, moment)
        return _done(number, "signed" if issued_at <= moment else "waits")
    return _page(number, sign=form)


@bp.post("/<number>/check")
@staff(*DOERS)
def confirm_check(number: str):
    review.confirm_check(current_staff(), number, _find_passport, now())
    return _done(number, "checked")


@bp.route("/<number>/wait", methods=["GET", "POST"])
@staff(*DOERS)
@redisplays
def keep_waiting(number: str):
    form = WaitForm()
    if form.validate_on_submit():
        review.keep_waiting(current_staff(), number, form.text.data or "", _find_passport, now())
        return _done(number, "waiting")
    return _page(number, wait=form)


def _find_passport(service: str, edition: str) -> Passport:
    return current_app.extensions["passports"].edition(service, edition)


def _done(number: str, what: str):
    return redirect(url_for(".case", number=number, done=what), 303)


def _open(number: str, reveal: bool = False) -> case_files.CaseFile:
    return case_files.open_file(current_staff(), number, _find_passport, g.lang, now(), reveal)


def _page(number: str, reveal: bool = False, **forms: Any):
    return _show(_open(number, reveal), **forms)


def _show(file: case_files.CaseFile, **forms: Any):
    """The page with every form that is open now; `forms` holds the one that was sent."""
    blank: dict[str, Callable[[], Any]] = {
        "message": lambda: MessageForm(formdata=None),
        "correction": lambda: correction_form(file.correctable, g.lang, formdata=None),
        "decision": lambda: decision_form(file.desk.passport.refusal_grounds, g.lang, formdata=None),
        "sign": lambda: SignForm(formdata=None),
        "wait": lambda: WaitForm(formdata=None),
    }
    g.framed = any(document.media_type == "application/pdf" for document in file.documents)
    all_forms = {name: forms.get(name) or make() for name, make in blank.items()}
    sent = next(iter(forms.values()), None)
    page = render_template(
        "staff/cases/case.html", file=file, case=file.case, desk=file.desk, forms=all_forms, sent=sent,
        paper_name=lambda kind: paper_title(kind, g.lang), title=file.desk.passport.short_title.in_(g.lang),
        by_another=decisions.needs_another(file.desk.passport, now()), done=request.args.get("done", ""),
        correction_policy=corrections.policy(file.desk.passport, now().date()),
        issue_at=decisions.issue_moment(file.desk.passport, file.case.body, now()),
    )  # fmt: skip
    return page, sent.status if sent is not None else 200
