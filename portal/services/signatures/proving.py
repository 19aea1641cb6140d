"""Checking again what was signed: the same result as on that day, without any network."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from ...models import Case, EdsEvidence, Signature
from ..eds.certificates import Certificate
from ..eds.problems import SignatureRefused
from .by_eds import check_again
from .text_hash import text_hash


@dataclass(frozen=True)
class Proof:
    """One signature of a case: whether it holds still, and in words what it is or why it does not."""

    holds: bool
    words: str
    manifest: str = ""


def check_case(case: Case, trusted: Sequence[Certificate] | None = None) -> list[Proof]:
    """Every signature of the case, the oldest first. `trusted`: anchors that alone count; without them, the one of that
    day."""
    rows = Signature.select().where(Signature.case == case).order_by(Signature.id)
    return [_check(row, trusted) for row in rows]


def _check(row: Signature, trusted: Sequence[Certificate] | None) -> Proof:
    if text_hash(row.text) != row.text_hash:
        return Proof(False, f"{row.method}: the text was changed")
    if row.method != "eds":
        return Proof(True, f"{row.method}: signed {row.signed_at:%Y-%m-%d %H:%M} UTC by IIN {row.signer_iin}")
    evidence = EdsEvidence.get_or_none(EdsEvidence.signature == row)
    if evidence is None:
        return Proof(False, "eds: the evidence is missing")
    try:
        checked = check_again(evidence, row.signer_iin)
    except SignatureRefused as refused:
        return Proof(False, f"eds: refused: {refused}", evidence.manifest)
    if trusted is not None and checked.chain[-1] not in trusted:
        return Proof(False, "eds: refused: its authority is not trusted any more", evidence.manifest)
    if "\n".join(_shown(evidence.manifest)) != row.text:
        return Proof(False, "eds: another text was signed than the one that is kept", evidence.manifest)
    asked = "not revoked" if checked.answers else "revocation not asked"
    words = f"eds: {checked.algorithm}, IIN {checked.iin}, {asked}, checked {evidence.checked_at:%Y-%m-%d %H:%M} UTC"
    return Proof(True, words, evidence.manifest)


def _shown(manifest: str) -> list[str]:
    return list(json.loads(manifest)["text"])
