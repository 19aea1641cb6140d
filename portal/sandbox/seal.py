"""A seal for demo: an authority and a certificate of our own making, both called DEMO, trusted by nobody else."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import secrets
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID

from ..production import DEMO_SEAL

PASSWORD = "demo-only-not-a-secret"  # noqa: S105 - of a key that seals invented papers
_VALID = dt.timedelta(days=20 * 365)


def find_demo_seal(folder: Path) -> Path:
    """The demo seal of a data folder, made if it is not there; `demo-seal-ca.pem` beside it is its authority."""
    file = folder / "demo-seal.p12"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        sealed, authority = _make()
        if _place(file, sealed):  # of several processes one is first, and its authority is the one that counts
            (folder / "demo-seal-ca.pem").write_bytes(authority)
    return file


def _place(file: Path, data: bytes) -> bool:
    """Put a whole file there, or leave the one that is."""
    half = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    half.touch(0o600)
    half.write_bytes(data)
    try:
        with contextlib.suppress(FileExistsError):
            os.link(half, file)
            return True
        return False
    finally:
        half.unlink()


def _make() -> tuple[bytes, bytes]:
    """The PKCS#12 file of the seal, and the authority's certificate in PEM."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _certify(f"{DEMO_SEAL}: authority", root_key, f"{DEMO_SEAL}: authority", root_key, authority=True)
    seal = _certify(f"{DEMO_SEAL}: seal of the portal", key, f"{DEMO_SEAL}: authority", root_key, authority=False)
    locked = BestAvailableEncryption(PASSWORD.encode())
    file = pkcs12.serialize_key_and_certificates(b"seal", key, seal, [root], locked)
    return file, root.public_bytes(Encoding.PEM)


def _certify(
    name: str, key: ec.EllipticCurvePrivateKey, issuer: str, by: ec.EllipticCurvePrivateKey, *, authority: bool
) -> x509.Certificate:
    today = dt.datetime.now(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    usage = x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_cert_sign=authority,
        crl_sign=authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - _VALID)  # tests and trials may set their clocks back
        .not_valid_after(today + _VALID)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=0 if authority else None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)
        .sign(by, SHA256())
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])
