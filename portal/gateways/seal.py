"""The organisation's electronic seal: a key and its certificate in a PKCS#12 file, put under papers as PAdES.

An RSA or elliptic-curve key that PDF readers everywhere can check. A seal lives in a file or, one day, in a device of
its own: that is why it is a gateway.
"""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from ..production import seal_fault


class SealUnfit(Exception):
    """The seal cannot be used: it is missing, locked, expired or not made for sealing."""


class Seal:
    """One seal. `find_file` names its PKCS#12 file on the first use, which is when it is read."""

    def __init__(self, find_file: Callable[[], Path], password: str) -> None:
        self._find_file = find_file
        self._password = password

    @property
    def holder(self) -> str:
        """Whose seal it is, as the certificate names them: "Name, Organisation"."""
        parts = [self._named(NameOID.COMMON_NAME), self._named(NameOID.ORGANIZATION_NAME)]
        return ", ".join(dict.fromkeys(part for part in parts if part))

    def put_under(self, pdf: bytes, reason: str, now: dt.datetime) -> bytes:
        """The PDF with the seal under it. Raises SealUnfit."""
        certificate = self._certificate
        if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
            raise SealUnfit(f"the seal's certificate is valid to {certificate.not_valid_after_utc:%Y-%m-%d}")
        return _pades().sign(pdf, self._signer, reason)

    @cached_property
    def _data(self) -> bytes:
        file = self._find_file()
        fault = seal_fault(file, self._password)
        if fault:
            raise SealUnfit(fault)
        return file.read_bytes()

    @cached_property
    def _certificate(self) -> x509.Certificate:
        found = pkcs12.load_pkcs12(self._data, self._password.encode()).cert
        if found is None:
            raise SealUnfit("it holds no certificate")
        return found.certificate

    @cached_property
    def _signer(self) -> Any:
        return _pades().load(self._data, self._password)

    def _named(self, name: x509.ObjectIdentifier) -> str:
        found = self._certificate.subject.get_attributes_for_oid(name)
        return str(found[0].value) if found else ""


def _pades() -> ModuleType:
    """pyHanko, when it is needed: it takes 28 MB and half a second, and most processes never seal anything."""
    return importlib.import_module(f"{__package__}.pades")
