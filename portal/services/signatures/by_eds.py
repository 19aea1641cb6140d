"""Signing with an EDS: the signature is checked first, outside of any transaction, then used once, inside."""

from __future__ import annotations

import base64
import datetime as dt
import json
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from ...models import Account, EdsEvidence, Signature, SigningRequest
from ..eds.certificates import Certificate, read_certificate
from ..eds.chain import Anchors
from ..eds.checking import RULES, Answered, Checked, Revocation
from ..eds.files import check_file
from ..eds.problems import SignatureRefused
from ..eds.revocation import Question, judge
from ..identity import limits
from ..records import audit
from .text_hash import text_hash
from .verifying import Verifier

Way = Literal["eds_file", "ncalayer", "egov_mobile"]


@dataclass(frozen=True)
class SignedByEds:
    """A signature that holds, of a manifest that was prepared; made by `receive`."""

    request: SigningRequest
    checked: Checked
    cms: bytes
    way: Way
    revocation: Revocation
    method: ClassVar[str] = "eds"

    def prove(self, text: str, now: dt.datetime) -> dict[str, Any]:
        """Use it up. In the caller's transaction. Raises SignatureRefused."""
        used = SigningRequest.delete().where(
            SigningRequest.id == self.request.id,
            SigningRequest.text_hash == text_hash(text),
            SigningRequest.expires_at > now,
        )
        if not used.execute():
            raise SignatureRefused("outdated")
        signer = self.checked.chain[0]
        return {
            "way": self.way,
            "algorithm": self.checked.algorithm,
            "certificate": f"{signer.serial:x}",
            "name": self.checked.name,
            "organisation": self.checked.organisation,
            "bin": self.checked.bin,
            "asked": bool(self.checked.answers),
        }

    def keep(self, signature: Signature, now: dt.datetime) -> None:
        """Beside the signature, everything that it takes to check it again. In the same transaction."""
        EdsEvidence.create(
            signature=signature,
            nonce=json.loads(self.request.manifest)["nonce"],
            manifest=self.request.manifest,
            cms=_base64(self.cms),
            chain=[_base64(each.der) for each in self.checked.chain],
            answers=[
                {"serial": f"{each.serial:x}", "nonce": each.nonce.hex(), "response": _base64(each.response)}
                for each in self.checked.answers
            ],
            revocation=self.revocation,
            checked_at=now,
        )


def receive(
    verifier: Verifier, account: Account, request: SigningRequest | None, cms: bytes, way: Way, now: dt.datetime
) -> SignedByEds:
    """Check what came as the signature of a prepared manifest. Whatever is refused is recorded.

    Not to be called in a transaction. Raises SignatureRefused and LimitReached.
    """
    limits.hit("signatures of a person", account.iin, now)
    try:
        return _receive(verifier, account, request, cms, way, now)
    except SignatureRefused as refused:
        record_refusal(account, refused, way, now)
        raise


def record_refusal(account: Account, refused: SignatureRefused, way: Way, now: dt.datetime) -> None:
    """On record: who tried, and why it was not taken."""
    audit.record(
        f"account:{account.id}", "signature_refused", f"account:{account.id}", now, problem=refused.problem, way=way
    )


def _receive(
    verifier: Verifier, account: Account, request: SigningRequest | None, cms: bytes, way: Way, now: dt.datetime
) -> SignedByEds:
    if request is None:
        raise SignatureRefused("outdated")
    try:
        checked = verifier.check(cms, request.manifest.encode(), now)
    except SignatureRefused as refused:
        if refused.problem in ("wrong_digest", "other_content"):
            raise SignatureRefused("replayed" if _was_used(cms) else refused.problem) from None
        raise
    if checked.iin != account.iin:
        raise SignatureRefused("borrowed")
    return SignedByEds(request, checked, cms, way, verifier.revocation)


def _was_used(cms: bytes) -> bool:
    return EdsEvidence.select().where(EdsEvidence.cms == _base64(cms)).exists()


def check_again(evidence: EdsEvidence, signer_iin: str) -> Checked:
    """The same check from what was kept, without any network. Raises SignatureRefused."""
    chain = [read_certificate(base64.b64decode(each)) for each in evidence.chain]
    kept = {
        int(each["serial"], 16): Answered(
            int(each["serial"], 16), bytes.fromhex(each["nonce"]), base64.b64decode(each["response"])
        )
        for each in evidence.answers
    }

    def from_kept(certificate: Certificate, issuer: Certificate, moment: dt.datetime) -> Answered:
        answered = kept.get(certificate.serial)
        if answered is None:
            raise SignatureRefused("no_answer")
        judge(Question(certificate, issuer, answered.nonce), answered.response, moment)
        return answered

    cms, content = base64.b64decode(evidence.cms), evidence.manifest.encode()
    anchors = Anchors(tuple(chain[-1:]))
    rule = next(each for each in RULES if each == evidence.revocation)
    checked = check_file(cms, content, anchors, evidence.checked_at, rule, from_kept)
    if checked.iin != signer_iin:
        raise SignatureRefused("borrowed")
    return checked


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
