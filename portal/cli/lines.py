"""The lines that clients hold to the one-box server: many, slow ones among them, and none for ever.

A line costs a little memory and no thread. When there are too many, those that have waited longest go: whoever asks
something is served at once and is not among them. A head or a body that comes in drops has an end, too.
"""

from __future__ import annotations

import resource
from collections.abc import Callable
from typing import Any

from flask import Flask
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import BaseWSGIServer
from waitress.task import ErrorTask, WSGITask

from ..web.errors import REFUSED_BY_SERVER
from ..web.headers import ALWAYS

MOST = 2000  # lines at once; each has to be looked at every time
OTHER_FILES = 256  # that the process has open besides: the database, logs, files in work
HEAD = 30  # seconds from the first byte of a head to its last: twenty round trips over GPRS
BODY_GRACE, BODY_PACE = 60, 200  # seconds; bytes a second that a body has to bring after them, a fifth of GPRS
LOOK_EVERY = 5  # seconds
TAKEN_AT_ONCE = 50  # new lines


class Refusal(WSGITask):
    """What the server itself cannot read is answered by the application: the same words and headers as everything."""

    def execute(self) -> None:
        self.set_close_on_finish()
        try:
            super().execute()
        except Exception:
            if self.wrote_header:
                raise
            self.logger.exception("the page of a refusal failed")
            self.response_headers = [("Connection", "close"), *ALWAYS.items(), ("Cache-Control", "no-store")]
            self.complete = True
            ErrorTask.execute(self)

    def get_environment(self) -> dict[str, Any]:
        """Nothing of the request but the reader's languages: the rest may be anything."""
        request = self.request
        request.command, request.path, request.query, request.request_uri = "GET", "/", "", "/"
        request.url_scheme = self.channel.adj.url_scheme
        languages = request.headers.get("ACCEPT_LANGUAGE", "")
        request.headers = {"CONNECTION": "close", "ACCEPT_LANGUAGE": languages}
        return {**super().get_environment(), REFUSED_BY_SERVER: request.error.code}


class OpenLine(HTTPChannel):
    """One connection, and since when it has waited for what."""

    error_task_class = Refusal

    def __init__(self, *rest: Any, **options: Any) -> None:
        super().__init__(*rest, **options)
        self.waits_since = self.creation_time  # for a head: since it was opened, or since the last answer
        self.head_began = self.body_began = 0.0

    def received(self, data: bytes) -> bool:
        before = self.request
        good = super().received(data)
        if self.request is None:  # the request is whole
            self.head_began = self.body_began = 0.0
        elif self.request.headers_finished:
            self.body_began = self.body_began or self.last_activity
        elif self.request is not before or not self.head_began:
            self.head_began, self.body_began = self.last_activity, 0.0
        return good

    def service(self) -> None:
        super().service()
        self.waits_since = self.last_activity

    def is_too_slow(self, now: float) -> bool:
        if self.request is None or self.requests:
            return False
        if not self.body_began:
            return bool(self.head_began) and now - self.head_began > HEAD
        taken = now - self.body_began
        return taken > BODY_GRACE and self.request.body_bytes_received < BODY_PACE * (taken - BODY_GRACE)


def let_the_longest_go(server: BaseWSGIServer) -> None:
    """Close a twentieth of the lines: of those on which nothing is done, the ones that have waited longest.

    The server closes them in its own time: a number of a file that is free at once could be a new line's already, with
    what was still to be done for the old one.
    """
    idle = [line for line in server.active_channels.values() if not line.requests and not line.total_outbufs_len]
    # A body on its way is somebody's work: such lines go only when there is nothing else to close.
    idle.sort(key=lambda line: (bool(line.body_began), line.waits_since))
    for line in idle[: max(1, server.most_lines // 20)]:
        line.will_close = True


def keep_lines(server: Any, app: Flask, parser: type[HTTPRequestParser]) -> None:
    """Make a waitress server keep its lines so. Before it runs."""
    made = type("PortalLine", (OpenLine,), {"parser_class": type("PortalParser", (parser,), {"app": app})})
    sockets = getattr(server, "map", None) or server._map
    for one in [each for each in sockets.values() if isinstance(each, BaseWSGIServer)]:
        one.channel_class, one.most_lines = made, _most_lines()
        one.maintenance, one.handle_accept = _sweeper(one), _taker(one)


def _sweeper(server: BaseWSGIServer) -> Callable[[float], None]:
    def sweep(now: float) -> None:
        BaseWSGIServer.maintenance(server, now)
        for line in list(server.active_channels.values()):
            if line.is_too_slow(now):
                line.will_close = True

    return sweep


def _taker(server: BaseWSGIServer) -> Callable[[], None]:
    """waitress takes one new line each time that it has looked at all others: with many of them, too few."""
    take_one = server.handle_accept

    def take() -> None:
        if len(server.active_channels) > server.most_lines - TAKEN_AT_ONCE:
            let_the_longest_go(server)
        for _ in range(TAKEN_AT_ONCE):
            before = len(server.active_channels)
            take_one()
            if len(server.active_channels) == before:
                break

    return take


def _most_lines() -> int:
    """As many as may be, with the limit of open files raised to where the system lets it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST + OTHER_FILES
    if soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return min(MOST, soft - OTHER_FILES)
