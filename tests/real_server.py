"""The portal's own server, for tests that need a real line: raw requests, other people's clients, browsers."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from typing import Any

from flask import Flask

from portal.cli.running import make_server
from portal.db import db


@contextlib.contextmanager
def serving(app: Flask) -> Iterator[int]:
    """The port of serving_server."""
    with serving_server(app) as server:
        yield server.effective_port


@contextlib.contextmanager
def serving_server(app: Flask) -> Iterator[Any]:
    """The server at whose port the portal answers on 127.0.0.1, in threads of this process, in the block.

    Only before the first request to the application.
    """
    here = threading.current_thread()
    # The server's threads end with the test; the test's own goes on.
    app.teardown_request(lambda _: threading.current_thread() is here or db.close())
    server = make_server(app, "127.0.0.1", 0)
    server.adj.asyncore_loop_timeout = 0.02  # seconds until it sees that it was closed
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.task_dispatcher.shutdown(timeout=5)
        server.close()
        thread.join(5)
