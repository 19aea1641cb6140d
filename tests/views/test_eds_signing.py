"""Signing with an EDS through the front door: in production a whole application for the kindergarten queue."""

from __future__ import annotations

import base64
import dataclasses
import datetime as dt
import io
import json
import subprocess
import sys
import time
from pathlib import Path

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal import db as database
from portal.config import EdsSettings
from portal.models import AuditEntry, Case, Draft, EdsEvidence, Signature, SigningRequest
from portal.services.demo.eds_authority import Holder
from portal.services.demo.eds_signer import open_ended, sign
from portal.services.demo.loading import load_demo
from portal.services.eds.chain import AnchorsWrong
from portal.services.eds.checking import check
from portal.services.eds.problems import REASONS
from portal.services.signatures.proving import check_case
from portal.services.signatures.verifying import Verifier, make_verifier
from portal.web.assets import assets
from tests.conftest import Clock
from tests.eds_people import KINDS, LAST_WEEK, NOW, key, world
from tests.signing_in import FATHER, MOTHER, last_code
from tests.views.test_apply import Browser, newest_case, to_check
from tests.web.test_weight import Registers

SILENT = "silent"


@pytest.fixture
def portal(production_app: Flask, settings, clock: Clock) -> Flask:
    """The portal as in production, with data, registers that answer, and the invented authority trusted."""
    database.connect()
    load_demo(settings, clock())
    database.db.close()
    context = production_app.extensions["context"]
    production_app.extensions["context"] = dataclasses.replace(
        context,
        gateways=dataclasses.replace(context.gateways, registries=Registers()),
        verifier=Verifier(world("gost256").near_anchors, "require", world("gost256").answer),
    )
    production_app.config["PREFERRED_URL_SCHEME"] = "https"  # test clients ask so
    return production_app


@pytest.fixture
def browser(portal: Flask, monkeypatch: pytest.MonkeyPatch) -> Browser:
    monkeypatch.setattr("tests.views.test_apply.sign_in", sign_in)
    return Browser(portal.test_client())


def sign_in(client: FlaskClient, iin: str, lang: str) -> None:
    """Over https, where cookies bear another name than tests.signing_in makes."""
    page = Browser(client)
    page.get(f"/{lang}/sign-in")
    page.send(iin=iin)
    page.send(code=last_code())


def mother(**options: object) -> Holder:
    return world("gost256").authority.issue(key("gost256", 3), LAST_WEEK, MOTHER, **options)


def to_signing(browser: Browser, **answers: object) -> bytes:
    """Up to the signing page; the bytes to sign."""
    to_check(browser, **answers)
    browser.send()
    assert browser.path.endswith("/sign"), browser.page.text
    return browser.client.get(browser.page.select_one("a#to-sign")["href"]).data


def send(browser: Browser, cms: bytes, method: str = "eds_file") -> TestResponse:
    return browser.send(method=method, signature=(io.BytesIO(cms), "to-sign.json.p7s"))


@pytest.mark.parametrize("form", ["attached", "detached", "ber", "pem"])
def test_in_production_the_whole_journey_is_signed_with_an_eds(browser: Browser, form: str) -> None:
    manifest = to_signing(browser)
    ways = [radio["value"] for radio in browser.page.select("main form [name=method]")]
    assert "eds_file" in ways
    assert "otp" not in ways  # the passport's channel names an EDS alone
    cms = sign(mother(), manifest, NOW, attached=form in ("attached", "ber"))
    if form == "ber":
        cms = open_ended(cms)
    if form == "pem":
        cms = b"-----BEGIN CMS-----\n" + base64.encodebytes(cms) + b"-----END CMS-----\n"
    answer = send(browser, cms)
    assert answer.status_code == 200, browser.page.text
    case = newest_case()
    assert browser.page.select_one("output#reference").text == case.number
    assert case.channel == "portal"
    signature = Signature.get(Signature.case == case)
    assert (signature.method, signature.signer_iin, signature.evidence["way"]) == ("eds", MOTHER, "eds_file")
    assert Draft.select().count() == SigningRequest.select().count() == 0
    assert [proof.holds for proof in check_case(case)] == [True]


