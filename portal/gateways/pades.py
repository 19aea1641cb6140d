"""PAdES by pyHanko: a PDF signed with the key of a PKCS#12 file. Imported on its first use only: see seal.py."""

from __future__ import annotations

import asyncio
import io
from dataclasses import dataclass

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner

DIGEST = "sha256"
SPARE = 128  # bytes: the signature value of an elliptic curve differs by a few bytes from one time to the next


@dataclass(frozen=True)
class Signer:
    """A loaded key with its certificates; `room`: how many hexadecimal digits its signatures take in a PDF."""

    keys: SimpleSigner
    room: int


def load(pkcs12: bytes, password: str) -> Signer:
    """The key and its certificates. Raises ValueError when the file or its password is wrong."""
    keys = SimpleSigner.load_pkcs12_data(pkcs12, other_certs=[], passphrase=password.encode())
    if keys is None:
        raise ValueError("not a PKCS#12 file, or not its password")
    sample = asyncio.run(keys.async_sign(b"\0" * 32, DIGEST, use_pades=True, dry_run=True))
    return Signer(keys, 2 * (len(sample.dump()) + SPARE))


def sign(pdf: bytes, signer: Signer, reason: str) -> bytes:
    """The PDF with an invisible certifying signature (baseline B) as an incremental update: what it was stays in it."""
    metadata = PdfSignatureMetadata(
        field_name="Seal",
        reason=reason,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    signed = io.BytesIO()
    PdfSigner(metadata, signer.keys).sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(pdf)), output=signed, bytes_reserved=signer.room
    )
    return signed.getvalue()
