"""The files of papers: a PDF under the organisation's seal, made once, kept for good, the same bytes for everybody.

Orders and letters are sealed by the worker as soon as they are issued, other papers when they are first asked for.
Nothing here belongs inside a transaction: drawing, sealing and storing take their time.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from ...db import db
from ...gateways.seal import Seal, SealUnfit
from ...gateways.storage import Storage, StorageDown
from ...models import Case, Organisation, Paper, SealedPaper
from ..jobs import rows as jobs
from ..keys import loose, vault
from .issuing import render_pdf
from .paper_kinds import PAPERS

__all__ = ["PaperDamaged", "SealUnfit", "SealingDesk", "StorageDown", "get_pdf", "seal_waiting"]

A_ROUND = 10  # papers that the worker seals before it looks at its other jobs


class PaperDamaged(Exception):
    """The file that was kept is not the one that was sealed."""


@dataclass(frozen=True)
class SealingDesk:
    """What it takes to make a paper's file. `base_url`: as printed beside the QR, no slash at its end."""

    seal: Seal
    storage: Storage
    base_url: str


def get_pdf(paper: Paper, desk: SealingDesk, now: dt.datetime) -> bytes:
    """The paper's sealed PDF. Raises SealUnfit, StorageDown, and where the store was tampered with PaperDamaged or
    SealBroken."""
    kept = SealedPaper.get_or_none(SealedPaper.paper == paper)
    if kept is None or kept.sealed_at is None:
        kept = _make(paper, desk, now)
    pdf = vault.fetch(desk.storage, kept)
    if hashlib.sha256(pdf).hexdigest() != kept.sha256:
        raise PaperDamaged(paper.code)
    return pdf


def seal_waiting(desk: SealingDesk, now: dt.datetime) -> int:
    """Seal papers that wait for it, oldest first; how many. Raises SealUnfit, StorageDown: then they wait on."""
    waiting = (
        SealedPaper.select(SealedPaper, Paper, Case, Organisation)
        .join(Paper)
        .join(Case)
        .join(Organisation)
        .where(SealedPaper.sealed_at.is_null(), jobs.waiting("seal_papers", SealedPaper.id, now))
        .order_by(SealedPaper.id)
        .limit(A_ROUND)
    )
    return jobs.work_through(
        "seal_papers", list(waiting), lambda row: _make(row.paper, desk, now), now, stop_at=(SealUnfit, StorageDown)
    )


def _make(paper: Paper, desk: SealingDesk, now: dt.datetime) -> SealedPaper:
    """Draw, seal and keep. Of several at once the first one's file counts, the others' are thrown away."""
    reason = PAPERS.get(paper.kind).title.in_(paper.language)
    pdf = desk.seal.put_under(render_pdf(paper, desk.base_url), reason, now)
    sealed = vault.new_seal()
    loose.note(sealed, now)
    vault.put(desk.storage, sealed, pdf)
    facts = {"size": len(pdf), "sha256": hashlib.sha256(pdf).hexdigest(), "sealed_by": desk.seal.holder}
    with db.atomic():
        SealedPaper.insert(paper=paper).on_conflict_ignore().execute()
        unsealed = (SealedPaper.paper == paper) & SealedPaper.sealed_at.is_null()
        first = SealedPaper.update(**vars(sealed), **facts, sealed_at=now).where(unsealed).execute()
        if first:
            loose.claim(sealed, now)
    if not first:
        loose.discard(desk.storage, sealed)
    return SealedPaper.get(SealedPaper.paper == paper)
