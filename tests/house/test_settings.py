"""Production starts on nothing that is meant for the demo, and says what is missing, all of it at once."""

from __future__ import annotations

import base64
import tempfile
from pathlib import Path

import pytest

from portal.config import SettingsError, load_settings
from portal.production import DEMO_SECRET, RULES, SANDBOX_TOKEN
from tests.seals import PASSWORD, make_seal

FOLDER = tempfile.TemporaryDirectory(prefix="qyzmet-seal-")  # for as long as these tests run
GOOD = {
    "PORTAL_ENV": "production",
    "PORTAL_SECRET_KEY": "not a secret, forty letters long: testing",
    "PORTAL_BASE_URL": "https://qyzmet.test",
    "PORTAL_REGISTRY_URL": "https://registers.test",
    "PORTAL_SMS_URL": "https://sms.test",
    "PORTAL_MAIL_URL": "smtp://mail.test",
    "PORTAL_KEYS": "a:" + base64.b64encode(bytes(range(32))).decode(),
    "PORTAL_CLAMD": "/run/clamd.ctl",
    "PORTAL_SEAL_FILE": str(make_seal(Path(FOLDER.name))),
    "PORTAL_SEAL_PASSWORD": PASSWORD,
}
NEEDED = sorted(set(GOOD) - {"PORTAL_ENV", "PORTAL_SEAL_PASSWORD"})


def complaints(environ: dict[str, str]) -> set[str]:
    """The variables that the refusal names."""
    with pytest.raises(SettingsError) as refusal:
        load_settings(environ)
    lines = str(refusal.value).splitlines()
    assert all(line.startswith("- ") for line in lines[1:])
    return {line[2:].partition(":")[0].partition("=")[0] for line in lines[1:]}


def test_v13_3_1_production_starts_with_everything_it_needs():
    settings = load_settings(GOOD)
    assert (settings.demo, settings.secure_cookies) == (False, True)


@pytest.mark.parametrize("name", NEEDED)
def test_v13_3_1_each_missing_setting_is_named_alone(name: str):
    assert complaints({key: value for key, value in GOOD.items() if key != name}) == {name}
    assert complaints(GOOD | {name: ""}) == {name}


def test_v13_3_1_production_is_what_is_meant_where_nothing_is_said_and_everything_missing_is_named():
    assert complaints({}) == set(NEEDED)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORTAL_SECRET_KEY", DEMO_SECRET),
        ("PORTAL_SECRET_KEY", "short"),
        ("PORTAL_SECRET_KEY", "0" * 64),
        ("PORTAL_KEYS", "a:" + base64.b64encode(bytes(32)).decode()),
        ("PORTAL_KEYS", GOOD["PORTAL_KEYS"] + ",b:" + base64.b64encode(b"0123" * 8).decode()),
        ("PORTAL_REGISTRY_TOKEN", SANDBOX_TOKEN),
        ("PORTAL_BASE_URL", "http://qyzmet.test"),
        ("PORTAL_SEAL_FILE", "/nowhere/seal.p12"),
        ("PORTAL_PROXIES", "-1"),
        ("PORT", "8000; rm"),
    ],
)
def test_v13_3_1_what_is_unfit_is_named(name: str, value: str):
    assert complaints(GOOD | {name: value}) == {name}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORTAL_REGISTRY_URL", "http://registers.test"),
        ("PORTAL_REGISTRY_URL", "http://127.0.0.1.evil.test"),
        ("PORTAL_REGISTRY_URL", "ftp://127.0.0.1"),
        ("PORTAL_SMS_URL", "http://sms.test/cgi-bin/sendsms"),
        ("PORTAL_SMS_URL", "http://10.0.0.7:13013/cgi-bin/sendsms"),
        ("PORTAL_S3_ENDPOINT", "http://s3.test"),
        ("PORTAL_CLAMD", "clamd.test:3310"),
        ("PORTAL_DATABASE_URL", "postgresql://u:p@db.test/portal"),
        ("PORTAL_DATABASE_URL", "postgresql://u:p@db.test/portal?sslmode=disable"),
        ("PORTAL_DATABASE_URL", "postgresql://u:p@db.test/portal?sslmode=prefer"),
        ("PORTAL_DATABASE_URL", "postgresql://u:p@db.test/portal?sslmode=require"),
        ("PORTAL_DATABASE_URL", "postgresql://u:p@db.test/portal?sslmode=verify-full&sslmode=disable"),
        ("PORTAL_DATABASE_URL", "postgresql://u:p@/portal?host=127.0.0.1,db.test"),
    ],
)
def test_v12_3_2_a_line_to_another_machine_that_others_can_read_is_refused(name: str, value: str):
    assert complaints(GOOD | {name: value}) == {name}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORTAL_REGISTRY_URL", "http://127.0.0.1:8090"),
        ("PORTAL_SMS_URL", "http://localhost:13013/cgi-bin/sendsms"),
        ("PORTAL_S3_ENDPOINT", "http://[::1]:9000"),
        ("PORTAL_CLAMD", "127.0.0.1:3310"),
        ("PORTAL_DATABASE_URL", "postgresql://u:p@127.0.0.1/portal"),
        ("PORTAL_DATABASE_URL", "postgresql://u:p@/portal?host=/var/run/postgresql"),
        ("PORTAL_DATABASE_URL", "postgresql://u:p@db.test/portal?sslmode=verify-full&sslrootcert=/etc/ca.pem"),
    ],
)
def test_v12_3_1_within_the_machine_or_verified_it_may_run(name: str, value: str):
    assert load_settings(GOOD | {name: value}).env == "production"


def test_demo_may_be_wired_as_it_likes():
    assert load_settings({"PORTAL_ENV": "demo", "PORTAL_SMS_URL": "http://sms.test"}).demo


def test_v13_3_1_the_documentation_says_what_production_refuses():
    text = (Path(__file__).parents[2] / "docs/settings.md").read_text()
    rows = [f"| `{rule.variable}` | {rule.refuses} |" for rule in RULES]
    assert "\n".join(["| variable | production refuses |", "|---|---|", *rows]) in text


def test_v13_3_1_a_refusal_repeats_no_secret():
    with pytest.raises(SettingsError) as refusal:
        load_settings(GOOD | {"PORTAL_SECRET_KEY": "hunter2", "PORTAL_KEYS": "a:hunter3", "PORTAL_BASE_URL": ""})
    assert "hunter" not in str(refusal.value)


def test_an_environment_that_is_none_is_refused():
    assert complaints(GOOD | {"PORTAL_ENV": "prod"}) == {"PORTAL_ENV"}
