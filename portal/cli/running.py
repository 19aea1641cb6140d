"""portal serve, portal worker: the processes that run."""

from __future__ import annotations

import contextlib
import copy
import gc
import logging
import signal
import sys
import threading
from collections.abc import Iterator
from typing import Any

import click
from flask import Flask
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import BaseWSGIServer, create_server

from .. import create_app, logs
from ..config import Settings
from ..context import make_context
from ..web import bodies
from ..worker import run_forever
from .environment import open_database, pending_migrations, read_settings
from .lines import LOOK_EVERY, MOST, OTHER_FILES, keep_lines

THREADS = 8
KEPT_OPEN = 300  # seconds: over EDGE a new connection costs as much as a page


class Parser(HTTPRequestParser):
    """Refuses a request that states its length in two ways: a proxy may take the other one, and see two requests.

    A body is taken only from who may send it; of others the application hears without their body, and says so in its
    own words.
    """

    app: Flask
    adj: Any  # waitress says neither type
    content_length: int

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        if self.chunked and "CONTENT_LENGTH" in self.headers:
            raise ParsingError("Content-Length and Transfer-Encoding together")
        if not self.chunked and not self.content_length:
            self.expect_continue = False  # nothing will come: waitress would wait for it, and the client for an answer
        if not self.chunked and self.content_length <= bodies.smallest(self.app):
            return
        most = bodies.most_taken(self.app, self.command, self.path, self.headers.get("COOKIE", ""))
        self.adj = copy.copy(self.adj)
        self.adj.max_request_body_size = most + 1
        if self.content_length > most:
            self.body_rcv, self.content_length, self.expect_continue = None, 0, False
            self.headers["CONNECTION"] = "close"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at. The port is PORT.")
@click.option("--with-worker", is_flag=True, help="Run a worker in this process too.")
def serve(host: str, with_worker: bool) -> None:
    """Serve the portal until SIGTERM or Ctrl+C."""
    settings = _prepare()
    app = create_app(settings)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        server = make_server(app, host, settings.port)
    except OSError as error:
        mend = "Stop what uses it, or choose another: PORT=8001." if settings.port else ""
        raise click.ClickException(f"{host}:{settings.port} cannot be listened at: {error.strerror}. {mend}") from None
    gc.collect()
    gc.freeze()  # what has been made stays: looking through it again and again stops a page for a tenth of a second
    with _working(app) if with_worker else contextlib.nullcontext():
        _announce(app, f"http://{host}:{getattr(server, 'effective_port', settings.port)}")
        server.run()
        server.close()


def make_server(app: Flask, host: str, port: int) -> BaseWSGIServer:
    """The server, listening; port 0 is any free one. Raises OSError."""
    server = create_server(
        app,
        host=host,
        port=port,
        threads=THREADS,
        connection_limit=MOST + OTHER_FILES,  # never reached: see lines.py
        cleanup_interval=LOOK_EVERY,
        channel_timeout=KEPT_OPEN,
        asyncore_use_poll=True,  # select() stops at 1024 files
        ident=None,
        log_socket_errors=False,  # lines that break are no news, and strangers break as many as they like
        # ProxyFix reads what trusted proxies say (PORTAL_PROXIES), and /metrics asks whether one speaks at all:
        # waitress would take it away from both.
        clear_untrusted_proxy_headers=False,
        max_request_body_size=bodies.smallest(app) + 1,
    )
    keep_lines(server, app, Parser)
    return server


@click.command()
def worker() -> None:
    """Send messages and do what is due, until SIGTERM or Ctrl+C. Any number of workers may run at once."""
    settings = _prepare()
    run_forever(make_context(settings))


def _prepare() -> Settings:
    settings = read_settings()
    logs.set_up(logging.WARNING if settings.demo else logging.INFO)
    with open_database(settings):
        pending = pending_migrations()
    if pending:
        raise click.ClickException(f"The database lacks {', '.join(pending)}: run portal db upgrade first.")
    return settings


@contextlib.contextmanager
def _working(app: Flask) -> Iterator[None]:
    """A worker in a thread of its own, stopped at the end with the job under way finished."""
    stop = threading.Event()
    thread = threading.Thread(target=run_forever, args=(app.extensions["context"], stop), name="worker", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(10)


def _announce(app: Flask, address: str) -> None:
    """Print where the portal answers, and in demo the sandbox; only addresses that are there."""
    click.echo(f"The portal:         {address}/")
    by_name = address.replace("//127.0.0.1:", "//localhost:")  # security keys refuse bare numbers
    click.echo(f"Staff pages:        {by_name}/staff/")
    for endpoint, what, path in (
        ("sandbox.people", "Demo people:       ", "/sandbox/people"),
        ("sandbox.staff", "Demo staff, codes: ", "/sandbox/staff"),
        ("sandbox.phone", "Their phones (SMS):", "/sandbox/phone"),
    ):
        if endpoint in app.view_functions:
            click.echo(f"{what} {address}{path}")
    click.echo("Ctrl+C stops it.")
