"""Papers before they are issued: set by the code that will seal them, marked as drafts, told apart by a fingerprint.

Who signs sees what will stand on the paper; the fingerprint of what was shown goes with the signature.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from dataclasses import dataclass

from ..kinds import Words
from . import sheets
from .issuing import prepare
from .paper_kind import PaperData, snapshot
from .sheets import Sheet
from .typesetting import picture, typeset

NO_NUMBER = "____"  # a paper gets its number in the body's books when it is issued
_ACROSS = Words(kk="ЖОБА", ru="ПРОЕКТ", en="DRAFT")
_NOT_ISSUED = Words(
    kk="Бұл – жоба: құжат әлі берілген жоқ. Нөмірі, күні және тексеру коды құжат берілгенде қойылады.",
    ru="Это проект: документ ещё не выдан. Номер, дата и код проверки появятся при выдаче.",
    en="This is a draft: the paper is not issued yet. It gets its number, date and check code when it is issued.",
)


@dataclass(frozen=True)
class PaperDraft:
    """What a paper will say. `at`: when it was drawn."""

    kind: str
    language: str
    data: PaperData
    at: dt.datetime

    @property
    def fingerprint(self) -> str:
        """SHA-256 of everything that it says, but for number, date and code, which come when it is issued."""
        said = json.dumps([self.kind, self.language, snapshot(self.data)], sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(said.encode()).hexdigest()


def lay_draft(draft: PaperDraft, base_url: str) -> Sheet:
    """The draft laid out. `base_url`: no slash at its end."""
    laid = sheets.lay(draft.kind, snapshot(draft.data), draft.language, "", draft.at, base_url)
    across, below = _ACROSS.in_(draft.language), _NOT_ISSUED.in_(draft.language)
    return dataclasses.replace(laid, verify_url=base_url, draft=across, verify=below)


def draw_picture(draft: PaperDraft, base_url: str) -> bytes:
    """It as a PNG, its pages one below the other."""
    return picture("paper.typ", prepare(lay_draft(draft, base_url), draft.at))


def draw_pdf(draft: PaperDraft, base_url: str) -> bytes:
    """It as a PDF without a seal, that reading programs can read out."""
    return typeset("paper.typ", prepare(lay_draft(draft, base_url), draft.at), ["a-2a"])
