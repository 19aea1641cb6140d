"""Which signatures hold, and why the others do not."""

from __future__ import annotations

import datetime as dt

import pytest

from portal.services.demo import eds_der
from portal.services.demo.eds_authority import Authority, extension
from portal.services.demo.eds_der import COMMON_NAME, ORGANISATION, SERIAL_NUMBER, SURNAME, UNIT
from portal.services.demo.eds_keys import RsaSigningKey
from portal.services.demo.eds_signer import attribute, open_ended, sign, usual_attributes
from portal.services.eds.algorithms import digest
from portal.services.eds.ber import NULL, OCTET_STRING, SEQUENCE, encode
from portal.services.eds.certificates import read_certificate
from portal.services.eds.chain import Anchors
from portal.services.eds.checking import Checked, check
from portal.services.eds.cms import CONTENT_TYPE, MESSAGE_DIGEST, SIGNING_CERTIFICATE_V2
from portal.services.eds.problems import SignatureRefused
from tests.eds_people import BIN, IIN, KINDS, LAST_WEEK, NOW, key, world

TEXT = '{"child":"Айша"}'.encode()
EACH_KIND = pytest.mark.parametrize("kind", KINDS)


def judge(data: bytes, content: bytes | None = TEXT, kind: str = "gost256", at: dt.datetime = NOW) -> Checked:
    return check(data, content, world(kind).near_anchors, at)


def problem(data: bytes, content: bytes | None = TEXT, kind: str = "gost256", at: dt.datetime = NOW) -> str:
    with pytest.raises(SignatureRefused) as refused:
        judge(data, content, kind, at)
    return refused.value.problem


@EACH_KIND
@pytest.mark.parametrize("form", ["der", "ber"])
@pytest.mark.parametrize("attached", [True, False])
def test_a_signature_holds_attached_and_detached_in_der_and_ber(kind: str, form: str, attached: bool) -> None:
    data = sign(world(kind).person, TEXT, NOW, attached=attached)
    found = judge(open_ended(data) if form == "ber" else data, TEXT, kind)
    assert (found.iin, found.bin, found.name, found.content) == (IIN, BIN, "СЫНАҚ АДАМ", TEXT)
    assert found.roles == ("individual",)
    assert found.signing_time == NOW
    assert ("GOST" in found.algorithm) == (kind != "rsa")


@EACH_KIND
def test_the_authority_between_may_come_with_the_signature(kind: str) -> None:
    made = world(kind)
    data = sign(made.person, TEXT, NOW, with_certificates=[made.authority.holder.certificate])
    assert len(check(data, TEXT, made.anchors, NOW).chain) == 3
    alone = sign(made.person, TEXT, NOW)
    with pytest.raises(SignatureRefused, match="trusted"):
        check(alone, TEXT, made.anchors, NOW)


def test_what_is_no_signature_is_refused() -> None:
    for data in (b"", b"\x30", b"%PDF-1.7", b"hello" * 50, bytes(64), b"\x30\x80" * 40, encode(SEQUENCE, b"\x05\0")):
        assert problem(data) in ("not_a_signature", "odd")


def test_something_after_the_end_is_refused() -> None:
    data = sign(world("gost256").person, TEXT, NOW)
    assert problem(data + b"\0") == "odd"
    assert problem(open_ended(data)[:-2]) == "odd"


def test_another_text_is_refused() -> None:
    person = world("gost256").person
    assert problem(sign(person, TEXT, NOW, attached=False), TEXT + b" ") == "wrong_digest"
    assert problem(sign(person, TEXT, NOW), TEXT + b" ") == "other_content"
    assert problem(sign(person, TEXT, NOW, attached=False), None) == "no_content"


def test_a_signature_without_signed_attributes_is_refused() -> None:
    person = world("gost256").person
    assert problem(sign(person, TEXT, NOW, attributes=[])) == "no_signed_attributes"
    usual = usual_attributes(TEXT, NOW, person.key.digest_name)
    for missing in usual[:2]:
        rest = [each for each in usual if each is not missing]
        assert problem(sign(person, TEXT, NOW, attributes=rest)) == "no_signed_attributes"


def test_signed_attributes_that_speak_of_something_else_are_refused() -> None:
    person = world("gost256").person
    usual = usual_attributes(TEXT, NOW, person.key.digest_name)
    twice = [*usual, attribute(MESSAGE_DIGEST, encode(OCTET_STRING, bytes(32)))]
    assert problem(sign(person, TEXT, NOW, attributes=twice)) == "odd"
    other_kind = [attribute(CONTENT_TYPE, eds_der.oid("1.2.840.113549.1.7.5")), *usual[1:]]
    assert problem(sign(person, TEXT, NOW, attributes=other_kind)) == "odd"
    of_another = usual_attributes(b"something else", NOW, person.key.digest_name)
    assert problem(sign(person, TEXT, NOW, attributes=of_another)) == "wrong_digest"


def test_the_certificate_that_was_meant_is_looked_at() -> None:
    person = world("gost256").person
    usual = usual_attributes(TEXT, NOW, person.key.digest_name)
    for certificate, good in ((person.certificate, True), (world("gost256").root.holder.certificate, False)):
        meant = encode(SEQUENCE, encode(SEQUENCE, encode(SEQUENCE, encode(
            SEQUENCE, eds_der.oid(person.key.digest_name), bytes((NULL, 0))
        ), encode(OCTET_STRING, digest(person.key.digest_name, certificate)))))  # fmt: skip
        data = sign(person, TEXT, NOW, attributes=[*usual, attribute(SIGNING_CERTIFICATE_V2, meant)])
        if good:
            assert judge(data).iin == IIN
        else:
            assert problem(data) == "odd"


