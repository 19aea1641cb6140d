"""What surrounds the portal: whom it talks to and how, what its database role needs, what is kept for how long."""

from __future__ import annotations

import ast
import datetime as dt
import os
import re
import stat
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

import portal
from portal import worker
from portal.cli import environment
from portal.db import db
from portal.models import Draft, Message, OneTimeCode, RateCount, Session
from portal.services.identity import codes as one_time_codes
from portal.services.identity import sessions
from portal.services.journeys import drafts
from tests.house.test_settings import GOOD
from tests.security.world import FORMS, PAGES, World
from tests.signing_in import MOTHER, post

SOURCES = Path(portal.__file__).parent
ROOT = SOURCES.parent
WAYS_OUT = {"httpx", "socket", "smtplib", "requests", "http.client", "urllib.request", "ftplib", "obstore", "aiohttp"}


def files(*without: str) -> list[Path]:
    return [path for path in sorted(SOURCES.rglob("*.py")) if path.relative_to(SOURCES).parts[0] not in without]


def test_v1_3_6_only_gateways_talk_to_the_outside():
    found = set()
    for path in files("gateways", "sandbox", "migrations"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            found |= {f"{path.name}: {name}" for name in names if name in WAYS_OUT and path.name != "sandbox.py"}
    assert found == set()


def test_v1_3_6_no_gateway_follows_a_redirect_or_a_proxy_of_the_environment():
    clients = [
        (path.name, {word.arg: word.value for word in node.keywords})
        for path in (SOURCES / "gateways").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "httpx.Client"
    ]
    assert len(clients) >= 2
    for name, words in clients:
        assert ast.unparse(words["follow_redirects"]) == "False", name
        assert ast.unparse(words["trust_env"]) == "False", name


def test_v12_3_2_no_line_goes_without_looking_at_the_certificate():
    for path in files():
        found = re.findall(r"verify=False|CERT_NONE|check_hostname = False|_create_unverified", path.read_text())
        assert found == [], path.name


def test_v12_3_1_a_letter_goes_to_no_other_machine_without_tls(monkeypatch: pytest.MonkeyPatch):
    from portal.gateways import mail
    from portal.gateways.sending import GatewayDown

    class Plain:
        def __init__(self, *_: Any, **__: Any) -> None:
            self.sent = 0

        def __enter__(self) -> Plain:
            return self

        def __exit__(self, *_: Any) -> None: ...

        def ehlo(self) -> None: ...

        def has_extn(self, _: str) -> bool:
            return False

        def send_message(self, _: Any) -> None:
            raise AssertionError("sent")

    monkeypatch.setattr(mail.smtplib, "SMTP", Plain)
    letter = Message(key="k", channel="mail", to="a@x.test", subject="s", text="t")
    with pytest.raises(GatewayDown):
        mail.SmtpMail("smtp://mail.test:25").send(letter)


def test_v13_2_2_the_web_changes_no_table_and_no_line_of_the_audit_log(world: World, monkeypatch: pytest.MonkeyPatch):
    said: list[str] = []
    execute = db.obj.execute_sql

    def listen(sql: str, *rest: Any, **options: Any) -> Any:
        said.append(sql)
        return execute(sql, *rest, **options)

    monkeypatch.setattr(db.obj, "execute_sql", listen)
    for role in ("owner", "officer", "admin"):
        for route in PAGES:
            world.client(role).get(route.address(world))
        for route in FORMS:
            if "sign_out" not in route.endpoint:
                post(world.client(role), route.address(world), method=route.method)
    assert len(said) > 1000
    for sql in said:
        assert not re.match(r"\s*(CREATE|ALTER|DROP|TRUNCATE|GRANT)\b", sql, re.I), sql
        assert not re.match(r'\s*(UPDATE|DELETE FROM) "audit_entry"', sql, re.I), sql


def test_v4_1_1_every_text_says_in_which_letters_it_is_written(world: World):
    for role in ("anonymous", "owner", "admin"):
        for route in PAGES:
            kind = world.client(role).get(route.address(world)).content_type or ""
            if kind.startswith("text/") or "xml" in kind:
                assert "charset=utf-8" in kind, route.address(world)


def test_v14_1_1_the_worker_deletes_by_class_a_day_after_its_time(world: World):
    now = dt.datetime(2026, 11, 23, 5, 0, tzinfo=dt.UTC)
    kept = {Session: sessions.REMEMBERED, OneTimeCode: one_time_codes.LIFETIME + one_time_codes.KEPT}
    assert all(model.select().exists() for model in (*kept, RateCount, Draft) if model is not RateCount)
    post(world.anonymous, "/kk/sign-in", {"iin": MOTHER})
    codes = Message.select().where(Message.key.startswith("code:"))
    assert codes.exists()
    worker.purge(world.app.extensions["context"], now + dt.timedelta(hours=23))
    assert Session.select().exists()
    assert codes.exists()
    worker.purge(world.app.extensions["context"], now + dt.timedelta(days=2))
    assert not Session.select().exists()
    assert not OneTimeCode.select().exists()
    assert not codes.exists()
    assert not RateCount.select().exists()
    assert Draft.select().exists()
    worker.purge(world.app.extensions["context"], now + drafts.KEPT + dt.timedelta(days=1))
    assert not Draft.select().exists()


def test_v14_2_4_the_documentation_says_how_long_each_class_is_kept():
    text = (ROOT / "docs/running.md").read_text()
    rows = re.findall(r"^\| (.+?) \| (.+?) \|$", text.partition("## What is kept")[2], re.M)
    kept = dict(rows)
    assert kept["one-time codes, to whom and when they were sent"] == f"{one_time_codes.KEPT.days} day after their end"
    assert kept["sessions"] == f"{sessions.REMEMBERED.days} day after they were last used"
    assert kept["drafts with their files"] == f"{drafts.KEPT.days} days after they were last saved"


def test_v14_1_1_production_keeps_its_folder_to_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    for name, value in {**GOOD, "PORTAL_DATA_DIR": str(folder)}.items():
        monkeypatch.setenv(name, value)
    environment.read_settings()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_v14_1_1_whatever_the_portal_writes_is_its_owners_alone(app: Flask):
    from click.testing import CliRunner

    from portal.cli import main

    before = os.umask(0o022)
    try:
        CliRunner().invoke(main, ["keys", "new"])
        assert os.umask(0o022) == 0o077
    finally:
        os.umask(before)
