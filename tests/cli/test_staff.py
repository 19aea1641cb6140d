"""portal staff: the first administrator, and help from a second one."""

import datetime as dt

import pytest
from click.testing import CliRunner

from portal.cli import main
from portal.db import db, make_database
from portal.models import StaffMember
from portal.services.demo.staff import demo_password, demo_secret
from portal.services.staff.passwords import is_right
from portal.services.staff.second_factor import code_at


@pytest.fixture(autouse=True)
def tables(tmp_path, database_url, monkeypatch):
    """A database with its tables and the demo's organisations."""
    monkeypatch.setenv("PORTAL_ENV", "demo")
    monkeypatch.setenv("PORTAL_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("PORTAL_DATABASE_URL", database_url)
    for name in ("PORTAL_SECRET_KEY", "PORTAL_KEYS", "PORTAL_REGISTRY_URL"):
        monkeypatch.delenv(name, raising=False)
    db.initialize(make_database(database_url))


@pytest.fixture
def demo():
    assert portal("demo", "load").exit_code == 0


def portal(*arguments, typed=""):
    return CliRunner().invoke(main, arguments, input=typed)


def find(login):
    with db.connection_context():
        return StaffMember.get_or_none(StaffMember.login == login)


def add(login="first.admin", *more):
    return portal(
        "staff", "add", login, "--name", "Бірінші Әкімші", "--organisation", "oral-edu", "--role", "admin", *more
    )


def test_v6_3_2_the_first_administrator_comes_from_the_command_line(demo):
    with db.connection_context():
        StaffMember.delete().execute()
    result = add()
    assert result.exit_code == 0, result.output
    password, member = result.output.splitlines()[-1], find("first.admin")
    assert is_right(password, member.password_hash)
    assert member.role == "admin"
    assert member.initial_until is not None
    assert member.totp_secret == ""


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("Ab",), "3 to 60"),
        (("admin",), "already"),
        (("new.one", "--organisation", "nowhere"), "no organisation nowhere"),
        (("new.one", "--role", "king"), "king"),
    ],
)
def test_what_cannot_be_added_is_named_and_nothing_is_changed(demo, arguments, says):
    result = add(*arguments)
    assert result.exit_code != 0
    assert says in result.output
    assert find("new.one") is None


def test_a_first_password_may_be_typed_but_no_bad_one(demo):
    assert add("new.one", "--ask-password", "--organisation", "oral-edu").exit_code != 0
    bad = CliRunner().invoke(
        main,
        ["staff", "add", "new.one", "--name", "A", "--organisation", "oral-edu", "--role", "head", "--ask-password"],
        input="short\nshort\n",
    )
    assert bad.exit_code == 1
    assert "12 characters" in bad.output


def test_somebody_is_disabled_and_enabled(demo):
    assert portal("staff", "disable", "oral.officer").exit_code == 0
    assert not find("oral.officer").is_active
    assert portal("staff", "enable", "oral.officer").exit_code == 0
    assert find("oral.officer").is_active
    assert portal("staff", "disable", "nobody").exit_code == 1


def reset(login, by, code=None, password=None):
    code = code or code_at(demo_secret(by), dt.datetime.now(dt.UTC))
    return portal("staff", "reset-factor", login, "--by", by, typed=f"{password or demo_password()}\n{code}\n")


def test_v6_4_4_a_lost_factor_is_reset_by_a_second_admin_who_proves_both_of_theirs(demo):
    assert reset("admin", "admin2", code="000000").exit_code == 1
    assert reset("admin", "admin2", password="wrong").exit_code == 1
    assert find("admin").totp_secret != ""
    result = reset("admin", "admin2")
    assert result.exit_code == 0, result.output
    assert find("admin").totp_secret == ""
    assert is_right(result.output.splitlines()[-1], find("admin").password_hash)


@pytest.mark.parametrize("by", ["admin", "oral.head"])
def test_v6_4_4_nobody_else_resets_a_factor(demo, by):
    result = reset("admin", by)
    assert result.exit_code == 1
    assert "another administrator" in result.output
    assert find("admin").totp_secret != ""
