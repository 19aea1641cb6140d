"""`portal eds check`: signatures of openssl and of our GOST signer, judged on the command line."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal.cli import main
from portal.services.demo.eds_signer import open_ended, sign
from tests.eds_people import BIN, IIN, KINDS, NOW, world

OPENSSL = pytest.mark.needs("openssl")
SIGNER = """keyUsage=critical,digitalSignature,nonRepudiation
extendedKeyUsage={use},1.2.398.3.3.4.1.1
basicConstraints=CA:FALSE
"""


def portal(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["eds", "check", *map(str, arguments)], env={"PORTAL_ENV": None})


def openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An authority of openssl's own, a person with a key for signing, one for signing in, and a text."""
    folder = tmp_path_factory.mktemp("openssl")
    openssl(folder, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem",
            "-subj", "/CN=Test authority", "-days", "90",
            "-addext", "keyUsage=critical,keyCertSign,cRLSign")  # fmt: skip
    subject = f"/CN=TESTOV TEST/SN=TESTOV/serialNumber=IIN{IIN}/O=Test/OU=BIN{BIN}"
    for name, use in (("sign", "emailProtection"), ("auth", "clientAuth")):
        (folder / f"{name}.cnf").write_text(SIGNER.format(use=use))
        openssl(
            folder,
            "req",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-keyout",
            f"{name}.key",
            "-out",
            f"{name}.csr",
            "-subj",
            subject,
        )
        openssl(folder, "x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
                "-days", "300", "-extfile", f"{name}.cnf", "-out", f"{name}.pem")  # fmt: skip
    (folder / "anchors").mkdir()
    shutil.copy(folder / "ca.pem", folder / "anchors")
    (folder / "text").write_text("line one\nline two\n")
    return folder


def cms(folder: Path, name: str, *options: str, by: str = "sign") -> Path:
    openssl(
        folder, "cms", "-sign", "-in", "text", "-signer", f"{by}.pem", "-inkey", f"{by}.key", "-out", name, *options
    )
    return folder / name


@OPENSSL
@pytest.mark.parametrize("form", ["DER", "PEM", "SMIME"])
@pytest.mark.parametrize(
    "options", [(), ("-nodetach",), ("-binary",), ("-binary", "-nodetach"), ("-nodetach", "-stream"), ("-cades",)]
)
def test_what_openssl_cms_signs_is_valid(keys: Path, form: str, options: tuple[str, ...]) -> None:
    file = cms(keys, "signature", "-outform", form, *options)
    result = portal(file, "--content", keys / "text", "--anchors", keys / "anchors", "--revocation", "off")
    assert result.exit_code == 0, result.output
    assert result.output.startswith(f"{file}: valid: RSA")
    assert IIN in result.output
    assert BIN in result.output


@OPENSSL
def test_pss_with_sha256_is_valid(keys: Path) -> None:
    file = cms(keys, "pss", "-binary", "-outform", "DER", "-md", "sha256", "-keyopt", "rsa_padding_mode:pss",
               "-keyopt", "rsa_pss_saltlen:-1")  # fmt: skip
    result = portal(file, "--content", keys / "text", "--anchors", keys / "anchors", "--revocation", "off")
    assert result.exit_code == 0, result.output


@OPENSSL
@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("-noattr",), "no signed attributes"),
        (("-md", "sha1"), "algorithm"),
        (("-nocerts",), "certificate"),
        (("-signer", "auth.pem", "-inkey", "auth.key"), "several signers"),
    ],
)
def test_odd_signatures_of_openssl_are_refused(keys: Path, options: tuple[str, ...], reason: str) -> None:
    file = cms(keys, "odd", "-binary", "-outform", "DER", *options)
    result = portal(file, "--content", keys / "text", "--anchors", keys / "anchors", "--revocation", "off")
    assert result.exit_code == 1
    assert "refused" in result.output
    assert reason in result.output


@OPENSSL
def test_a_sign_in_key_is_refused_in_words(keys: Path) -> None:
    file = cms(keys, "auth.p7s", "-nodetach", "-outform", "DER", by="auth")
    result = portal(file, "--anchors", keys / "anchors", "--revocation", "off")
    assert result.exit_code == 1
    assert "this is a sign-in key; choose the one for signing" in result.output


@OPENSSL
def test_another_content_another_authority_another_day_are_refused(keys: Path, tmp_path: Path) -> None:
    file = cms(keys, "good", "-binary", "-outform", "DER")
    usual = ("--content", keys / "text", "--anchors", keys / "anchors", "--revocation", "off")
    assert portal(file, *usual).exit_code == 0
    assert portal(file, "--content", file, *usual[2:]).exit_code == 1
    assert portal(file, *usual[2:]).exit_code == 1  # detached, without its content
    assert portal(file, *usual, "--at", "2001-01-01").exit_code == 1
    (tmp_path / "other.cer").write_bytes(world("rsa").root.holder.certificate)
    assert portal(file, "--content", keys / "text", "--anchors", tmp_path, "--revocation", "off").exit_code == 1
    silent = portal(file, *usual[:4], "--revocation", "require")
    assert (silent.exit_code, "did not answer" in silent.output) == (1, True)


@pytest.mark.parametrize("kind", KINDS)
def test_json_says_each_file_on_a_line(tmp_path: Path, kind: str) -> None:
    made = world(kind)
    anchors = tmp_path / "anchors"
    anchors.mkdir()
    (anchors / "root.cer").write_bytes(made.root.holder.certificate)
    (anchors / "nca.cer").write_bytes(made.authority.holder.certificate)
    good, ber, bad = tmp_path / "good", tmp_path / "ber", tmp_path / "bad"
    good.write_bytes(sign(made.person, b"text", NOW))
    ber.write_bytes(open_ended(good.read_bytes()))
    bad.write_bytes(b"nothing")
    at = (NOW + dt.timedelta(minutes=1)).isoformat()
    options = ("--anchors", anchors, "--at", at, "--revocation", "off", "--json")
    result = portal(good, ber, bad, *options)
    assert result.exit_code == 1
    first, second, third = map(json.loads, result.output.splitlines())
    assert set(first) == {"file", "valid", "algorithm", "iin", "bin", "reason"}
    assert (first["file"], first["valid"], first["iin"], first["bin"], first["reason"]) == (
        str(good),
        True,
        IIN,
        BIN,
        None,
    )
    assert ("GOST" in first["algorithm"]) == (kind != "rsa")
    assert second["valid"] is True
    assert (third["valid"], third["iin"]) == (False, None)
    assert third["reason"]
    assert portal(good, ber, *options).exit_code == 0


def test_a_wrong_question_is_named(tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_bytes(b"")
    for arguments in ((file,), (file, "--anchors", tmp_path / "no"), (file, "--anchors", tmp_path), (tmp_path / "no",),
                      (file, "--at", "yesterday"), (), (file, "--revocation", "maybe")):  # fmt: skip
        result = portal(*arguments)
        assert result.exit_code == 2
        assert "Error" in result.output
        assert "Traceback" not in result.output