def test_the_manifest_says_everything_that_is_signed(browser: Browser) -> None:
    manifest = json.loads(to_signing(browser))
    draft = Draft.get()
    assert (manifest["draft"], manifest["service"], manifest["signer"]) == (draft.key, "preschool-queue", MOTHER)
    assert manifest["edition"] == draft.edition
    assert manifest["answers"]["locality"] == "oral"
    assert manifest["attachments"] == []
    assert len(manifest["nonce"]) >= 43
    shown = [line.text for line in browser.page.select("main details p")]
    assert manifest["text"] == shown


def test_the_evidence_is_checked_again_offline_with_the_same_result(browser: Browser) -> None:
    send(browser, sign(mother(), to_signing(browser), NOW))
    case = newest_case()
    (proof,) = check_case(case)
    assert proof.holds
    assert "GOST" in proof.words
    assert "not revoked" in proof.words
    evidence = EdsEvidence.get()
    for change in (
        {"manifest": evidence.manifest.replace("oral", "aqsai")},
        {"cms": base64.b64encode(sign(mother(), b"another", NOW)).decode()},
        {"answers": []},
        {"chain": evidence.chain[:1]},
    ):
        EdsEvidence.update(**change).execute()
        assert [proof.holds for proof in check_case(case)] == [False], change
        EdsEvidence.update(**{name: getattr(evidence, name) for name in change}).execute()
    Signature.update(text="another text").execute()
    assert [proof.holds for proof in check_case(case)] == [False]


def refused(browser: Browser, cms: bytes) -> str:
    """The problem on record; the page says it at the field, keeps the draft, and makes no case."""
    answer = send(browser, cms)
    assert answer.status_code == 422
    assert browser.page.select_one("[role=alert]")
    assert browser.page.select_one("#signature-error").text
    assert browser.page.select_one("#signature")["aria-describedby"] == "signature-error"
    assert Case.select().where(Case.submitted_at == NOW).count() == 0
    assert Draft.select().count() == 1
    entry = AuditEntry.select().where(AuditEntry.action == "signature_refused").order_by(AuditEntry.id.desc()).get()
    return entry.data["problem"]


def test_a_borrowed_key_is_refused_and_recorded(browser: Browser) -> None:
    manifest = to_signing(browser)
    father = world("gost256").authority.issue(key("gost256", 4), LAST_WEEK, FATHER)
    assert refused(browser, sign(father, manifest, NOW)) == "borrowed"


def test_a_sign_in_key_is_refused_with_what_to_do(browser: Browser) -> None:
    manifest = to_signing(browser, lang="en")
    holder = world("gost256").authority.sign_in_key(key("gost256", 3), LAST_WEEK, MOTHER)
    assert refused(browser, sign(holder, manifest, NOW)) == "sign_in_key"
    assert "This is your sign-in key; choose the one for signing" in browser.page.text


def test_forged_and_foreign_signatures_are_refused_and_recorded(browser: Browser) -> None:
    manifest = to_signing(browser)
    assert refused(browser, sign(mother(), b"something else", NOW)) == "other_content"
    assert refused(browser, sign(mother(), b"something else", NOW, attached=False)) == "wrong_digest"
    assert refused(browser, sign(Holder(mother().certificate, key("gost256", 9)), manifest, NOW)) == "forged"
    stranger = world("rsa").authority.issue(key("rsa", 3), LAST_WEEK, MOTHER)
    assert refused(browser, sign(stranger, manifest, NOW)) == "untrusted"
    assert refused(browser, b"no signature") == "not_a_signature"
    assert refused(browser, sign(mother(valid=dt.timedelta(days=1)), manifest, NOW - dt.timedelta(days=6))) == "expired"


def test_a_revoked_key_is_refused(browser: Browser) -> None:
    manifest, holder = to_signing(browser), mother()
    from portal.services.eds.certificates import read_certificate

    world("gost256").authority.revoked[read_certificate(holder.certificate).serial] = NOW - dt.timedelta(hours=1)
    assert refused(browser, sign(holder, manifest, NOW)) == "revoked"


def test_a_signature_is_good_once(browser: Browser, portal: Flask) -> None:
    """Sent again, it leads to the same case; for another application it is a replay."""
    cms, path = sign(mother(), to_signing(browser), NOW), browser.path
    send(browser, cms)
    first = newest_case()
    browser.client.post(path, data={"method": "eds_file", "signature": (io.BytesIO(cms), "x")})
    assert newest_case() == first
    to_check(browser, child="170801690019") if False else None
    assert EdsEvidence.select().count() == 1


