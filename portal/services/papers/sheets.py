"""How papers are laid on a sheet: the one shape that page and PDF draw. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from .. import languages
from ..kinds import Words
from .labels import ISSUED
from .paper_kinds import PAPERS
from .parts import Layout, Line
from .printable import make_printable

_CODE = Words(
    kk="Құжаттың коды",
    ru="Код документа",
    en="Paper code",
)
_QR = Words(
    kk="Құжатты тексеру мекенжайы бар QR-код",
    ru="QR-код с адресом проверки",
    en="QR code for checking",
)
_VERIFY = Words(
    kk="Құжат электрондық түрде жасалды. Оның түпнұсқа екенін тексеру үшін QR-кодты сканерлеңіз немесе мына мекенжайды "
    "ашыңыз:",
    ru="Документ создан в электронном виде. Чтобы проверить его подлинность, отсканируйте QR-код или откройте адрес:",
    en="This paper was made electronically. To check that it is genuine, scan the QR code or open this address:",
)


@dataclass(frozen=True)
class Sheet:
    """A paper laid out, everything in its language and ready to draw. `layout` holds what its kind says."""

    language: str
    title: str
    body: str
    number: Line  # of the case
    issued: Line
    layout: Layout
    code: Line
    verify: str
    verify_url: str
    qr_label: str
    draft: str = ""  # what stands across a sheet that is not issued yet


def verify_url(base_url: str, language: str, code: str) -> str:
    """The address that the paper's QR opens."""
    return f"{base_url}/{language}/verify/{code}"


def lay(kind_id: str, kept: dict[str, Any], language: str, code: str, issued_at: dt.datetime, base_url: str) -> Sheet:
    """The sheet of a paper, everything on it printable.

    `issued_at`: aware; `base_url`: the portal's public address, no slash at its end. Raises UnknownKind.
    """
    kind = PAPERS.get(kind_id)
    data = kind.read(kept)
    sheet = Sheet(
        language=language,
        title=getattr(data, "title", "") or kind.title.in_(language),
        body=data.body,
        number=(kind.number_label.in_(language), data.number),
        issued=(ISSUED.in_(language), languages.format_date(issued_at, language)),
        layout=kind.lay(data, language, base_url),
        code=(_CODE.in_(language), code),
        verify=_VERIFY.in_(language),
        verify_url=verify_url(base_url, language, code),
        qr_label=_QR.in_(language),
    )
    return make_printable(sheet)
