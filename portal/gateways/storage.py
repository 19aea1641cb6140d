"""Where files lie: a folder of this machine, or a bucket that speaks S3. One interface over both.

Only sealed bytes come here, under names that the portal made; what a citizen called a file never does.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import LocalStore, ObjectStore, S3Store

from .breaker import Breaker

T = TypeVar("T")

PART = 5 * 1024 * 1024  # bytes: the smallest part that S3 takes, and what one streamed file holds in memory
LOCAL_PART = 256 * 1024
TIMEOUT = timedelta(seconds=10)
CONNECT = timedelta(seconds=1)

_NAME = re.compile(r"[A-Za-z0-9_-]{16,80}")


class StorageDown(Exception):
    """The store does not answer, or refuses: try again later."""


class FileMissing(LookupError):
    """There is no file of that name."""


class Storage:
    """Puts, gets and deletes files. What put() has returned from is on the disk, or with S3. Thread-safe."""

    def __init__(self, store: ObjectStore, folder: Path | None = None) -> None:
        self._store = store
        self._folder = folder
        self._breaker = Breaker(failures=3, pause=10.0)

    def put(self, name: str, content: bytes | Iterable[bytes]) -> None:
        """Keep the content under this name, whole or not at all. Raises StorageDown."""
        path = _path(name)
        self._ask(lambda: self._put(path, content))

    def _put(self, path: str, content: bytes | Iterable[bytes]) -> None:
        if isinstance(content, bytes):
            obstore.put(self._store, path, content, use_multipart=False)
        else:
            part = LOCAL_PART if self._folder else PART
            obstore.put(self._store, path, content, chunk_size=part, max_concurrency=1)
        if self._folder:
            _write_through(self._folder / path)

    def get(self, name: str) -> bytes:
        """The content. Raises FileMissing, StorageDown."""
        path = _path(name)
        return self._ask(lambda: bytes(obstore.get(self._store, path).bytes()))

    def delete(self, name: str) -> None:
        """Delete the file; one that is gone is no error. Raises StorageDown."""
        path = _path(name)
        with contextlib.suppress(FileMissing):
            self._ask(lambda: obstore.delete(self._store, path))

    def list(self) -> Iterator[str]:
        """The names of all files that are kept. Raises StorageDown."""
        try:
            for batch in obstore.list(self._store):
                yield from (found["path"].rpartition("/")[2] for found in batch)
        except (BaseError, OSError) as error:
            raise StorageDown(type(error).__name__) from None

    def _ask(self, question: Callable[[], T]) -> T:
        if not self._breaker.allows():
            raise StorageDown("the store failed several times; it is asked again shortly")
        try:
            answer = question()
        except (NotFoundError, FileNotFoundError) as error:
            self._breaker.succeeded()
            raise FileMissing(str(error)[:80]) from None
        except (BaseError, OSError) as error:
            self._breaker.failed()
            raise StorageDown(type(error).__name__) from None
        self._breaker.succeeded()
        return answer


def make_local_storage(folder: Path) -> Storage:
    """Files in a folder, which is made where it is missing and readable by its owner alone."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    return Storage(LocalStore(folder), folder)


def make_s3_storage(url: str, endpoint: str = "", region: str = "", key: str = "", secret: str = "") -> Storage:
    """Files in a bucket: `s3://bucket/prefix`. Without a key the surroundings have to say who asks (AWS_*, a role)."""
    parts = urlsplit(url)
    if parts.scheme != "s3" or not parts.netloc:
        raise ValueError("PORTAL_STORAGE_URL has to look like s3://bucket or s3://bucket/prefix")
    config = {
        "endpoint": endpoint,
        "region": region or "us-east-1",
        "access_key_id": key,
        "secret_access_key": secret,
        "virtual_hosted_style_request": "" if endpoint else "true",
    }
    store = S3Store(
        parts.netloc,
        prefix=parts.path.strip("/") or None,
        config={name: value for name, value in config.items() if value},  # type: ignore[arg-type]
        client_options={"timeout": TIMEOUT, "connect_timeout": CONNECT, "allow_http": endpoint.startswith("http:")},
        retry_config={"max_retries": 2, "retry_timeout": TIMEOUT},
    )
    return Storage(store)


def _path(name: str) -> str:
    """Spread over folders. A name that is not of our making is a fault of the program."""
    if not _NAME.fullmatch(name):
        raise ValueError("a stored file's name is made by the portal")
    return f"{name[:2].lower()}/{name}"


def _write_through(path: Path) -> None:
    """To the disk: the file, and the folders that name it."""
    for place in (path, path.parent, path.parent.parent):
        descriptor = os.open(place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
