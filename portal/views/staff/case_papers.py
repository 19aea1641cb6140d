"""The papers of a case on the desk: issued ones, and the draft of what will be issued; part of the case pages."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from ...services.office import case_papers
from ...services.papers import drafts, issuing, sealed_files
from ...web.access import current_staff, staff
from ...web.clock import now
from ...web.files import file_response
from ...web.outside import context, gateways
from .cases import READERS, bp

PNG, PDF = "image/png", "application/pdf"


@bp.get("/<number>/draft.png")
@staff(*READERS)
def draft_picture(number: str) -> ResponseReturnValue:
    """The paper as it will be, to be looked at in the page."""
    draft = case_papers.open_draft(current_staff(), number, now())
    return file_response(drafts.draw_picture(draft, _base()), PNG, f"draft-{number}.png", inline=True)


@bp.get("/<number>/draft.pdf")
@staff(*READERS)
def draft_pdf(number: str) -> ResponseReturnValue:
    """The same to be saved, or read out by a reading program."""
    draft = case_papers.open_draft(current_staff(), number, now())
    return file_response(drafts.draw_pdf(draft, _base()), PDF, f"draft-{number}.pdf")


@bp.get("/<number>/papers/<code>.png")
@staff(*READERS)
def paper_picture(number: str, code: str) -> ResponseReturnValue:
    """An issued paper, to be looked at in the page."""
    paper = case_papers.open_paper(current_staff(), number, code, now())
    return file_response(issuing.draw_picture(paper, _base()), PNG, f"{paper.kind}-{number}.png", inline=True)


@bp.get("/<number>/papers/<code>.pdf")
@staff(*READERS)
def paper_file(number: str, code: str) -> ResponseReturnValue:
    """Its sealed file."""
    paper = case_papers.open_paper(current_staff(), number, code, now())
    outside = gateways()
    desk = sealed_files.SealingDesk(outside.seal, outside.storage, _base())
    return file_response(sealed_files.get_pdf(paper, desk, now()), PDF, f"{paper.kind}-{number}.pdf")


def _base() -> str:
    return context().settings.base_url
