"""Issued papers: receipts, notices, referrals. Kept as snapshots, found by their code, drawn as a page and as a PDF."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import asdict, dataclass
from typing import Any

import cachetools
import segno
from markupsafe import Markup

from ...models import Case, Paper, SealedPaper
from .. import languages, numbers
from ..local_time import local
from . import sheets
from .paper_kind import PaperData, snapshot
from .paper_kinds import PAPERS
from .sheets import Sheet
from .typesetting import picture, thumbnail, typeset


class PaperNotFound(LookupError):
    """There is no such paper, or it is not this person's."""


@dataclass(frozen=True)
class PaperStanding:
    """What is genuine about a paper, and nothing about people. `state`: in_force, replaced, withdrawn."""

    code: str
    kind: str
    number: str
    incoming_number: str
    body: dict[str, str]  # the body's name by language
    issued_at: dt.datetime
    state: str
    ended_at: dt.datetime | None = None
    replaced_by: str | None = None  # the code of the newer paper
    replaced_by_kind: str | None = None
    queue_number: int | None = None  # as printed on the paper
    valid_until: dt.date | None = None  # its last day, as printed on the paper
    sealed_by: str = ""  # whose seal the PDF bears; "" until it is sealed
    sealed_at: dt.datetime | None = None
    sha256: str = ""  # of the PDF

    def state_on(self, day: dt.date) -> str:
        """The state on a day: "ended" once the paper's own last day has passed and nothing ended it before."""
        if self.valid_until is None or self.valid_until >= day or self.state == "replaced":
            return self.state
        ended_before = self.ended_at is not None and local(self.ended_at).date() <= self.valid_until
        return self.state if ended_before else "ended"


def issue_paper(case: Case, kind: str, data: PaperData, now: dt.datetime, language: str) -> Paper:
    """Issue a paper, inside the caller's transaction. An earlier one of the same kind and case is replaced by it.

    It also replaces what its kind replaces: a referral the queue notice, the child has a place. Raises TypeError when
    data and kind differ, UnknownKind.
    """
    said = PAPERS.get(kind)
    if type(data) is not said.data:
        raise TypeError(f"a {kind} says {said.data.__name__}, not {type(data).__name__}")
    _end(case, (kind, *said.replaces), now)
    paper = Paper.create(
        code=numbers.new_code(8),
        case=case,
        kind=kind,
        language=language,
        data=snapshot(data),
        issued_at=now,
    )
    if said.sealed_at_once:
        SealedPaper.create(paper=paper)  # the worker finds it there
    return paper


def withdraw_papers(case: Case, now: dt.datetime) -> int:
    """End what ends with a case that was withdrawn; how many. Inside the caller's transaction."""
    return _end(case, tuple(kind.id for kind in PAPERS if kind.ends_with_case), now)


def end_decision(case: Case, now: dt.datetime) -> int:
    """End the decision of a case that is decided anew; how many. Inside the caller's transaction."""
    return _end(case, decisions(), now)


def decisions() -> tuple[str, ...]:
    """The kinds of paper that decide a case."""
    return tuple(kind.id for kind in PAPERS if kind.decides)


def _end(case: Case, kinds: tuple[str, ...], now: dt.datetime) -> int:
    live = (Paper.case == case) & Paper.kind.in_(kinds) & Paper.replaced_at.is_null()
    return Paper.update(replaced_at=now).where(live).execute()


def list_papers(case: Case) -> list[Paper]:
    """The case's papers, newest first, the replaced ones too."""
    return list(Paper.select().where(Paper.case == case).order_by(Paper.issued_at.desc(), Paper.id.desc()))


def get_paper(account_id: int, number: str, code: str) -> Paper:
    """A paper of one's own case. Raises PaperNotFound, alike for a wrong code and for somebody else's paper."""
    paper = (
        Paper.select(Paper, Case)
        .join(Case)
        .where(Paper.code == numbers.normalise_code(code), Case.number == number, Case.account == account_id)
        .first()
    )
    if paper is None:
        raise PaperNotFound(code)
    return paper


def get_paper_of_case(case: Case, code: str) -> Paper:
    """A paper of a case that somebody may look into. Raises PaperNotFound."""
    paper = Paper.get_or_none(Paper.code == numbers.normalise_code(code), Paper.case == case)
    if paper is None:
        raise PaperNotFound(code)
    return paper


