"""How a decision under way is shown on its case page: its paper, who may sign it, what was written before."""

from __future__ import annotations

import base64

from flask import g

from ...forms.complaint_work import AnswerForm
from ...forms.review import DecisionForm, decision_form
from ...services.office.case_file import CaseFile
from ...services.papers import drafts as paper_drafts
from ...services.papers.drafts import PaperDraft
from ...services.papers.sheets import Sheet
from ...services.review import drafts, set_aside
from ...services.review.desk import Desk
from ...web.access import current_staff
from ...web.clock import now
from ...web.outside import context
from ...web.sessions import session

MOST_READ = 60  # papers that a session knows to be read


def show(file: CaseFile) -> Sheet | None:
    """The paper of the decision under way; that whoever may sign it has seen it so is kept in their session."""
    if file.draft is None:
        return None
    if file.desk.decision is not None and "sign" in file.desk.actions:
        _note_read(file.desk.decision.id, file.draft.fingerprint)
    return paper_drafts.lay_draft(file.draft, context().settings.base_url)


def _note_read(decision_id: int, fingerprint: str) -> None:
    read = session.get("read", {})
    if read.get(str(decision_id)) != fingerprint:
        others = [(key, value) for key, value in read.items() if key != str(decision_id)]
        session["read"] = dict([*others, (str(decision_id), fingerprint)][-MOST_READ:])


def name_signers(file: CaseFile) -> list[str]:
    """Which heads may sign what one of them prepared: none of those whose decision was set aside."""
    before = set_aside.name_deciders(file.case) if _is_opened_again(file) else ()
    return [name for name in file.beside.body.heads if name != current_staff().name and name not in before]


def is_nobody_left(file: CaseFile) -> bool:
    """Whether the case is to be decided anew, and too few of its body had no part in the earlier decision."""
    return _is_opened_again(file) and not set_aside.can_decide(file.case, file.desk.passport, now())


def _is_opened_again(file: CaseFile) -> bool:
    return file.case.is_open and any(event.kind == "reopened" for event in file.events)


def prefilled(file: CaseFile) -> DecisionForm:
    """The empty form, or what was written for a decision that came to nothing."""
    form = decision_form(file.desk.passport.refusal_grounds, g.lang, formdata=None)
    earlier = file.beside.earlier
    if earlier is not None:
        form.kind.data, form.ground.data, form.explanation.data = earlier.kind, earlier.ground, earlier.explanation
    return form


def written(file: CaseFile) -> AnswerForm:
    """The empty form of an answer, or what a head has handed back."""
    form, draft = AnswerForm(formdata=None), file.desk.get_complaint().draft
    if draft:
        form.outcome.data, form.reasons.data = draft["outcome"], draft["reasons"]
        form.remedy.data, form.anew.data = draft["remedy"], draft["anew"]
    return form


def preview(desk: Desk, kind: str, ground: str, explanation: str) -> str:
    """The paper that this decision would end in, as a picture inside the page; "" where there is none."""
    draft = drafts.draft_grant(desk, now()) if kind == "grant" else None
    draft = draft or drafts.draft_refusal(desk, ground, explanation, now())
    return picture(draft) if draft is not None else ""


def picture(draft: PaperDraft) -> str:
    """The draft as an address that holds its picture: what is not prepared yet stands nowhere else."""
    drawn = paper_drafts.draw_picture(draft, context().settings.base_url)
    return "data:image/png;base64," + base64.b64encode(drawn).decode()
