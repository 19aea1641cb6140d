"""What a body states after it granted an application; it disposes of nothing. Анықтама. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from ...kinds import Words
from ..paper_kind import PaperKind
from ..parts import Layout

_CERTIFICATE_NUMBER = Words(
    kk="Анықтаманың нөмірі",
    ru="Номер справки",
    en="Certificate number",
)


@dataclass(frozen=True)
class CertificateData:
    """Анықтама: what a body states after it granted an application.

    `certificate_number`: of the body's yearly series; `place`: the town; `statements`: what is certified;
    `title`: as the passport calls it.
    """

    number: str  # of the case
    body: str
    certificate_number: str
    place: str
    subject: str
    preamble: str
    statements: tuple[str, ...]
    signer_post: str
    signer_name: str
    title: str = ""


def lay(data: CertificateData, language: str, base_url: str) -> Layout:
    """Number, town and date; what it is about; on what grounds; what is certified; who signed."""
    return Layout(
        registered=(_CERTIFICATE_NUMBER.in_(language), f"№ {data.certificate_number}"),
        place=data.place,
        subject=data.subject,
        text=(data.preamble, *data.statements),
        signer=(data.signer_post, data.signer_name),
    )


KIND = PaperKind(
    id="certificate",
    title=Words(
        kk="Анықтама",
        ru="Справка",
        en="Certificate",
    ),
    name=Words(
        kk="Анықтама",
        ru="Справка",
        en="Certificate",
    ),
    data=CertificateData,
    lay=lay,
    sealed_at_once=True,
    decides=True,
)
