"""OCSP (RFC 6960): the question whether a certificate is revoked, and what an answer to it is worth. Pure.

An answer counts when the authority that issued the certificate signed it, or whom that authority named for it; when it
answers the question that was asked (its nonce; without one, an answer made in these minutes); and when it is of now.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from .ber import OCTET_STRING, SEQUENCE, encode, read
from .certificates import OCSP_SIGNING, Certificate, read_certificate
from .problems import SignatureRefused

SKEW = dt.timedelta(minutes=5)  # that clocks may differ by
WITHOUT_NONCE = dt.timedelta(minutes=10)  # how old an answer that repeats no nonce may be
WITHOUT_END = dt.timedelta(hours=1)  # how old an answer may be that does not say when the next one comes
MOST_BYTES = 65_536  # of an answer


@dataclass(frozen=True)
class Question:
    """What is asked about a certificate, and the nonce that the answer has to repeat."""

    certificate: Certificate
    issuer: Certificate
    nonce: bytes

    def request(self) -> bytes:
        """The OCSP request in DER."""
        return (
            ocsp.OCSPRequestBuilder()
            .add_certificate_by_hash(
                hashlib.sha256(self.issuer.subject).digest(),
                hashlib.sha256(_key_bits(self.issuer)).digest(),
                self.certificate.serial,
                hashes.SHA256(),
            )
            .add_extension(x509.OCSPNonce(self.nonce), critical=False)
            .build()
            .public_bytes(Encoding.DER)
        )


def ask(certificate: Certificate, issuer: Certificate) -> Question:
    """A question with a nonce of its own."""
    return Question(certificate, issuer, secrets.token_bytes(16))


def judge(question: Question, answer: bytes, moment: dt.datetime) -> None:
    """Whether the answer says, for this moment, that the certificate is good. Raises SignatureRefused: `revoked`,
    `revocation_unknown`, or `no_answer` where it proves nothing."""
    try:
        _judge(question, answer, moment)
    except SignatureRefused as refused:
        if refused.problem in ("revoked", "revocation_unknown"):
            raise
        raise SignatureRefused("no_answer", str(refused)) from None
    except Exception as error:  # whatever a stranger's bytes do to a library: that is no answer
        raise SignatureRefused("no_answer", f"not an answer: {type(error).__name__}") from error


def _judge(question: Question, answer: bytes, moment: dt.datetime) -> None:
    if len(answer) > MOST_BYTES:
        raise SignatureRefused("no_answer", "too large")
    response = ocsp.load_der_ocsp_response(answer)
    if response.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
        raise SignatureRefused("no_answer", response.response_status.name.lower())
    single = _find_single(response, question)
    _check_signature(response, question.issuer, answer, moment)
    _check_fresh(response, single, question.nonce, moment)
    if single.certificate_status is ocsp.OCSPCertStatus.REVOKED:
        since = single.revocation_time_utc
        if since is None or since <= moment + SKEW:
            raise SignatureRefused("revoked", f"since {since:%Y-%m-%d %H:%M} UTC" if since else "")
    elif single.certificate_status is not ocsp.OCSPCertStatus.GOOD:
        raise SignatureRefused("revocation_unknown")


def _find_single(response: ocsp.OCSPResponse, question: Question) -> ocsp.OCSPSingleResponse:
    """What is said about this certificate of this issuer."""
    found = [
        each
        for each in response.responses
        if each.serial_number == question.certificate.serial and _is_about(each, question.issuer)
    ]
    if len(found) != 1:
        raise SignatureRefused("no_answer", "an answer to another question")
    return found[0]


def _is_about(single: ocsp.OCSPSingleResponse, issuer: Certificate) -> bool:
    if single.hash_algorithm.name not in ("sha1", "sha256", "sha384", "sha512"):
        return False
    name, key = (
        hashlib.new(single.hash_algorithm.name, data, usedforsecurity=False).digest()
        for data in (issuer.subject, _key_bits(issuer))
    )
    return single.issuer_name_hash == name and single.issuer_key_hash == key


def _key_bits(certificate: Certificate) -> bytes:
    return read(certificate.key_info).parts[1].bits()


def _check_signature(response: ocsp.OCSPResponse, issuer: Certificate, answer: bytes, moment: dt.datetime) -> None:
    body = read(answer).parts[1].parts[0].parts[1]  # responseBytes, its OCTET STRING
    signed, algorithm, signature, *_rest = read(body.content).children(SEQUENCE, 3, 4)
    _find_responder(response, issuer, moment).key.check(algorithm, signed.der, signature.bits())


def _find_responder(response: ocsp.OCSPResponse, issuer: Certificate, moment: dt.datetime) -> Certificate:
    """The authority itself, or whom it issued a certificate for answering. Raises SignatureRefused."""
    if _names(response, issuer):
        return issuer
    for given in response.certificates[:4]:
        responder = read_certificate(given.public_bytes(Encoding.DER))
        if not _names(response, responder) or OCSP_SIGNING not in responder.uses:
            continue
        if responder.names_issuer(issuer) and responder.is_issued_by(issuer):
            responder.check_understood()
            responder.check_time(moment)
            return responder
    raise SignatureRefused("no_answer", "nobody who may answer signed it")


def _names(response: ocsp.OCSPResponse, certificate: Certificate) -> bool:
    """Does the answer say that it is this one's?"""
    if response.responder_key_hash is not None:
        return response.responder_key_hash == hashlib.sha1(_key_bits(certificate), usedforsecurity=False).digest()
    name = response.responder_name
    return name is not None and name == certificate.names


def _check_fresh(
    response: ocsp.OCSPResponse, single: ocsp.OCSPSingleResponse, nonce: bytes, moment: dt.datetime
) -> None:
    since, until = single.this_update_utc, single.next_update_utc
    if since > moment + SKEW or response.produced_at_utc > moment + SKEW:
        raise SignatureRefused("no_answer", "of a later moment")
    if until is not None and until < moment - SKEW:
        raise SignatureRefused("no_answer", "of an earlier moment")
    if until is None and since < moment - WITHOUT_END:
        raise SignatureRefused("no_answer", "of an earlier moment")
    try:
        repeated = response.extensions.get_extension_for_class(x509.OCSPNonce).value.nonce
    except x509.ExtensionNotFound:
        if response.produced_at_utc < moment - WITHOUT_NONCE:
            raise SignatureRefused("no_answer", "without nonce, of an earlier moment") from None
    else:
        if repeated not in (nonce, encode(OCTET_STRING, nonce)):
            raise SignatureRefused("no_answer", "an answer to another question")
