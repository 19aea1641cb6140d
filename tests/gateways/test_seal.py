"""The organisation's seal: which files are one, and what it puts under a PDF."""

from __future__ import annotations

import base64
import datetime as dt
import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.validation import KeyUsageConstraints, validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from portal.config import SettingsError, load_settings
from portal.gateways.seal import Seal, SealUnfit
from portal.sandbox import seal as sandbox_seal
from portal.services.papers import issuing
from tests.paper_samples import ALL, BASE, NOW, paper_of
from tests.seals import ORGANISATION, PASSWORD, make_seal

REASON = "Өтініштің қабылданғаны туралы қолхат"
PRODUCTION = {
    "PORTAL_ENV": "production",
    "PORTAL_SECRET_KEY": "not a secret, forty letters long: testing",
    "PORTAL_BASE_URL": "https://a.invalid",
    "PORTAL_REGISTRY_URL": "https://b.invalid",
    "PORTAL_SMS_URL": "https://c.invalid",
    "PORTAL_MAIL_URL": "smtp://d.invalid",
    "PORTAL_KEYS": "a:" + base64.b64encode(bytes(range(32))).decode(),
    "PORTAL_CLAMD": "/run/clamd.ctl",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("seal")


@pytest.fixture(scope="module")
def seal(folder: Path) -> Seal:
    """The demo seal of a data folder."""
    return Seal(lambda: sandbox_seal.find_demo_seal(folder), sandbox_seal.PASSWORD)


@pytest.fixture(scope="module")
def sealed(seal: Seal) -> bytes:
    return seal.put_under(issuing.render_pdf(paper_of("order"), BASE), REASON, NOW)


@pytest.fixture(scope="module")
def check(folder: Path) -> Callable[[bytes], PdfSignatureStatus]:
    """What somebody finds who trusts the demo authority, and asks that the key may sign documents."""

    def check(pdf: bytes) -> PdfSignatureStatus:
        (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        trusted = ValidationContext(trust_roots=[_authority(folder)], allow_fetching=False)
        # pyHanko 0.38 drops match_all_key_usages: the usage is named, not left to its default
        usage = KeyUsageConstraints(key_usage={"non_repudiation"})
        return validate_pdf_signature(signature, trusted, key_usage_settings=usage)

    return check


def _authority(folder: Path):
    return load_cert_from_pemder(str(folder / "demo-seal-ca.pem"))


@pytest.mark.parametrize("kind", ALL)
def test_a_sealed_paper_is_valid_for_whoever_trusts_the_authority(seal, check, kind):
    status = check(seal.put_under(issuing.render_pdf(paper_of(kind), BASE), REASON, NOW))
    assert status.bottom_line
    assert "DEMO" in status.signing_cert.subject.human_friendly


def test_a_seal_is_one_signature_over_the_whole_file_that_allows_no_change(sealed):
    (signature,) = PdfFileReader(io.BytesIO(sealed)).embedded_signatures
    assert signature.sig_object["/SubFilter"] == SigSeedSubFilter.PADES.value
    assert signature.sig_object["/Reason"] == REASON
    assert signature.docmdp_level.name == "NO_CHANGES"
    first, _, second, rest = (int(number) for number in signature.byte_range)
    assert (first, second + rest) == (0, len(sealed))
    assert {attribute["type"].native for attribute in signature.signer_info["signed_attrs"]} >= {
        "content_type", "message_digest", "signing_certificate_v2",
    }  # fmt: skip


def test_a_byte_changed_anywhere_makes_the_seal_invalid(sealed, check):
    (signature,) = PdfFileReader(io.BytesIO(sealed)).embedded_signatures
    _, gap, after, rest = (int(number) for number in signature.byte_range)
    places = [gap // 3, gap // 2, gap - 5, after + 1, after + rest // 2]
    for place in places:
        forged = bytearray(sealed)
        forged[place] ^= 1
        try:
            valid = check(bytes(forged)).bottom_line
        except Exception:  # any exception means invalid
            valid = False
        assert not valid, place


def test_what_is_added_after_the_seal_makes_it_invalid(sealed, check):
    with pikepdf.open(io.BytesIO(sealed)) as document:
        added = io.BytesIO()
        document.save(added)
    try:
        valid = check(added.getvalue()).bottom_line
    except Exception:
        valid = False
    assert not valid


def test_the_content_is_as_it_was_and_still_pdf_a(sealed):
    drawn = issuing.render_pdf(paper_of("order"), BASE)
    assert sealed.startswith(drawn), "an incremental update: what was drawn stays byte for byte"
    with pikepdf.open(io.BytesIO(sealed)) as document:
        with document.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
            assert metadata["dc:title"] == "Бұйрық"
        assert document.Root.MarkInfo.Marked
        (field,) = document.Root.AcroForm.Fields
        assert [float(side) for side in field.Rect] == [0, 0, 0, 0]
        assert int(field.F) & 0b100111 == 0b100, "printed, never hidden, as PDF/A asks"
        assert document.Root.AcroForm.get("/NeedAppearances") in (None, False)


@pytest.mark.needs("pdfsig")
def test_poppler_finds_the_seal_valid_and_a_forged_one_not(sealed, tmp_path):
    for name, pdf, verdict in (
        ("paper.pdf", sealed, "Signature is Valid."),
        (
            "forged.pdf",
            sealed.replace(b"/Lang(kk)", b"/Lang(ru)", 1).replace(b"/Lang (kk)", b"/Lang (ru)", 1),
            "Digest Mismatch.",
        ),
    ):
        (tmp_path / name).write_bytes(pdf)
        run = subprocess.run(["pdfsig", name], cwd=tmp_path, capture_output=True, text=True)
        assert verdict in run.stdout
        assert "Total document signed" in run.stdout
        assert "ETSI.CAdES.detached" in run.stdout


@pytest.mark.needs("openssl")
def test_openssl_finds_the_signature_valid(sealed, folder, tmp_path):
    (signature,) = PdfFileReader(io.BytesIO(sealed)).embedded_signatures
    _, gap, after, rest = (int(number) for number in signature.byte_range)
    (tmp_path / "content").write_bytes(sealed[:gap] + sealed[after : after + rest])
    (tmp_path / "signature").write_bytes(signature.pkcs7_content)
    command = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", "signature", "-content", "content"]
    command += ["-CAfile", str(folder / "demo-seal-ca.pem"), "-purpose", "any", "-out", "verified"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert "CMS Verification successful" in run.stderr
    (tmp_path / "content").write_bytes(sealed[:gap] + b" " + sealed[after : after + rest])
    assert subprocess.run(command, cwd=tmp_path, capture_output=True).returncode != 0


@pytest.mark.parametrize("with_rsa", [False, True])
def test_an_organisation_s_own_seal_is_named_by_its_certificate(tmp_path, with_rsa):
    file = make_seal(tmp_path, with_rsa=with_rsa)
    seal = Seal(lambda: file, PASSWORD)
    assert seal.holder == f"Мөр, {ORGANISATION}"
    (signature,) = PdfFileReader(
        io.BytesIO(seal.put_under(issuing.render_pdf(paper_of("receipt"), BASE), REASON, NOW))
    ).embedded_signatures
    assert signature.signer_cert.subject.native["organization_name"] == ORGANISATION


@pytest.mark.parametrize(
    ("make", "password", "why"),
    [
        (lambda folder: make_seal(folder), "басқа", "PORTAL_SEAL_PASSWORD does not open it"),
        (lambda folder: make_seal(folder, signs_documents=False), PASSWORD, "nonRepudiation"),
        (lambda folder: folder / "nothing.p12", PASSWORD, "cannot be read"),
        (lambda folder: make_seal(folder, until=NOW - dt.timedelta(days=1)), PASSWORD, "valid to 2026-11-21"),
    ],
    ids=["locked", "for something else", "missing", "run out"],
)
def test_an_unfit_seal_seals_nothing_and_says_why(tmp_path, make, password, why):
    file = make(tmp_path)
    with pytest.raises(SealUnfit, match=why):
        Seal(lambda: file, password).put_under(b"", REASON, NOW)


def test_one_data_folder_has_one_demo_seal(tmp_path):
    first = sandbox_seal.find_demo_seal(tmp_path).read_bytes()
    assert sandbox_seal.find_demo_seal(tmp_path).read_bytes() == first
    assert {file.name for file in tmp_path.iterdir()} == {"demo-seal.p12", "demo-seal-ca.pem"}
    assert sandbox_seal.find_demo_seal(tmp_path).stat().st_mode & 0o777 == 0o600


def test_v13_3_1_production_does_not_start_without_a_seal_of_its_own(tmp_path):
    demo = sandbox_seal.find_demo_seal(tmp_path)
    for environ, why in (
        ({}, "the organisation's seal"),
        ({"PORTAL_SEAL_FILE": str(demo), "PORTAL_SEAL_PASSWORD": sandbox_seal.PASSWORD}, "this is a demo seal"),
        ({"PORTAL_SEAL_FILE": str(demo), "PORTAL_SEAL_PASSWORD": "x"}, "does not open it"),
        ({"PORTAL_SEAL_FILE": str(tmp_path / "nothing")}, "cannot be read"),
    ):
        with pytest.raises(SettingsError, match="PORTAL_SEAL_FILE") as refused:
            load_settings(PRODUCTION | environ)
        assert why in str(refused.value)
        assert sandbox_seal.PASSWORD not in str(refused.value)
    own = {"PORTAL_SEAL_FILE": str(make_seal(tmp_path)), "PORTAL_SEAL_PASSWORD": PASSWORD}
    assert load_settings(PRODUCTION | own).seal_password == PASSWORD
