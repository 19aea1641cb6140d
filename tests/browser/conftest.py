"""A live portal, and a real Chromium for each file of tests; each test finds the data as at first."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.live_portal import Portal

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
PHONE = {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def live_portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    folder = tmp_path_factory.mktemp("live")
    database, pristine = folder / "portal.sqlite", folder / "pristine.sqlite"
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "PORTAL_ENV": "demo",
        "PORT": str(_free_port()),
        "PORTAL_DATA_DIR": str(folder),
        "PORTAL_DATABASE_URL": f"sqlite:///{database}",
    }
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("live_server.py"))],
        env=environ, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        address, registry = process.stdout.readline().split()
        with sqlite3.connect(database) as source, sqlite3.connect(pristine) as target:
            source.backup(target)
        source.close()
        target.close()
        yield Portal(address, registry, database, pristine)
    finally:
        process.stdin.close()
        process.wait(60)
        process.stdout.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def portal(live_portal: Portal) -> Iterator[Portal]:
    """The live portal with the demo data and nothing else."""
    live_portal.restore()
    yield live_portal
    live_portal.switch_registers("up")


# Playwright keeps an event loop running in this thread: let it go before tests that need a loop of their own.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def make_context(chromium: Browser, portal: Portal) -> Iterator[Callable[..., BrowserContext]]:
    """A visitor's browser of its own: `make_context(java_script_enabled=False)`; by default a phone."""
    contexts = []

    def make(**options: object) -> BrowserContext:
        context = chromium.new_context(base_url=portal.address, **{**PHONE, **options})
        context.set_default_timeout(30_000)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
