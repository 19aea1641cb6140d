"""A certificate: whose it is, what it is for, when it is valid, whether another one issued it."""

from __future__ import annotations

import datetime as dt
import functools
import re
from dataclasses import dataclass, field
from typing import Final, TypeVar

from cryptography import x509
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtensionOID, NameOID

from .algorithms import Key, read_key
from .ber import SEQUENCE, read
from .problems import SignatureRefused

MOST_BYTES = 16_384  # of a certificate

_IIN = re.compile(r"IIN([0-9]{12})")
_BIN = re.compile(r"BIN([0-9]{12})")

_Kind = TypeVar("_Kind", bound=x509.ExtensionType)

EMAIL_PROTECTION: Final = "1.3.6.1.5.5.7.3.4"  # signs
CLIENT_AUTH: Final = "1.3.6.1.5.5.7.3.2"  # signs in
OCSP_SIGNING: Final = "1.3.6.1.5.5.7.3.9"
INDIVIDUAL: Final = "1.2.398.3.3.4.1.1"
ROLES: Final = {
    INDIVIDUAL: "individual",
    "1.2.398.3.3.4.1.2": "organisation",
    "1.2.398.3.3.4.1.2.1": "head",
    "1.2.398.3.3.4.1.2.2": "right_to_sign",
    "1.2.398.3.3.4.1.2.5": "employee",
}

_UNDERSTOOD = {
    ExtensionOID.BASIC_CONSTRAINTS, ExtensionOID.KEY_USAGE, ExtensionOID.EXTENDED_KEY_USAGE,
    ExtensionOID.SUBJECT_KEY_IDENTIFIER, ExtensionOID.AUTHORITY_KEY_IDENTIFIER, ExtensionOID.CERTIFICATE_POLICIES,
    ExtensionOID.SUBJECT_ALTERNATIVE_NAME, ExtensionOID.AUTHORITY_INFORMATION_ACCESS,
    ExtensionOID.CRL_DISTRIBUTION_POINTS, ExtensionOID.FRESHEST_CRL, ExtensionOID.OCSP_NO_CHECK,
}  # fmt: skip


