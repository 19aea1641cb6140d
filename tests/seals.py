"""For tests: seals of any kind, as an operator would bring them in a PKCS#12 file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

PASSWORD = "құпиясөз"
ORGANISATION = "Орал қаласының № 14 мектебі"


def make_seal(
    folder: Path,
    *,
    signs_documents: bool = True,
    until: dt.datetime = dt.datetime(2040, 1, 1, tzinfo=dt.UTC),
    with_rsa: bool = False,
) -> Path:
    """A self-signed seal of an organisation; its file is locked with PASSWORD."""
    key = rsa.generate_private_key(65537, 2048) if with_rsa else ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, "Мөр"), x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANISATION)]
    )
    usage = x509.KeyUsage(True, signs_documents, False, False, False, False, False, False, False)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
        .not_valid_after(until)
        .add_extension(usage, critical=True)
        .sign(key, SHA256())
    )
    locked = BestAvailableEncryption(PASSWORD.encode())
    file = folder / "seal.p12"
    file.write_bytes(pkcs12.serialize_key_and_certificates(b"seal", key, certificate, None, locked))
    return file