def test_two_signers_or_none_are_refused() -> None:
    person = world("gost256").person
    assert problem(sign(person, TEXT, NOW, signers=2)) == "several_signers"
    assert problem(sign(person, TEXT, NOW, signers=0)) == "no_signer"


def test_a_certificate_without_a_part_is_refused() -> None:
    person = world("gost256").person
    stranger = world("gost512").authority.holder.certificate
    assert problem(sign(person, TEXT, NOW, with_certificates=[stranger])) == "stray_certificate"
    assert problem(sign(person, TEXT, NOW, with_certificates=[person.certificate])) == "stray_certificate"


@EACH_KIND
def test_somebody_elses_key_is_refused(kind: str) -> None:
    """The certificate of one, the key of another."""
    person = world(kind).person
    forged = type(person)(person.certificate, key(kind, 4))
    assert problem(sign(forged, TEXT, NOW), kind=kind) == "forged"


@EACH_KIND
def test_only_named_anchors_are_trusted(kind: str) -> None:
    """Another authority with the very same names."""
    root = Authority.make(key(kind, 5), NOW)
    stranger = root.subordinate(key(kind, 6), NOW, "DEMO authority").issue(key(kind, 7), LAST_WEEK, IIN)
    assert problem(sign(stranger, TEXT, NOW), kind=kind) == "untrusted"


def test_a_certificate_counts_in_its_time_only() -> None:
    data = sign(world("gost256").person, TEXT, NOW)
    assert problem(data, at=LAST_WEEK - dt.timedelta(days=1)) == "not_yet_valid"
    assert problem(data, at=LAST_WEEK + dt.timedelta(days=366)) == "expired"


def test_the_signers_clock_has_to_be_possible() -> None:
    person = world("gost256").person
    assert judge(sign(person, TEXT, NOW + dt.timedelta(minutes=4))).iin == IIN
    assert problem(sign(person, TEXT, NOW + dt.timedelta(minutes=6))) == "signed_later"
    assert problem(sign(person, TEXT, LAST_WEEK - dt.timedelta(minutes=6))) == "signed_outside"
    without = usual_attributes(TEXT, None, person.key.digest_name)
    assert judge(sign(person, TEXT, NOW, attributes=without)).signing_time is None


def test_a_sign_in_key_does_not_sign() -> None:
    holder = world("gost256").authority.sign_in_key(key("gost256", 3), LAST_WEEK, IIN)
    assert problem(sign(holder, TEXT, NOW)) == "sign_in_key"


@pytest.mark.parametrize(
    ("uses", "usage"),
    [(["1.3.6.1.5.5.7.3.9"], b"\x06\xc0"), (["1.3.6.1.5.5.7.3.4"], b"\x07\x80"), ([], b"\x05\xa0")],
    ids=["another extended use", "no nonRepudiation", "neither"],
)
def test_a_certificate_for_something_else_does_not_sign(uses: list[str], usage: bytes) -> None:
    holder = world("gost256").authority.issue(key("gost256", 3), LAST_WEEK, IIN, uses=uses, usage=usage)
    assert problem(sign(holder, TEXT, NOW)) == "not_for_signing"


def test_a_person_is_no_authority() -> None:
    """Whoever has a key for signing issues no certificates with it."""
    made = world("gost256")
    subject = [
        (COMMON_NAME, "СЫНАҚ АДАМ"), (SURNAME, "СЫНАҚ"), (SERIAL_NUMBER, f"IIN{IIN}"),
        (ORGANISATION, "Сынақ ұйымы"), (UNIT, f"BIN{BIN}"),
    ]  # fmt: skip
    below = Authority(made.person, subject).issue(key("gost256", 8), LAST_WEEK, "990101300123")
    issuer, person = read_certificate(below.certificate), read_certificate(made.person.certificate)
    assert issuer.names_issuer(person)
    assert issuer.is_issued_by(person)
    assert problem(sign(below, TEXT, NOW, with_certificates=[made.person.certificate])) == "untrusted"


def test_an_authority_goes_no_deeper_than_it_may() -> None:
    made = world("gost256")
    deeper = made.authority.subordinate(key("gost256", 9), NOW, "DEMO too deep")
    holder = deeper.issue(key("gost256", 8), LAST_WEEK, IIN)
    data = sign(holder, TEXT, NOW, with_certificates=[deeper.holder.certificate])
    assert problem(data) == "untrusted"


def test_what_a_certificate_insists_on_has_to_be_understood() -> None:
    strange = extension("1.2.3.4.5", encode(OCTET_STRING, b"x"), critical=True)
    holder = world("gost256").authority.issue(key("gost256", 3), LAST_WEEK, IIN, more=[strange])
    assert problem(sign(holder, TEXT, NOW)) == "odd"


def test_a_short_rsa_key_is_refused() -> None:
    holder = world("gost256").authority.issue(RsaSigningKey.make(1024), LAST_WEEK, IIN)
    assert problem(sign(holder, TEXT, NOW)) == "weak_key"


def test_an_anchor_that_ran_out_vouches_for_nobody() -> None:
    made = world("gost256")
    holder = made.authority.issue(key("gost256", 3), LAST_WEEK, IIN, valid=dt.timedelta(days=365 * 30))
    anchors = Anchors((read_certificate(made.authority.holder.certificate),))
    late = NOW + dt.timedelta(days=365 * 6)
    assert check(sign(holder, TEXT, NOW), TEXT, anchors, NOW).iin == IIN
    with pytest.raises(SignatureRefused) as refused:
        check(sign(holder, TEXT, late), TEXT, anchors, late)
    assert refused.value.problem == "expired"
