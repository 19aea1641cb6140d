"""A bad line between a client and the portal: it counts what it carries, breaks within files, and may be slow."""

from __future__ import annotations

import contextlib
import random
import re
import socket
import threading
import time
from collections.abc import Iterator

BLOCK = 1024  # bytes that go at once


class ShakyLine:
    """Carries HTTP to a port on this machine; listens at `port`.

    Of the requests that bring a piece of a file every `every`-th fails (0: none): mostly the line breaks somewhere in
    the body, now and then the whole body arrives and only the answer is lost. `speed` in bytes a second, None: as fast
    as it goes. `up` and `down` count the bytes of HTTP, without what TCP adds.
    """

    def __init__(self, target: int, every: int = 20, speed: float | None = None, seed: int = 1) -> None:
        self.target, self.every, self.speed = target, every, speed
        self.up = self.down = self.requests = self.pieces = self.broken = 0
        self._random, self._lock = random.Random(seed), threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._start(self._accept)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for line in list(self._open):
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)

    def _start(self, work, *arguments) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self._start(self._carry, client)

    def _carry(self, client: socket.socket) -> None:
        with client, socket.create_connection(("127.0.0.1", self.target)) as server:
            self._open |= {client, server}
            mute = threading.Event()
            back = threading.Thread(target=self._bring_back, args=(server, client, mute), daemon=True)
            back.start()
            with contextlib.suppress(OSError):
                self._send_on(client, server, mute)
            for line in (server, client):
                with contextlib.suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)
            back.join(5)
            self._open -= {client, server}

    def _send_on(self, client: socket.socket, server: socket.socket, mute: threading.Event) -> None:
        """Request by request, until the client hangs up or the line is to break."""
        held = b""
        while True:
            while b"\r\n\r\n" not in held:
                received = client.recv(65536)
                if not received:
                    return
                held += received
            head, _, held = held.partition(b"\r\n\r\n")
            length = int((re.search(rb"(?i)\r\ncontent-length: *([0-9]+)", head) or [b"", b"0"])[1])
            goes, answered = self._fate(head, length)
            mute.clear() if answered else mute.set()
            self._pass(server, head + b"\r\n\r\n")
            done = 0
            while done < goes:
                part, held = held[: min(BLOCK, goes - done)], held[min(BLOCK, goes - done) :]
                if not part:
                    held = client.recv(65536)
                    if not held:
                        return
                    continue
                self._pass(server, part)
                done += len(part)
            if goes < length:
                return
            if not answered:
                server.settimeout(5)
                mute.wait()
                time.sleep(0.3)  # the server works on it, and answers into the void
                return

    def _fate(self, head: bytes, length: int) -> tuple[int, bool]:
        """How many bytes of the body arrive, and whether the answer comes back."""
        with self._lock:
            self.requests += 1
            if b"offset+octet-stream" not in head or not length:
                return length, True
            self.pieces += 1
            if not self.every or self.pieces % self.every != self.every // 2:
                return length, True
            self.broken += 1
            if self.broken % 4 == 0:
                return length, False
            return self._random.randrange(length), True

    def _pass(self, server: socket.socket, part: bytes) -> None:
        with self._lock:
            self.up += len(part)
        if self.speed:
            time.sleep(len(part) / self.speed)
        server.sendall(part)

    def _bring_back(self, server: socket.socket, client: socket.socket, mute: threading.Event) -> None:
        with contextlib.suppress(OSError):
            while part := server.recv(BLOCK if self.speed else 65536):
                if mute.is_set():
                    continue
                with self._lock:
                    self.down += len(part)
                if self.speed:
                    time.sleep(len(part) / self.speed)
                client.sendall(part)
            client.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def shaky_line(target: int, every: int = 20, speed: float | None = None, seed: int = 1) -> Iterator[ShakyLine]:
    line = ShakyLine(target, every, speed, seed)
    try:
        yield line
    finally:
        line.close()
