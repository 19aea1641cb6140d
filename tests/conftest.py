"""What every test may use: an application with a database of its own, a clock to set, clients.

TEST_DATABASE=postgresql runs the same tests on a throw-away PostgreSQL server, where its programs are installed.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import peewee
import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal import create_app
from portal import db as database
from portal.config import Settings, load_settings
from portal.models import MODELS
from portal.services.demo.loading import load_demo
from portal.services.passports.catalogue import use_catalogue
from tests.catalogue import BUILT_IN
from tests.made_once import forget_the_disk, make_once

PROGRAMS = ("initdb", "pg_ctl", "postgres")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """`needs("chromium")`: skipped by name where the program is missing; with CI=true that is a failure."""
    for mark in item.iter_markers("needs"):
        missing = [program for program in mark.args if shutil.which(program) is None]
        if missing:
            _do_without(f"{', '.join(missing)} not installed")


def _do_without(reason: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI=true needs everything: {reason}", pytrace=False)
    pytest.skip(reason)


class Clock:
    """A clock that stands still until it is told. It starts on a working Monday, 10:00 in Kazakhstan."""

    def __init__(self) -> None:
        self.now = dt.datetime(2026, 11, 23, 5, 0, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now

    def forward(self, **delta: float) -> None:
        self.now += dt.timedelta(**delta)


@pytest.fixture(scope="session", autouse=True)
def _made_once() -> Iterator[None]:
    """Templates, addresses and passports of all the applications to come, and no waiting for the disk."""
    with pytest.MonkeyPatch.context() as patch:
        make_once(patch)
        forget_the_disk(database.PRAGMAS, patch)
        yield


@pytest.fixture(autouse=True)
def _built_in_passports() -> None:
    """Before an application brings its own."""
    use_catalogue(BUILT_IN)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def on_postgresql() -> bool:
    return os.environ.get("TEST_DATABASE", "sqlite") == "postgresql"


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL server of this test run; the address of its maintenance database."""
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if missing:
        _do_without(f"{', '.join(missing)} not installed")
    folder = Path("/tmp") / f"qyzmet-pg-{os.getpid()}"  # short, for the socket; another user must reach it
    folder.mkdir(mode=0o700)
    run = _as_postgres(folder)
    port = _free_port()
    data = folder / "data"
    run("initdb", "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    run("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        run("pg_ctl", "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _as_postgres(folder: Path) -> Callable[..., None]:
    """PostgreSQL refuses to run as root: then its own user runs it."""
    prefix: list[str] = []
    if os.geteuid() == 0:
        user = "postgres" if _user_exists("postgres") else "nobody"
        shutil.chown(folder, user)
        prefix = ["runuser", "-u", user, "--"]

    def run(program: str, *arguments: str) -> None:
        path = shutil.which(program)
        assert path is not None
        subprocess.run([*prefix, path, *arguments], check=True, cwd=folder, stdout=subprocess.DEVNULL)

    return run


def _user_exists(name: str) -> bool:
    return subprocess.run(["id", name], capture_output=True).returncode == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _build_schema(url: str) -> None:
    """The tables, by the migrations where there are any."""
    database.db.initialize(database.make_database(url))
    database.connect()
    if any(database.MIGRATIONS.glob("*.py")):
        database.upgrade(backup=False)
    else:
        database.db.create_tables(MODELS)
    database.db.close()


@pytest.fixture(scope="session")
def empty_database(
    request: pytest.FixtureRequest, on_postgresql: bool, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """A database with every table and no row, to be copied for each test."""
    if on_postgresql:
        server = request.getfixturevalue("postgresql")
        _on_server(server, "CREATE DATABASE empty")
        url = server.removesuffix("/postgres") + "/empty"
    else:
        url = f"sqlite:///{tmp_path_factory.mktemp('database')}/empty.sqlite"
    _build_schema(url)
    return url


def _on_server(url: str, *commands: str) -> None:
    server = database.make_database(url)
    server.connect()
    server.connection().autocommit = True
    for command in commands:
        server.execute_sql(command)
    server.close()


class PostgresqlCopy:
    """A copy of the empty database, emptied after each test: quicker than a copy for each."""

    def __init__(self, server: str) -> None:
        _on_server(server, "CREATE DATABASE copy TEMPLATE empty")
        self.server, self.url = server, server.removesuffix("/postgres") + "/copy"
        self.columns = self._list_columns()

    def empty(self) -> None:
        _on_server(self.server, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'copy'")
        deletions = ";".join(f'DELETE FROM "{model._meta.table_name}"' for model in MODELS)
        _on_server(
            self.url,
            "SET session_replication_role = replica",  # rows that may not go, go too
            deletions,
            "SELECT setval(seqrelid::regclass, seqstart, false) FROM pg_sequence",
        )
        assert self._list_columns() == self.columns, "a test that changes tables bears the mark changes_tables"

    def _list_columns(self) -> list[Any]:
        copy = database.make_database(self.url)
        copy.connect()
        names = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        try:
            return sorted(copy.execute_sql(names))
        finally:
            copy.close()


@pytest.fixture(scope="session")
def postgresql_copy(postgresql: str) -> PostgresqlCopy:
    return PostgresqlCopy(postgresql)


@pytest.fixture
def database_url(empty_database: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database of this test's own."""
    if empty_database.startswith("sqlite:///"):
        copy = tmp_path / "portal.sqlite"
        shutil.copy(empty_database.removeprefix("sqlite:///"), copy)
        yield f"sqlite:///{copy}"
    elif empty_database.endswith("/empty") and request.node.get_closest_marker("changes_tables") is None:
        kept = request.getfixturevalue("postgresql_copy")
        yield kept.url
        kept.empty()
    else:
        server, template = empty_database.rsplit("/", 1)
        _on_server(f"{server}/postgres", f"CREATE DATABASE own TEMPLATE {template}")
        yield f"{server}/own"
        _on_server(f"{server}/postgres", "DROP DATABASE own WITH (FORCE)")


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return _test_settings(database_url, tmp_path)


def _test_settings(url: str, folder: Path) -> Settings:
    return load_settings({"PORTAL_ENV": "test", "PORTAL_DATABASE_URL": url, "PORTAL_DATA_DIR": str(folder)})


@pytest.fixture
def make_app(settings: Settings, clock: Clock) -> Iterator[Callable[..., Flask]]:
    """Make an application; keyword arguments replace settings: `make_app(env="production")`."""

    def make(**changes: object) -> Flask:
        app = create_app(dataclasses.replace(settings, **changes), clock)
        app.testing = True
        return app

    yield make
    if isinstance(database.db.obj, peewee.Database) and not database.db.is_closed():
        database.db.close()


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    """The portal, with tables and no data."""
    return make_app()


@pytest.fixture
def production_app(make_app: Callable[..., Flask], tmp_path: Path) -> Flask:
    """The portal as in production: nothing of the sandbox. Call it with `base_url="https://qyzmet.test"`."""
    app = make_app(
        env="production",
        secret_key="not a secret, forty letters long: testing",
        base_url="https://qyzmet.test",
        registry_url="https://registers.test",
        sms_url="https://sms.test",
        mail_url="smtp://mail.test",
        keys=(("test", b"k" * 32),),
        clamd="127.0.0.1:9",
        seal_file=tmp_path / "seal.p12",
    )
    app.config["SERVER_NAME"] = "qyzmet.test"  # what test clients ask for where they name no other
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def demo_database(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, bytes]:
    """The SQLite file of a demo loaded at the first moment of the clock, and the settings that it was made by."""
    folder = tmp_path_factory.mktemp("demo")
    file = folder / "demo.sqlite"
    settings = _test_settings(f"sqlite:///{file}", folder)
    _build_schema(settings.database_url)
    database.connect()
    load_demo(settings, Clock()())
    database.db.close()
    return settings, file.read_bytes()


@pytest.fixture
def fill_with_demo(clock: Clock, empty_database: str, demo_database: tuple[Settings, bytes]) -> Callable[[Flask], None]:
    """Put the demo's bodies, kindergartens and queue into the database of an application; it is open afterwards."""
    made_by, content = demo_database

    def fill(app: Flask) -> None:
        settings = app.extensions["context"].settings
        alike = (settings.demo, settings.keys, settings.secret_key) == (made_by.demo, made_by.keys, made_by.secret_key)
        if alike and clock() == Clock()() and _is_untouched(settings.database_url, empty_database):
            Path(settings.database_url.removeprefix("sqlite:///")).write_bytes(content)
            database.connect()
        else:
            database.connect()
            load_demo(settings, clock())

    return fill


@pytest.fixture
def demo_data(app: Flask, fill_with_demo: Callable[[Flask], None]) -> None:
    """The demo's bodies, kindergartens and queue in the database of `app`."""
    fill_with_demo(app)
    database.db.close()


def _is_untouched(url: str, empty: str) -> bool:
    """Is it a SQLite file as it was copied, and does nobody have it open?"""
    if not url.startswith("sqlite:///") or not database.db.is_closed():
        return False
    file, copied = Path(url.removeprefix("sqlite:///")), Path(empty.removeprefix("sqlite:///"))
    return not Path(f"{file}-wal").exists() and file.read_bytes() == copied.read_bytes()
