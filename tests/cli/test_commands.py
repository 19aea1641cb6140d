"""The `portal` command: clear errors, honest exit statuses, nothing half done."""

import base64
import csv
import datetime as dt
import json
import re

import pytest
from click.testing import CliRunner

from portal.cli import main
from portal.db import db, make_database
from portal.models import AuditEntry, Kindergarten, Organisation
from portal.services.demo.loading import FILES
from tests.seals import PASSWORD, make_seal


@pytest.fixture
def data(tmp_path, monkeypatch):
    """An empty data folder, in demo."""
    monkeypatch.setenv("PORTAL_ENV", "demo")
    monkeypatch.setenv("PORTAL_DATA_DIR", str(tmp_path))
    for name in ("PORTAL_DATABASE_URL", "PORTAL_SECRET_KEY", "PORTAL_REGISTRY_URL", "PORT"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def tables(data, database_url, monkeypatch):
    """A database with its tables."""
    monkeypatch.setenv("PORTAL_DATABASE_URL", database_url)
    db.initialize(make_database(database_url))


def portal(*arguments: str):
    return CliRunner().invoke(main, arguments)


def rows(model) -> int:
    with db.connection_context():
        return model.select().count()


def commands(group=main, path=()):
    for name, command in group.commands.items():
        yield (*path, name)
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))


@pytest.mark.parametrize("path", [(), *commands()], ids=" ".join)
def test_every_command_explains_itself(path):
    result = portal(*path, "--help")
    assert result.exit_code == 0
    assert len(result.output.split("\n\n")) >= 3


def test_an_unknown_command_is_an_error():
    assert portal("fly").exit_code == 2


def test_missing_settings_are_named_one_by_one_without_a_traceback(data, monkeypatch):
    monkeypatch.delenv("PORTAL_ENV")
    result = portal("db", "check")
    assert result.exit_code == 1
    assert "PORTAL_SECRET_KEY" in result.output
    assert "PORTAL_SMS_URL" in result.output
    assert "PORTAL_ENV=demo" in result.output


@pytest.mark.parametrize("url", ["mysql://x", "sqlite:////proc/nowhere/portal.sqlite", "postgresql://127.0.0.1:1/x"])
def test_a_database_that_cannot_be_opened_is_a_sentence(data, monkeypatch, url):
    monkeypatch.setenv("PORTAL_DATABASE_URL", url)
    result = portal("db", "check")
    assert result.exit_code == 1
    assert result.output.startswith("Error: The database cannot be opened:")


def test_a_database_without_tables_says_what_to_do(data):
    for command in (("demo", "load"), ("verify-audit",)):
        result = portal(*command)
        assert result.exit_code == 1
        assert "portal db check" in result.output
    assert portal("db", "check").exit_code == 1


def test_a_database_that_is_as_the_code_expects_is_up_to_date(tables):
    for command in ("upgrade", "check"):
        result = portal("db", command)
        assert (result.exit_code, result.output) == (0, "The database is up to date.\n")


@pytest.mark.changes_tables
def test_a_table_that_differs_from_the_code_is_seen(tables):
    with db.connection_context():
        db.execute_sql("ALTER TABLE account DROP COLUMN language")
    result = portal("db", "check")
    assert result.exit_code == 1
    assert "account.language" in result.output


def test_demo_data_is_loaded_once(tables):
    assert "14 organisations, 156 kindergarten groups, 17 children" in portal("demo", "load").output
    assert "0 organisations, 0 kindergarten groups, 0 children" in portal("demo", "load").output


def test_demo_data_is_refused_in_production(tables, monkeypatch, tmp_path):
    for name, value in {
        "PORTAL_ENV": "production", "PORTAL_SECRET_KEY": "not a secret, forty letters long: testing",
        "PORTAL_BASE_URL": "https://a.invalid",
        "PORTAL_REGISTRY_URL": "https://b.invalid", "PORTAL_SMS_URL": "https://c.invalid",
        "PORTAL_MAIL_URL": "smtp://d.invalid", "PORTAL_KEYS": "a:" + base64.b64encode(bytes(range(32))).decode(),
        "PORTAL_CLAMD": "/run/clamd.ctl", "PORTAL_SEAL_FILE": str(make_seal(tmp_path)),
        "PORTAL_SEAL_PASSWORD": PASSWORD,
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    result = portal("demo", "load")
    assert result.exit_code == 1
    assert "never loaded in production" in result.output
    assert rows(Organisation) == 0


@pytest.fixture
def kindergartens(tmp_path):
    """A file of kindergartens in order, made from the demo data."""
    with open(FILES / "kindergartens.csv", encoding="utf-8") as source:
        groups = [row | {"birth_year": str(2026 - int(row.pop("age")))} for row in csv.DictReader(source)]
    file = tmp_path / "kindergartens.csv"
    with open(file, "w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, groups[0])
        writer.writeheader()
        writer.writerows(groups)
    return file


def test_organisations_then_kindergartens_are_imported(tables, kindergartens):
    assert portal("import", "organisations", str(FILES / "organisations.json")).output == "14 organisations.\n"
    result = portal("import", "kindergartens", str(kindergartens))
    assert result.output == "8 localities, 20 kindergartens, 156 groups: 156 new, 0 with another number of places.\n"
    assert result.exit_code == 0


def test_a_file_with_errors_is_refused_whole_and_every_error_is_printed(tables, kindergartens):
    result = portal("import", "kindergartens", str(kindergartens))
    assert result.exit_code == 1
    assert "kindergartens.csv was not taken; nothing was changed." in result.output
    assert "row 152 and 5 more: body: there is no organisation with the code “zhympity-edu”" in result.output
    assert rows(Kindergarten) == 0


def test_a_file_that_is_not_there_is_bad_input(data):
    assert portal("import", "kindergartens", "nowhere.csv").exit_code == 2


def test_an_audit_log_that_was_changed_is_found(tables):
    assert portal("verify-audit").exit_code == 0
    with db.connection_context():
        day = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
        AuditEntry.create(at=day, actor="a", action="b", object="c", previous="0" * 64, hash="1" * 64)
    result = portal("verify-audit")
    assert result.exit_code == 1
    assert "entry 1 was changed" in result.output


@pytest.mark.parametrize(("lang", "line"), [("kk_KZ.UTF-8", "5-жол"), ("ru_RU.UTF-8", "строка 5"), ("C", "line 5")])
def test_what_is_wrong_in_organisations_is_said_in_the_reader_s_language_with_line_and_field(
    tables, tmp_path, monkeypatch, lang, line
):
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", lang)
    names = {"kk": "А", "ru": "А", "en": "A"}
    whole = {"code": "a", "kind": "provider", "name": names}
    wrong = {**whole, "code": "b", "email": "office at home", "hours": {"home-schooling": {"mon-fri": "25:00-26:00"}}}
    file = tmp_path / "bodies.json"
    file.write_text("[\n\n" + json.dumps(whole) + ",\n\n" + json.dumps(wrong) + "\n]", "utf-8")
    output = portal("import", "organisations", str(file)).output
    assert f"{line}: [2].email: " in output
    assert "office@example.kz" in output
    hours = next(each for each in output.splitlines() if ": [2].hours: " in each)
    assert "home-schooling" in hours
    assert lang == "C" or not re.search(r"[a-z]{4,} [a-z]{3,}", hours.split(": [2].hours: ")[1]), "no English sentence"
