"""Issued papers: for their owner as a page and a PDF, for anyone who holds one the answer whether it is genuine."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Blueprint, Response, abort, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from ..services.cases import timeline
from ..services.complaints import court as complaint_court
from ..services.identity import limits
from ..services.local_time import local
from ..services.papers import issuing, sealed_files
from ..services.papers.paper_kinds import PAPERS
from ..services.records import audit
from ..web import clock
from ..web.access import complainant, current_account, public
from ..web.errors import error_page
from ..web.files import file_response
from ..web.language import LANG_PREFIX
from ..web.outside import caller_address, context, gateways

if TYPE_CHECKING:
    from ..models import Paper

bp = Blueprint("papers", __name__, url_prefix=LANG_PREFIX)


@bp.get("/cabinet/<number>/papers/<code>")
@complainant
def paper(number: str, code: str) -> ResponseReturnValue:
    paper = _open(number, code)
    sheet = issuing.lay_sheet(paper, context().settings.base_url)
    return render_template("papers/paper.html", paper=paper, sheet=sheet, qr=issuing.draw_qr(sheet))


@bp.get("/cabinet/<number>/papers/<code>.pdf")
@complainant
def pdf(number: str, code: str) -> ResponseReturnValue:
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        abort(403)  # no other site starts a download of somebody's paper
    paper = _open(number, code)
    response = Response(sealed_files.get_pdf(paper, _desk(), clock.now()), mimetype="application/pdf")
    name = f"{PAPERS.get(paper.kind).title.in_(paper.language)} {number}.pdf"
    plain = f"{paper.kind}-{number}.pdf"
    response.headers["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@bp.get("/cabinet/<number>/papers/<code>.png")
@complainant
def thumbnail(number: str, code: str) -> ResponseReturnValue:
    """The shape of a paper, beside its name: nothing can be read in it, so looking at it is no reading."""
    paper = issuing.get_paper(current_account().id, number, code)
    drawn = issuing.draw_thumbnail(paper, context().settings.base_url)
    return file_response(drawn, "image/png", f"{paper.kind}-{number}.png", inline=True)


@bp.get("/cabinet/<number>/court.pdf")
@complainant
def court(number: str) -> ResponseReturnValue:
    """Everything of a complaint for the court, as one file."""
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        abort(403)
    case = timeline.get_case(current_account(), number)
    passport = context().passports.edition(case.service, case.edition)
    pdf = complaint_court.print_for_court(case, passport, g.lang, _desk(), clock.now())
    response = Response(pdf, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="court-{number}.pdf"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@bp.get("/verify/<code>")
@public
def verify(code: str) -> ResponseReturnValue:
    limits.hit("papers checked by an address", limits.network(caller_address()), clock.now())
    try:
        standing = issuing.check_paper(code)
    except issuing.PaperNotFound:
        return render_template("papers/unknown.html"), 404
    state = standing.state_on(local(clock.now()).date())
    return render_template("papers/verify.html", standing=standing, state=state)


def _open(number: str, code: str) -> Paper:
    """The reader's own paper; that it was read goes on record."""
    me = f"account:{current_account().id}"
    paper = issuing.get_paper(current_account().id, number, code)
    audit.record(me, "view_paper", f"paper:{paper.id}", clock.now())
    return paper


def _desk() -> sealed_files.SealingDesk:
    outside = gateways()
    return sealed_files.SealingDesk(outside.seal, outside.storage, context().settings.base_url)


@bp.app_errorhandler(sealed_files.SealUnfit)
@bp.app_errorhandler(sealed_files.StorageDown)
def no_file_now(error: Exception) -> ResponseReturnValue:
    current_app.logger.error("papers: %s: %s", type(error).__name__, error)
    return error_page(503)


@bp.app_errorhandler(complaint_court.TooEarly)
def too_early(error: complaint_court.TooEarly) -> ResponseReturnValue:
    return error_page(409)


@bp.app_errorhandler(issuing.PaperNotFound)
def no_such_paper(error: issuing.PaperNotFound) -> ResponseReturnValue:
    return error_page(
        404, advice=_l("There is no such paper in your cabinet. Open the case and choose the paper there.")
    )