def check_paper(code: str) -> PaperStanding:
    """What a stranger who holds the code may know of a paper. Raises PaperNotFound."""
    paper = Paper.select(Paper, Case).join(Case).where(Paper.code == numbers.normalise_code(code)).first()
    if paper is None:
        raise PaperNotFound(code)
    newer = _newer(paper)
    file = SealedPaper.get_or_none(SealedPaper.paper == paper) or SealedPaper()
    withdrawn = PAPERS.get(paper.kind).ends_with_case and paper.case.state == "withdrawn"
    state = "replaced" if newer else "withdrawn" if withdrawn or paper.replaced_at else "in_force"
    until = paper.data.get("valid_until")
    return PaperStanding(
        code=paper.code,
        kind=paper.kind,
        number=paper.case.number,
        incoming_number=paper.case.incoming_number,
        body={language: getattr(paper.case.body, f"name_{language}") for language in languages.LANGUAGES},
        issued_at=paper.issued_at,
        state=state,
        ended_at=paper.replaced_at,
        replaced_by=newer.code if newer else None,
        replaced_by_kind=newer.kind if newer else None,
        queue_number=paper.data.get("queue_number"),
        valid_until=dt.date.fromisoformat(until) if until else None,
        sealed_by=file.sealed_by,
        sealed_at=file.sealed_at,
        sha256=file.sha256,
    )


def _newer(paper: Paper) -> Paper | None:
    if paper.replaced_at is None:
        return None
    kinds = (paper.kind, *(kind.id for kind in PAPERS if paper.kind in kind.replaces))
    later = (Paper.case == paper.case_id) & Paper.kind.in_(kinds) & (Paper.id > paper.id)
    return Paper.select().where(later).order_by(Paper.id).first()


def lay_sheet(paper: Paper, base_url: str) -> Sheet:
    """The paper laid out, for the page and for the PDF alike. `base_url`: no slash at its end."""
    return sheets.lay(paper.kind, paper.data, paper.language, paper.code, paper.issued_at, base_url)


def make_qr(url: str) -> segno.QRCode:
    """The QR of an address: the smallest one, then the best correction that still fits it."""
    return segno.make(url, error="l", boost_error=True, micro=False)


def draw_qr(sheet: Sheet, pixels: int = 168) -> str:
    """The sheet's QR as SVG for its page, with the quiet zone around it; markup of our own, safe to show as it is."""
    size = Markup(' role="img" width="{0}" height="{0}" aria-label="{1}"').format(pixels, sheet.qr_label)
    drawn = make_qr(sheet.verify_url).svg_inline(border=4, omitsize=True, svgclass=None, lineclass=None)
    return Markup(drawn[:4]) + size + Markup(drawn[4:])  # noqa: S704 - segno's own output


def render_pdf(paper: Paper, base_url: str) -> bytes:
    """The paper as PDF/A-2a. The same paper gives the same bytes; only the font shipped with the code is used."""
    return typeset("paper.typ", prepare(lay_sheet(paper, base_url), paper.issued_at), ["a-2a"])


def draw_picture(paper: Paper, base_url: str) -> bytes:
    """The paper as a PNG, its pages one below the other."""
    return picture("paper.typ", prepare(lay_sheet(paper, base_url), paper.issued_at))


@cachetools.cached(cachetools.LRUCache(1000), key=lambda paper, base_url: paper.code, lock=threading.Lock())
def draw_thumbnail(paper: Paper, base_url: str) -> bytes:
    """The first page of the paper as a small PNG; a paper never changes, so it is drawn once in a process."""
    return thumbnail("paper.typ", prepare(lay_sheet(paper, base_url), paper.issued_at))


def prepare(laid: Sheet, issued_at: dt.datetime) -> dict[str, Any]:
    """The sheet as the template of papers takes it."""
    sheet = asdict(laid)
    issued = issued_at.astimezone(dt.UTC)  # typst writes it with a Z behind
    sheet["date"] = [issued.year, issued.month, issued.day, issued.hour, issued.minute, issued.second]
    sheet["qr"] = make_qr(sheet["verify_url"]).svg_inline(border=0, omitsize=True, svgclass=None, lineclass=None)
    return sheet
