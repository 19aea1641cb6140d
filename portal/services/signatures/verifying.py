"""Whose EDS this portal takes, by its settings, and the check by these rules."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from ...config import EdsSettings
from ...gateways.ocsp import OcspClient
from ..eds.chain import Anchors, AnchorsWrong, load_anchors
from ..eds.checking import Checked, Revocation
from ..eds.files import check_file
from .authorities import Authorities


@dataclass(frozen=True)
class Verifier:
    """Without anchors it takes nobody's."""

    anchors: Anchors
    revocation: Revocation
    authorities: Authorities

    @property
    def takes_eds(self) -> bool:
        """May one sign with an EDS here?"""
        return bool(self.anchors.certificates)

    def check(self, data: bytes, content: bytes, now: dt.datetime) -> Checked:
        """A signature of this content that arrives now. Not to be called in a transaction. Raises SignatureRefused."""
        return check_file(data, content, self.anchors, now, self.revocation, self.authorities)


def closed(anchors: Anchors, revocation: Revocation) -> Verifier:
    """One that asks no authority."""
    return Verifier(anchors, revocation, Authorities(OcspClient(())))


def make_verifier(settings: EdsSettings, demo: bool) -> Verifier:
    """Raises chain.AnchorsWrong where the folder of anchors cannot be used, or holds a demo authority in production."""
    anchors = load_anchors(settings.anchors) if settings.anchors is not None else Anchors(())
    if not demo and any(b"DEMO" in each.subject for each in anchors.certificates):
        raise AnchorsWrong(f"{settings.anchors}: a demo authority, which production does not trust")
    return Verifier(anchors, settings.revocation, Authorities(OcspClient(settings.hosts)))
