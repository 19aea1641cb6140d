"""A world for each test: built once through the front door, then copied with its database and cookies."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal import create_app
from portal import db as database
from portal.config import load_settings
from tests.conftest import Clock, _build_schema, _on_server
from tests.security.world import ROLES, World, build_world


@pytest.fixture(scope="session")
def first_world(request: pytest.FixtureRequest, on_postgresql: bool, tmp_path_factory: pytest.TempPathFactory) -> World:
    """The world that the others are copies of. Its application is not asked again."""
    folder = tmp_path_factory.mktemp("world")
    url = f"sqlite:///{folder}/world.sqlite"
    if on_postgresql:
        server = request.getfixturevalue("postgresql")
        _on_server(server, "CREATE DATABASE world")
        url = server.removesuffix("/postgres") + "/world"
    _build_schema(url)
    environ = {"PORTAL_ENV": "test", "PORTAL_DATABASE_URL": url, "PORTAL_DATA_DIR": str(folder)}
    clock = Clock()
    app = create_app(load_settings(environ), clock)
    app.testing = True
    world = build_world(app, clock)
    database.db.close()
    return world


@pytest.fixture
def empty_database(empty_database: str, request: pytest.FixtureRequest) -> str:
    """Not empty for a test that asks for a world: its database is a copy of the first one's."""
    if "make_world" not in request.fixturenames:
        return empty_database
    return request.getfixturevalue("first_world").app.extensions["context"].settings.database_url


@pytest.fixture
def make_world(first_world: World, make_app: Callable[..., Flask]) -> Callable[..., World]:
    """Make a world; keyword arguments replace settings. One a test: they share one database."""

    def make(**changes: Any) -> World:
        app = make_app(**changes)
        clients = {role: app.test_client() for role in ROLES}
        for role, client in clients.items():
            cookie = getattr(first_world, role).get_cookie("s")
            if cookie is not None:
                client.set_cookie("s", cookie.value)
        database.connect()
        return dataclasses.replace(first_world, app=app, **clients)

    return make


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    return make_world()