def test_a_signature_of_a_text_that_was_changed_since_is_refused(browser: Browser) -> None:
    old, page = to_signing(browser), browser.path
    browser.get(page.replace("sign", "priority") + "?change=1")
    browser.send(priority="large_family")
    browser.get(page)
    assert browser.page.select_one("main form [name=again]")
    assert browser.page.select_one("a#to-sign") is None
    browser.send(again="")
    new = browser.client.get(browser.page.select_one("a#to-sign")["href"]).data
    assert json.loads(new)["nonce"] != json.loads(old)["nonce"]
    assert refused(browser, sign(mother(), old, NOW)) == "other_content"
    assert send(browser, sign(mother(), new, NOW)).status_code == 200


def test_nobody_else_gets_the_file_to_sign(browser: Browser, portal: Flask) -> None:
    to_signing(browser)
    address = browser.page.select_one("a#to-sign")["href"]
    stranger = portal.test_client()
    assert stranger.get(address).status_code == 303


def test_a_method_that_the_channel_does_not_name_signs_nothing(browser: Browser) -> None:
    to_signing(browser)
    assert browser.send(method="otp", code="123456").status_code == 422
    assert browser.send(method="whatever").status_code == 422
    assert browser.send(method="eds_file").status_code == 422
    assert Draft.select().count() == 1


def test_every_problem_of_a_signature_has_words_and_a_next_step(portal: Flask) -> None:
    from portal.forms.signing import WORDS

    assert set(WORDS) == set(REASONS)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_key_signs(portal: Flask, browser: Browser, kind: str) -> None:
    made = world(kind)
    context = portal.extensions["context"]
    portal.extensions["context"] = dataclasses.replace(
        context, verifier=Verifier(made.near_anchors, "require", made.answer)
    )
    manifest = to_signing(browser)
    holder = made.authority.issue(key(kind, 3), LAST_WEEK, MOTHER)
    assert send(browser, sign(holder, manifest, NOW)).status_code == 200
    assert newest_case().submitted_at == NOW


def test_without_anchors_production_does_not_open_the_form(production_app: Flask, settings, clock: Clock) -> None:
    database.connect()
    load_demo(settings, clock())
    database.db.close()
    client = production_app.test_client()
    page = client.get("/en/services/preschool-queue/apply", base_url="https://qyzmet.test").text
    assert '<form method="post"' not in page.partition("<main")[2]


@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_the_signing_page_with_its_script_is_at_most_6_kb(browser: Browser, lang: str) -> None:
    to_signing(browser, lang=lang)
    page = browser.client.get(browser.path, headers={"Accept-Encoding": "br"})
    scripts = [assets()[name].body for name in ("ncalayer.js", "line.js")]
    whole = len(page.data) + sum(len(brotli.compress(script)) for script in scripts)
    assert whole <= 6144, whole


def test_production_loads_nothing_that_signs() -> None:
    """Whoever could make it sign would have to bring the signer along."""
    program = (
        "import sys; from portal import create_app; import portal.views.apply, portal.worker; "
        "sys.exit(any('eds_keys' in name or 'eds_signer' in name for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=Path(__file__).parents[2]).returncode == 0


def test_production_trusts_no_demo_authority(tmp_path: Path) -> None:
    (tmp_path / "root.cer").write_bytes(world("gost256").root.holder.certificate)
    with pytest.raises(AnchorsWrong, match="demo"):
        make_verifier(EdsSettings(anchors=tmp_path), demo=False)
    assert make_verifier(EdsSettings(anchors=tmp_path), demo=True).takes_eds


def test_on_the_clock_a_whole_check_is_quick() -> None:
    """The measure is 20 ms for a signature and 120 for all of it; loosely, for machines under load."""
    made = world("gost512")
    content = json.dumps({"attachments": [{"sha256": "0" * 64, "name": f"{n}.pdf"} for n in range(20)]}).encode()
    data = sign(made.authority.issue(key("gost512", 3), LAST_WEEK, MOTHER), content, NOW)
    began = time.process_time()
    check(data, content, made.near_anchors, NOW, "require", made.answer)
    assert time.process_time() - began < 0.5
