"""What an authority's answer is worth."""

from __future__ import annotations

import datetime as dt

import pytest

from portal.services.demo.eds_authority import Authority, Holder
from portal.services.demo.eds_signer import sign
from portal.services.eds.certificates import OCSP_SIGNING, Certificate, read_certificate
from portal.services.eds.checking import check
from portal.services.eds.problems import SignatureRefused
from portal.services.eds.revocation import Question, ask, judge
from tests.eds_people import IIN, KINDS, LAST_WEEK, NOW, key, world

TEXT = b"text"
EACH_KIND = pytest.mark.parametrize("kind", KINDS)


def question(kind: str, holder: Holder | None = None) -> tuple[Authority, Question]:
    made = world(kind)
    certificate = read_certificate((holder or made.person).certificate)
    return made.authority, ask(certificate, read_certificate(made.authority.holder.certificate))


def problem(asked: Question, answer: bytes, at: dt.datetime = NOW) -> str:
    with pytest.raises(SignatureRefused) as refused:
        judge(asked, answer, at)
    return refused.value.problem


@EACH_KIND
def test_an_answer_of_the_authority_counts(kind: str) -> None:
    authority, asked = question(kind)
    judge(asked, authority.answer(asked.request(), NOW), NOW)


@EACH_KIND
def test_an_answer_of_whom_the_authority_named_counts(kind: str) -> None:
    authority, asked = question(kind)
    named = authority.issue(key(kind, 4), LAST_WEEK, IIN, uses=[OCSP_SIGNING])
    judge(asked, authority.answer(asked.request(), NOW, by=named), NOW)


def test_an_answer_of_anybody_else_is_none() -> None:
    authority, asked = question("gost256")
    for stranger in (
        world("gost256").person,  # of the same authority, but not for answering
        world("gost512").authority.holder,
        Authority.make(key("gost256", 9), NOW).issue(key("gost256", 4), LAST_WEEK, IIN, uses=[OCSP_SIGNING]),
        authority.issue(key("gost256", 4), LAST_WEEK - dt.timedelta(days=400), IIN, uses=[OCSP_SIGNING]),  # ran out
    ):
        assert problem(asked, authority.answer(asked.request(), NOW, by=stranger)) == "no_answer"


def test_a_revoked_certificate_is_refused() -> None:
    holder = world("gost256").authority.issue(key("gost256", 3), LAST_WEEK, IIN)
    authority, asked = question("gost256", holder)
    authority.revoked[asked.certificate.serial] = NOW - dt.timedelta(days=1)
    answer = authority.answer(asked.request(), NOW)
    assert problem(asked, answer) == "revoked"
    data = sign(holder, TEXT, NOW)
    with pytest.raises(SignatureRefused) as refused:
        check(data, TEXT, world("gost256").near_anchors, NOW, "if_answered", world("gost256").answer)
    assert refused.value.problem == "revoked"
    assert check(data, TEXT, world("gost256").near_anchors, NOW, "off").iin == IIN


def test_an_answer_to_another_question_is_none() -> None:
    authority, asked = question("gost256")
    again = ask(asked.certificate, asked.issuer)
    assert problem(asked, authority.answer(again.request(), NOW)) == "no_answer"  # another nonce: a replay
    other = ask(read_certificate(authority.issue(key("gost256", 4), LAST_WEEK, IIN).certificate), asked.issuer)
    assert problem(asked, authority.answer(other.request(), NOW)) == "no_answer"


def test_an_old_answer_is_none() -> None:
    authority, asked = question("gost256")
    answer = authority.answer(asked.request(), NOW)
    assert problem(asked, answer, NOW + dt.timedelta(hours=13)) == "no_answer"
    assert problem(asked, answer, NOW - dt.timedelta(hours=1)) == "no_answer"
    without_nonce = authority.answer(asked.request(), NOW, nonce=False)
    judge(asked, without_nonce, NOW + dt.timedelta(minutes=9))
    assert problem(asked, without_nonce, NOW + dt.timedelta(minutes=11)) == "no_answer"


def test_bytes_that_are_no_answer_are_none() -> None:
    authority, asked = question("gost256")
    good = authority.answer(asked.request(), NOW)
    for wrong in (b"", b"<html>", good[:-1], good + b"\0", b"\x30\x03\x0a\x01\x03", bytes(70_000)):
        assert problem(asked, wrong) == "no_answer"
    for at in range(0, len(good), 7):
        changed = good[:at] + bytes((good[at] ^ 0x55,)) + good[at + 1 :]
        assert problem(asked, changed) == "no_answer"


def test_the_rule_for_a_silent_authority() -> None:
    def silent(certificate: Certificate, issuer: Certificate, moment: dt.datetime) -> None:
        raise SignatureRefused("no_answer")

    data, anchors = sign(world("gost256").person, TEXT, NOW), world("gost256").near_anchors
    assert check(data, TEXT, anchors, NOW, "if_answered", silent).answers == ()  # type: ignore[arg-type]
    for asks in (silent, None):
        with pytest.raises(SignatureRefused) as refused:
            check(data, TEXT, anchors, NOW, "require", asks)  # type: ignore[arg-type]
        assert refused.value.problem == "no_answer"


def test_every_certificate_below_the_anchor_is_asked_about() -> None:
    made = world("gost256")
    data = sign(made.person, TEXT, NOW, with_certificates=[made.authority.holder.certificate])
    found = check(data, TEXT, made.anchors, NOW, "require", made.answer)
    assert [each.serial for each in found.answers] == [each.serial for each in found.chain[:2]]
