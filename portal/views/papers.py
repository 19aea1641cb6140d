"""Issued papers: for their owner as a page and a PDF, for anyone who holds one the answer whether it is genuine."""

from urllib.parse import quote

from flask import Blueprint, Response, current_app, render_template, request
from flask_babel import lazy_gettext as _l

from ..services import limits, paper_texts, papers
from ..web import clock
from ..web.access import citizen, current_account, public
from ..web.errors import error_page
from ..web.language import LANG_PREFIX

bp = Blueprint("papers", __name__, url_prefix=LANG_PREFIX)


@bp.get("/cabinet/<number>/papers/<code>")
@citizen
def paper(number: str, code: str):
    paper = papers.get_paper(current_account().id, number, code)
    sheet = papers.lay_sheet(paper, current_app.extensions["settings"].base_url)
    return render_template("papers/paper.html", paper=paper, sheet=sheet, qr=papers.draw_qr(sheet))


@bp.get("/cabinet/<number>/papers/<code>.pdf")
@citizen
def pdf(number: str, code: str):
    paper = papers.get_paper(current_account().id, number, code)
    response = Response(
        papers.render_pdf(paper, current_app.extensions["settings"].base_url), mimetype="application/pdf"
    )
    name = f"{paper_texts.title(paper.kind, paper.language)} {number}.pdf"
    plain = f"{paper.kind}-{number}.pdf"
    response.headers["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@bp.get("/verify/<code>")
@public
def verify(code: str):
    limits.hit("papers checked by an address", request.remote_addr or "", clock.now())
    try:
        standing = papers.check_paper(code)
    except papers.PaperNotFound:
        return render_template("papers/unknown.html"), 404
    return render_template("papers/verify.html", standing=standing, title=paper_texts.title)


@bp.app_errorhandler(papers.PaperNotFound)
def no_such_paper(error: papers.PaperNotFound):
    return error_page(
        404, advice=_l("There is no such paper in your cabinet. Open the case and choose the paper there.")
    )
