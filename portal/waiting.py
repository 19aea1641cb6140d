"""Waiting for the database has an end: for other writers with SQLite, for an answer with PostgreSQL.

How long is the thread's own matter: a page says after a moment that it cannot do this now, a worker and a command have
time. Whoever waited in vain gets peewee's OperationalError.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import threading
import time
import weakref
from collections.abc import Iterator
from typing import Any

import peewee

PAGE = 1.5  # seconds: the page and its words come within two
WORK = 60.0  # seconds: workers and commands
HURRIED = 0.2  # seconds: while others wait in vain already, so that reading threads remain
WORTH = 5  # times its patience a thread waits in a queue that moves
CROWD = 4  # writers of this process that may wait to the end of their patience; half of the server's threads


class _Patience(threading.local):
    seconds = WORK


_patience = _Patience()


def be_patient(seconds: float) -> None:
    """From here on this thread waits for the database so many seconds at most."""
    _patience.seconds = seconds


@contextlib.contextmanager
def patient(seconds: float) -> Iterator[None]:
    """In this block the thread waits so many seconds at most."""
    before = _patience.seconds
    _patience.seconds = seconds
    try:
        yield
    finally:
        _patience.seconds = before


class WriteQueue:
    """The queue of those who write to one SQLite file: of this process at a lock, of all processes at the file's.

    The kernel's queue at the file is fair but knows no time limit. So one thread at most stands in it for the process,
    and whoever sent it there may leave before it comes back.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._turn, self._counting = threading.Lock(), threading.Lock()
        self._coming = threading.Condition()
        self._process = self._descriptor = -1
        self._someone_in_line = self._expected = self._arrived = False
        self._waiting = self._moves = 0
        self._stuck = False

    def enter(self) -> None:
        """The file's lock for this thread. Raises OperationalError when it was held for too long."""
        with self._counting:
            self._waiting += 1
            hurried = self._stuck or self._waiting > CROWD
        try:
            seconds = min(_patience.seconds, HURRIED) if hurried else _patience.seconds
            self._take_turn(seconds)
            try:
                self._take_file(time.monotonic() + seconds)
            except BaseException:
                self._turn.release()
                raise
        finally:
            with self._counting:
                self._waiting -= 1

    def _take_turn(self, seconds: float) -> None:
        """While those in front come and go it is worth waiting; when nobody has gone for so long, it is not."""
        moves, ends = self._moves, time.monotonic() + seconds * WORTH
        while not self._turn.acquire(timeout=seconds):
            if self._moves == moves or time.monotonic() > ends:
                self._give_up()
            moves = self._moves

    def leave(self) -> None:
        self._moves += 1
        fcntl.flock(self._descriptor, fcntl.LOCK_UN)
        self._turn.release()

    def note(self, stuck: bool) -> None:
        """Whether the database let the last writer in: nobody waits long while it does not."""
        self._stuck = stuck

    def _take_file(self, deadline: float) -> None:
        if self._process != os.getpid():  # a lock that a fork inherits is the parent's
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            weakref.finalize(self, os.close, self._descriptor)
            self._process, self._someone_in_line = os.getpid(), False
        with self._coming:
            if not self._someone_in_line:
                try:
                    fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    self._someone_in_line = True
                    threading.Thread(target=self._stand_in_line, name="writers' queue", daemon=True).start()
                else:
                    return
            self._expected, self._arrived = True, False
            arrived = self._coming.wait_for(lambda: self._arrived, max(0.0, deadline - time.monotonic()))
            self._expected = False
            if not arrived:
                self._give_up()

    def _stand_in_line(self) -> None:
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        with self._coming:
            self._someone_in_line, self._arrived = False, True
            if self._expected:
                self._coming.notify()
            else:
                fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def _give_up(self) -> None:
        self._stuck = True
        raise peewee.OperationalError("another writer has held the database for too long")


def postgresql_connection() -> Any:
    """The class of connections that wait for an answer no longer than the thread has patience.

    A server that is frozen keeps its line open: neither TCP nor the server's own time limits end that wait.
    """
    import psycopg

    class Connection(psycopg.Connection):
        def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
            try:
                return super().wait(gen, interval, _patience.seconds if timeout is None else timeout)
            except psycopg.errors._WaitTimeout:
                if timeout is not None:
                    raise
                self.close()
                raise psycopg.OperationalError(f"no answer within {_patience.seconds} s") from None

    return Connection
