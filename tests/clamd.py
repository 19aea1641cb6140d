"""A real clamd for tests, with one signature of our own: the virus database cannot be fetched everywhere."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.files_to_upload import EICAR


class Daemon:
    """The daemon, and the socket it listens at."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "socket"
        (folder / "db").mkdir()
        (folder / "db" / "own.ndb").write_text(f"Test.Eicar:0:*:{EICAR.hex()}\n")
        config = folder / "clamd.conf"
        config.write_text(
            f"LocalSocket {self.socket}\nDatabaseDirectory {folder}/db\nForeground yes\nAlertExceedsMax yes\n"
            f"AlertEncrypted yes\nStreamMaxLength 30M\n" + ("User root\n" if os.geteuid() == 0 else "")
        )
        self._command = ["clamd", "-c", str(config)]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.socket.unlink(missing_ok=True)
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 30
        while not self.socket.exists():
            assert time.monotonic() < deadline, "clamd does not start"
            time.sleep(0.05)

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    @contextmanager
    def hung(self) -> Iterator[None]:
        """It takes connections and never answers."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)


@contextmanager
def running_clamd() -> Iterator[Daemon]:
    """A clamd that runs in the block. Its folder has a short name: that of a socket may have 108 letters."""
    with tempfile.TemporaryDirectory(prefix="qyzmet-clamd-") as folder:
        Path(folder).chmod(0o755)
        daemon = Daemon(Path(folder))
        daemon.start()
        try:
            yield daemon
        finally:
            daemon.stop()
