"""The case page: everything on one screen, and what may be done with the case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms import TextAreaField

from ...forms.complaint_work import AskComplainantForm, AskOtherSideForm, ExtendForm, NoteReplyForm
from ...forms.form import Form
from ...forms.review import (
    ActForm,
    AssignForm,
    MessageForm,
    NoteForm,
    SignForm,
    WaitForm,
    WhyForm,
    correction_form,
    decision_form,
)
from ...forms.seen_paper import SeenPaperForm
from ...forms.work_list import NOBODY
from ...services.files import documents
from ...services.languages import format_date
from ...services.local_time import local
from ...services.office import case_file, ready_texts
from ...services.procedures.rules import PaperChanged, TextNeeded, check
from ...services.review import corrections, decisions, seen_papers
from ...services.review import desk as review
from ...services.review.correction_reasons import reason
from ...web.access import current_staff, fresh_factor, staff
from ...web.clock import now
from ...web.files import file_response
from ...web.outside import context, gateways
from ...web.stale import redisplays
from . import decision_view

bp = Blueprint("cases", __name__, url_prefix="/cases")

READERS = ("officer", "head", "manager")
DOERS = ("officer", "head")


@bp.get("/<number>")
@staff(*READERS)
def case(number: str) -> ResponseReturnValue:
    return show_case(number)


@bp.get("/<number>/documents/<key>")
@staff(*READERS)
def document(number: str, key: str) -> ResponseReturnValue:
    """A file of the case, shown inside its page, or to be saved (`?save`); each time is on record."""
    storage = gateways().storage
    found, content = case_file.open_document(current_staff(), number, key, storage, now())
    name = documents.made_name(found, number)
    return file_response(content, found.media_type, name, inline="save" not in request.args)


@bp.post("/<number>/iin")
@staff(*READERS)
def reveal(number: str) -> ResponseReturnValue:
    """The IINs in full, once: asking for them is on record."""
    return show_case(number, reveal=True)


@bp.post("/<number>/take")
@staff(*DOERS)
def take(number: str) -> ResponseReturnValue:
    review.take(current_staff(), number, now())
    return show_done(number, "taken")


@bp.route("/<number>/assign", methods=["GET", "POST"])
@staff(*DOERS)
@redisplays
def assign(number: str) -> ResponseReturnValue:
    desk = review.get_desk(current_staff(), number, now())
    check("assign", desk.standing)
    colleagues = review.list_takers(current_staff(), desk, now())
    form = AssignForm()
    meant = [person for person in colleagues if review.may_be_named(desk, person)]
    labels = {person.id: _("%(name)s: may be meant", name=person.name) for person in meant}
    names = [(str(person.id), labels.get(person.id, person.name)) for person in colleagues]
    form.to.choices = [("", _("choose")), *names, (NOBODY, _("nobody: back on the list"))]
    if form.validate_on_submit():
        chosen = next((person for person in colleagues if str(person.id) == form.to.data), None)
        review.assign(current_staff(), number, chosen, now())
        return redirect(url_for(".case", number=number, done="assigned"), 303)
    return render_template("staff/cases/assign.html", form=form, desk=desk, case=desk.case, meant=meant), form.status


@bp.route("/<number>/message", methods=["GET", "POST"])
@staff(*DOERS)
@redisplays
def message(number: str) -> ResponseReturnValue:
    form = MessageForm()
    if take_up("message", form, form.text, number):
        return show_case(number, message=form)
    if form.validate_on_submit():
        review.write_message(current_staff(), number, form.text.data, now())
        return show_done(number, "message")
    return show_case(number, message=form)


@bp.post("/<number>/message/read")
@staff(*DOERS)
def read(number: str) -> ResponseReturnValue:
    """What the citizen wrote needs no answer."""
    review.mark_read(current_staff(), number, now())
    return show_done(number, "read")


@bp.route("/<number>/correction", methods=["GET", "POST"])
@staff(*DOERS)
@redisplays
def correction(number: str) -> ResponseReturnValue:
    file = _open(number)
    form = correction_form(file.correctable, g.lang)
    if take_up("correction", form, form.text, number):
        return _show(file, correction=form)
    if form.validate_on_submit():
        corrections.ask_correction(current_staff(), number, form.reasons, form.text.data or "", now())
        return show_done(number, "correction")
    return _show(file, correction=form)


@bp.post("/<number>/correction/end")
@staff(*DOERS)
def end_correction(number: str) -> ResponseReturnValue:
    corrections.end_correction(current_staff(), number, now())
    return show_done(number, "correction_ended")


@bp.route("/<number>/decision", methods=["GET", "POST"])
@staff(*DOERS)
@redisplays
def decision(number: str) -> ResponseReturnValue:
    file = _open(number)
    form = decision_form(file.desk.passport.refusal_grounds, g.lang)
    if take_up("refusal", form, form.explanation, number):
        form.kind.data = "refuse"
        return _show(file, decision=form)
    if form.validate_on_submit():
        said = {"ground": form.ground.data or "", "explanation": form.explanation.data or ""}
        if "see" in request.form:
            return _show(file, decision=form, seen=decision_view.preview(file.desk, form.kind.data, **said))
        decisions.prepare(current_staff(), number, form.kind.data, now(), **said)
        return show_done(number, "prepared")
    return _show(file, decision=form)


@bp.post("/<number>/decision/drop")
@staff(*DOERS)
def drop(number: str) -> ResponseReturnValue:
    decisions.drop(current_staff(), number, now())
    return show_done(number, "dropped")


@bp.route("/<number>/sign", methods=["GET", "POST"])
@staff("head")
@fresh_factor
@redisplays
def sign(number: str) -> ResponseReturnValue:
    form = SignForm()
    if form.validate_on_submit():
        moment = now()
        try:
            issued_at = decisions.sign(
                current_staff(), number, int(form.decision.data), moment, shown=form.shown.data or ""
            )
        except PaperChanged:
            return show_case(number, changed=True)
        return show_done(number, "signed" if issued_at <= moment else "waits")
    file = _open(number)
    read = (form.decision.data, form.shown.data)
    return _show(file, changed=bool(form.restored) and not _is_still(file, *read), sign=form)


def _is_still(file: case_file.CaseFile, decision_id: str | None, shown: str | None) -> bool:
    """Whether what was read before a fresh proof was asked for is what is to be signed now."""
    decision, draft = file.desk.decision, file.draft
    return decision is not None and draft is not None and (str(decision.id), draft.fingerprint) == (decision_id, shown)


@bp.route("/<number>/check", methods=["GET", "POST"])
@staff(*DOERS)
@redisplays
def confirm_check(number: str) -> ResponseReturnValue:
    """What no register confirmed, by the paper that was seen."""
    form = SeenPaperForm(local(now()).date())
    if form.validate_on_submit():
        seen_papers.confirm_check(current_staff(), number, form.subject.data or "", form.paper, now())
        return show_done(number, "checked")
    return show_case(number, proof=form)


@bp.route("/<number>/wait", methods=["GET", "POST"])
@staff(*DOERS)
@redisplays
def keep_waiting(number: str) -> ResponseReturnValue:
    form = WaitForm()
    if form.validate_on_submit():
        review.keep_waiting(current_staff(), number, form.text.data or "", now())
        return show_done(number, "waiting")
    return show_case(number, wait=form)


@bp.route("/<number>/do/<action>", methods=["GET", "POST"])
@staff(*DOERS)
@redisplays
def act(number: str, action: str) -> ResponseReturnValue:
    """What only the procedure of this case has."""
    form = ActForm()
    form.sent_for(action)
    if form.validate_on_submit():
        try:
            review.act(current_staff(), number, action, form.text.data or "", now())
            return show_done(number, action)
        except TextNeeded:
            form.text_missing()
    return show_case(number, act=form)


def show_done(number: str, what: str) -> ResponseReturnValue:
    return redirect(url_for(".case", number=number, done=what), 303)


def _open(number: str, reveal: bool = False) -> case_file.CaseFile:
    return case_file.open_file(current_staff(), number, g.lang, now(), reveal)


def take_up(kind: str, form: Form, field: TextAreaField, number: str) -> bool:
    """Whether a ready text was asked for; then it stands in the field, after what was typed there."""
    wanted = request.form.get("ready", "")
    if "insert" not in request.form or not wanted.isdecimal() or not form.validate_token():
        return False
    text = ready_texts.fill_in_for(current_staff(), kind, int(wanted[:12]), number, now())
    field.data = "\n".join(filter(None, [(field.data or "").strip(), text]))
    return True


def show_case(
    number: str, reveal: bool = False, changed: bool = False, seen: str = "", **forms: Any
) -> ResponseReturnValue:
    return _show(_open(number, reveal), changed=changed, seen=seen, **forms)


def _show(file: case_file.CaseFile, changed: bool = False, seen: str = "", **forms: Any) -> ResponseReturnValue:
    """The page with every form that is open now; `forms` holds the one that was sent. `changed`: the paper is not the
    one that was to be signed; `seen`: the picture of a paper that somebody asked to see."""
    blank = _complaint_forms(file) if file.complaint else _application_forms(file)
    g.framed = any(document.media_type == "application/pdf" for document in file.documents)
    g.notices = file.beside.notices
    all_forms = {name: forms.get(name) or make() for name, make in blank.items()}
    if file.complaint:
        all_forms["extend"].offer(_extensions(file.complaint.extensions), file.complaint.proposed)
    sent = next(iter(forms.values()), None)
    page = render_template(
        "staff/cases/case.html", file=file, case=file.case, desk=file.desk, forms=all_forms, sent=sent,
        title=file.desk.passport.short_title.in_(g.lang),
        by_another=decisions.needs_another(file.desk.passport, now()), done=request.args.get("done", ""),
        correction_policy=corrections.policy(file.desk.passport, now().date()),
        issue_at=decisions.issue_moment(file.desk.passport, file.case, now()),
        sheet=decision_view.show(file), signers=decision_view.name_signers(file), changed=changed, seen=seen,
        nobody_left=decision_view.is_nobody_left(file),
        service_name=lambda service: context().passports.name(service, g.lang),
        field_name=lambda name: case_file.field_name(file.desk.passport, name, g.lang),
        reason_of=lambda code: reason(code, g.lang),
    )  # fmt: skip
    return page, 409 if changed else sent.status if sent is not None else 200


def _extensions(ways: dict[int, dt.datetime]) -> list[tuple[int, str]]:
    words = {days: ngettext("%(num)d working day", "%(num)d working days", days) for days in ways}
    return [
        (days, _("%(term)s: until %(day)s", term=words[days], day=format_date(due, g.lang)))
        for days, due in ways.items()
    ]


def _application_forms(file: case_file.CaseFile) -> dict[str, Callable[[], Any]]:
    return {
        "message": lambda: MessageForm(formdata=None),
        "correction": lambda: correction_form(file.correctable, g.lang, formdata=None),
        "decision": lambda: decision_view.prefilled(file),
        "note": lambda: NoteForm(formdata=None),
        "why": lambda: WhyForm(formdata=None),
        "sign": lambda: SignForm(formdata=None),
        "proof": lambda: SeenPaperForm(local(now()).date(), formdata=None),
        "wait": lambda: WaitForm(formdata=None),
        "act": lambda: ActForm(formdata=None),
    }


def _complaint_forms(file: case_file.CaseFile) -> dict[str, Callable[[], Any]]:
    return {
        "ask_complainant": lambda: AskComplainantForm(formdata=None),
        "ask_other_side": lambda: AskOtherSideForm(formdata=None),
        "note_reply": lambda: NoteReplyForm(formdata=None),
        "extend": lambda: ExtendForm(formdata=None),
        "answer": lambda: decision_view.written(file),
        "sign": lambda: SignForm(formdata=None),
        "why": lambda: WhyForm(formdata=None),
        "message": lambda: MessageForm(formdata=None),
        "note": lambda: NoteForm(formdata=None),
    }