@dataclass(frozen=True)
class Certificate:
    """A certificate that was read; nothing of it is trusted before its chain holds."""

    der: bytes
    subject: bytes  # names in DER
    issuer: bytes
    serial: int
    key_info: bytes
    not_before: dt.datetime
    not_after: dt.datetime
    names: x509.Name
    extensions: x509.Extensions = field(compare=False)

    @functools.cached_property
    def key(self) -> Key:
        """Its public key. Raises SignatureRefused."""
        return read_key(read(self.key_info))

    def _names(self, oid: x509.ObjectIdentifier) -> list[str]:
        return [str(found.value) for found in self.names.get_attributes_for_oid(oid)]

    def _one(self, oid: x509.ObjectIdentifier, pattern: re.Pattern[str]) -> str | None:
        """What exactly one of the subject's names of a kind says in this pattern."""
        found = [match[1] for match in map(pattern.fullmatch, self._names(oid)) if match]
        return found[0] if len(found) == 1 else None

    @property
    def iin(self) -> str | None:
        """Twelve digits; the check digit is not looked at: the authority's own test people have none."""
        return self._one(NameOID.SERIAL_NUMBER, _IIN)

    @property
    def bin(self) -> str | None:
        """Of the organisation that the signer acts for."""
        return self._one(NameOID.ORGANIZATIONAL_UNIT_NAME, _BIN)

    @property
    def name(self) -> str:
        """The person's: surname and given name, then the patronymic; an organisation's where there is no person."""
        return " ".join([*self._names(NameOID.COMMON_NAME)[:1], *self._names(NameOID.GIVEN_NAME)[:1]])

    @property
    def organisation(self) -> str:
        """The name of the organisation, "" without one."""
        return " ".join(self._names(NameOID.ORGANIZATION_NAME)[:1])

    @property
    def uses(self) -> frozenset[str]:
        """Extended key usage, as identifiers; empty where the certificate does not say."""
        usage = self._extension(x509.ExtendedKeyUsage)
        return frozenset(each.dotted_string for each in usage) if usage is not None else frozenset()

    @property
    def roles(self) -> tuple[str, ...]:
        """What the holder is: individual, organisation, head, right_to_sign, employee."""
        return tuple(role for oid, role in ROLES.items() if oid in self.uses)

    @property
    def is_authority(self) -> bool:
        """May it issue certificates?"""
        limits, usage = self._extension(x509.BasicConstraints), self._extension(x509.KeyUsage)
        return limits is not None and limits.ca and (usage is None or usage.key_cert_sign)

    @property
    def most_authorities_below(self) -> int | None:
        """The path length constraint."""
        limits = self._extension(x509.BasicConstraints)
        return limits.path_length if limits is not None else None

    @property
    def ocsp_addresses(self) -> list[str]:
        """Where its authority says that it answers whether it is revoked. Not to be believed: see PORTAL_EDS_HOSTS."""
        access = self._extension(x509.AuthorityInformationAccess)
        return [
            each.access_location.value
            for each in access or ()
            if each.access_method == AuthorityInformationAccessOID.OCSP
            and isinstance(each.access_location, x509.UniformResourceIdentifier)
        ]

    @property
    def key_identifier(self) -> bytes | None:
        """Its subject key identifier."""
        own = self._extension(x509.SubjectKeyIdentifier)
        return own.digest if own is not None else None

    def _extension(self, kind: type[_Kind]) -> _Kind | None:
        try:
            return self.extensions.get_extension_for_class(kind).value
        except x509.ExtensionNotFound:
            return None

    def check_time(self, moment: dt.datetime) -> None:
        """Raises SignatureRefused where it is not valid at the moment."""
        if moment < self.not_before:
            raise SignatureRefused("not_yet_valid", f"valid from {self.not_before:%Y-%m-%d}")
        if moment > self.not_after:
            raise SignatureRefused("expired", f"valid to {self.not_after:%Y-%m-%d}")

    def check_signs(self) -> None:
        """Raises SignatureRefused where it is not for signing documents."""
        usage = self._extension(x509.KeyUsage)
        if CLIENT_AUTH in self.uses and EMAIL_PROTECTION not in self.uses:
            raise SignatureRefused("sign_in_key")
        if self.uses and EMAIL_PROTECTION not in self.uses:
            raise SignatureRefused("not_for_signing", "extended key usage")
        if usage is None or not usage.content_commitment:
            raise SignatureRefused("not_for_signing", "key usage without nonRepudiation")
        if self.is_authority:
            raise SignatureRefused("not_for_signing", "an authority's certificate")

    def check_understood(self) -> None:
        """Raises SignatureRefused where it insists on something that is not looked at here."""
        strange = [each.oid.dotted_string for each in self.extensions if each.critical and each.oid not in _UNDERSTOOD]
        if strange:
            raise SignatureRefused("odd", f"critical extension {strange[0]}")

    def names_issuer(self, other: Certificate) -> bool:
        """Does it say that the other one issued it?"""
        if self.issuer != other.subject:
            return False
        stated = self._extension(x509.AuthorityKeyIdentifier)
        named = stated.key_identifier if stated is not None else None
        return named is None or other.key_identifier is None or named == other.key_identifier

    def is_issued_by(self, other: Certificate) -> bool:
        """Does the other one's key vouch for it?"""
        return _is_signed_by(self.der, other.key_info)


@functools.lru_cache(maxsize=512)
def _is_signed_by(der: bytes, key_info: bytes) -> bool:
    signed, algorithm, signature = read(der).children(SEQUENCE, 3, 3)
    try:
        read_key(read(key_info)).check(algorithm, signed.der, signature.bits())
    except SignatureRefused:
        return False
    return True


def read_certificate(der: bytes) -> Certificate:
    """A certificate in DER. Raises SignatureRefused."""
    if len(der) > MOST_BYTES:
        raise SignatureRefused("too_large", "a certificate")
    return _read_certificate(der)


@functools.lru_cache(maxsize=512)
def _read_certificate(der: bytes) -> Certificate:
    whole = read(der)
    if whole.der != der:
        raise SignatureRefused("odd", "a certificate that is not DER")
    body = whole.children(SEQUENCE, 3, 3)[0].children(SEQUENCE, 7, 10)
    try:
        parsed = x509.load_der_x509_certificate(der)
        extensions = parsed.extensions
    except (ValueError, x509.DuplicateExtension) as error:
        raise SignatureRefused("odd", f"a certificate: {error}") from None
    if parsed.version is not x509.Version.v3:
        raise SignatureRefused("odd", "a certificate of an old version")
    return Certificate(
        der=der,
        subject=body[5].der,
        issuer=body[3].der,
        serial=parsed.serial_number,
        key_info=body[6].der,
        not_before=parsed.not_valid_before_utc,
        not_after=parsed.not_valid_after_utc,
        names=parsed.subject,
        extensions=extensions,
    )
