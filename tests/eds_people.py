"""Invented authorities and people with keys, made once a run: RSA and GOST of both sizes."""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass

from portal.services.demo.eds_authority import Authority, Holder
from portal.services.demo.eds_keys import GostSigningKey, RsaSigningKey, SigningKey
from portal.services.eds.certificates import Certificate, read_certificate
from portal.services.eds.chain import Anchors
from portal.services.eds.checking import Answered
from portal.services.eds.revocation import ask, judge

NOW = dt.datetime(2026, 11, 23, 5, 0, tzinfo=dt.UTC)
LAST_WEEK = NOW - dt.timedelta(days=7)
IIN, BIN = "800512450133", "123456789012"
KINDS = ("rsa", "gost256", "gost512")


def make_key(kind: str) -> SigningKey:
    return RsaSigningKey.make() if kind == "rsa" else GostSigningKey.make(int(kind.removeprefix("gost")))


@functools.cache
def key(kind: str, number: int = 0) -> SigningKey:
    """One of the keys of a kind; making an RSA one takes long."""
    return make_key(kind)


@dataclass
class World:
    """A root, which is the anchor, an authority below it, and somebody with a key for signing."""

    root: Authority
    authority: Authority
    person: Holder
    kind: str

    @property
    def anchors(self) -> Anchors:
        return Anchors((read_certificate(self.root.holder.certificate),))

    @property
    def near_anchors(self) -> Anchors:
        """With the authority among them, as operators have it: signatures need not bring it."""
        return Anchors((*self.anchors.certificates, read_certificate(self.authority.holder.certificate)))

    def answer(self, certificate: Certificate, issuer: Certificate, moment: dt.datetime) -> Answered:
        """An `Ask` that both authorities answer at once."""
        by = next(each for each in (self.root, self.authority) if each.holder.certificate == issuer.der)
        question = ask(certificate, issuer)
        response = by.answer(question.request(), moment)
        judge(question, response, moment)
        return Answered(certificate.serial, question.nonce, response)


@functools.cache
def world(kind: str) -> World:
    root = Authority.make(key(kind, 1), NOW, ocsp_address="http://ocsp.example/")
    authority = root.subordinate(key(kind, 2), NOW, "DEMO authority")
    person = authority.issue(key(kind, 3), LAST_WEEK, IIN, bin=BIN, organisation="Сынақ ұйымы")
    return World(root, authority, person, kind)
