"""The state registers behind one HTTP gateway; the contract stands in docs/registers.md.

Every question is a POST with a JSON body: an IIN never stands in an address, so no log of addresses holds one.
A page waits for an answer at most `timeout` seconds, whatever the other side does, and RegistryDown is the one thing
to catch: the citizen types, and the case is checked later. After the first RegistryDown a page asks no more.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, TypeVar

import httpx
import pydantic
import tenacity

from ..typed_text import clean_line
from .breaker import Breaker

T = TypeVar("T")

TIMEOUT = 1.5  # seconds for a question, its retry included
ATTEMPT = 0.9  # seconds for one attempt
CONNECT = 0.5  # seconds to open a connection
LARGEST_ANSWER = 262_144  # bytes
AT_ONCE = 16  # questions under way at one time; more are refused at once, so that hung ones cannot pile up

# These patterns are read by pydantic's own engine, where $ is the very end.
Iin = Annotated[str, pydantic.Field(pattern=r"^[0-9]{12}$")]
Phone = Annotated[str, pydantic.Field(pattern=r"^\+7[0-9]{10}$")]
ShortText = Annotated[str, pydantic.Field(min_length=1, max_length=200), pydantic.AfterValidator(clean_line)]
Option = Annotated[str, pydantic.Field(pattern=r"^[a-z0-9_-]{1,60}$")]


class RegistryDown(Exception):
    """The registers do not answer, or answer what cannot be understood."""


class _PassingTrouble(Exception):
    """Worth a second try: no connection, no answer in time, or a 5xx."""


@dataclass(frozen=True)
class RegisteredPerson:
    """Somebody as the civil register has them. `phone` is the one the phone register holds, +7XXXXXXXXXX, or None."""

    iin: Iin
    name: ShortText
    birth_date: dt.date
    phone: Phone | None = None


@dataclass(frozen=True)
class Child:
    """A child as the civil register has it. `certificate` is the number of the birth certificate, "" if unknown."""

    iin: Iin
    name: ShortText
    birth_date: dt.date
    certificate: Annotated[str, pydantic.Field(max_length=40)] = ""


@dataclass(frozen=True)
class _PersonAnswer:
    person: RegisteredPerson | None


@dataclass(frozen=True)
class _PhoneAnswer:
    phone: Phone | None


@dataclass(frozen=True)
class _ChildrenAnswer:
    children: Annotated[list[Child], pydantic.Field(max_length=100)]


@dataclass(frozen=True)
class _GuardianAnswer:
    guardian: pydantic.StrictBool


@dataclass(frozen=True)
class _ChildAnswer:
    child: Child | None


@dataclass(frozen=True)
class _PrivilegesAnswer:
    privileges: Annotated[list[Option], pydantic.Field(max_length=100)]


_PERSON = pydantic.TypeAdapter(_PersonAnswer)
_PHONE = pydantic.TypeAdapter(_PhoneAnswer)
_CHILDREN = pydantic.TypeAdapter(_ChildrenAnswer)
_GUARDIAN = pydantic.TypeAdapter(_GuardianAnswer)
_CHILD = pydantic.TypeAdapter(_ChildAnswer)
_PRIVILEGES = pydantic.TypeAdapter(_PrivilegesAnswer)


class RegistryClient:
    """Asks the registers. One for the whole process: thread-safe, connections are kept.

    `url` is the only host ever asked; redirects are refused and proxies of the environment ignored.
    `timeout` is the longest a question may take, in seconds.
    """

    def __init__(
        self,
        url: str,
        token: str,
        timeout: float = TIMEOUT,
        *,
        failures: int = 5,
        pause: float = 20.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if httpx.URL(url).scheme not in ("http", "https") or not httpx.URL(url).host:
            raise ValueError("the registers' address has to begin with https:// or http://")
        self.url = url.rstrip("/")
        self._timeout = timeout
        self._breaker = Breaker(failures, pause, clock)
        self._free = threading.BoundedSemaphore(AT_ONCE)
        self._http = httpx.Client(
            headers={"Authorization": f"Bearer {token}", "Accept": "application/json"},
            limits=httpx.Limits(max_connections=AT_ONCE, max_keepalive_connections=AT_ONCE, keepalive_expiry=60),
            follow_redirects=False,
            verify=url.startswith("https:"),  # what proves certificates takes 20 ms to load, and plain http has none
            trust_env=False,
        )
        weakref.finalize(self, self._http.close)

    @property
    def is_down(self) -> bool:
        """Have the registers failed so often that they are left alone for now?"""
        return self._breaker.is_open

    def find_person(self, iin: str) -> RegisteredPerson | None:
        """The person with this IIN, or None. Raises RegistryDown."""
        person = self._ask("/civil/person", {"iin": iin}, _PERSON).person
        if person is not None and person.iin != iin:
            raise RegistryDown("the answer is about somebody else")
        return person

    def find_phone(self, iin: str) -> str | None:
        """The phone the registers hold for this person, +7XXXXXXXXXX, or None. Raises RegistryDown."""
        return self._ask("/phones/find", {"iin": iin}, _PHONE).phone

    def list_children(self, iin: str) -> list[Child]:
        """The children whose parent or guardian this person is, in the register's order. Raises RegistryDown."""
        return self._ask("/civil/children", {"iin": iin}, _CHILDREN).children

    def is_guardian(self, adult_iin: str, child_iin: str) -> bool:
        """Is the adult a parent or guardian of the child? No also for a child unknown. Raises RegistryDown."""
        return self._ask("/civil/guardian", {"adult_iin": adult_iin, "child_iin": child_iin}, _GUARDIAN).guardian

    def find_child(self, guardian_iin: str, child_iin: str) -> Child | None:
        """The child, to its parent or guardian only; None alike for a child unknown. Raises RegistryDown."""
        question = {"guardian_iin": guardian_iin, "child_iin": child_iin}
        child = self._ask("/civil/child", question, _CHILD).child
        if child is not None and child.iin != child_iin:
            raise RegistryDown("the answer is about another child")
        return child

    def list_privileges(self, iin: str) -> list[str]:
        """What the registers confirm of this person, as option ids of the passports. Raises RegistryDown."""
        return self._ask("/privileges/list", {"iin": iin}, _PRIVILEGES).privileges

    def _ask(self, path: str, question: dict[str, str], answers: pydantic.TypeAdapter[T]) -> T:
        if not self._breaker.allows():
            raise RegistryDown("the registers failed several times; they are asked again shortly")
        if not self._free.acquire(blocking=False):  # says more of us than of them: no failure of theirs
            raise RegistryDown("too many questions wait for the registers")
        try:
            # The causes are cut off everywhere here: they could carry answers, hence personal data, into a log.
            content = self._within_timeout(lambda deadline: self._post_twice(path, question, deadline))
            answer = answers.validate_json(content)
        except pydantic.ValidationError:
            self._breaker.failed()
            raise RegistryDown(f"{path}: the answer is not as agreed") from None
        except RegistryDown:
            self._breaker.failed()
            raise
        self._breaker.succeeded()
        return answer

    def _within_timeout(self, question: Callable[[float], bytes]) -> bytes:
        """Run the question in a thread of its own, which frees the caller's slot; wait no longer than the timeout.

        httpx limits each wait for a byte, not their sum, and a look-up of a name not at all: a dribbling or
        half-dead neighbour could hold a page for minutes.
        """
        deadline = time.monotonic() + self._timeout
        outcome: list[bytes | Exception] = []

        def run() -> None:
            try:
                outcome.append(question(deadline))
            except Exception as error:
                outcome.append(error)
            finally:
                self._free.release()

        thread = threading.Thread(target=run, name="registries", daemon=True)
        thread.start()
        thread.join(self._timeout)
        result = outcome[0] if outcome else RegistryDown("no answer in time")
        if isinstance(result, Exception):
            raise result
        return result

    def _post_twice(self, path: str, question: dict[str, str], deadline: float) -> bytes:
        attempts = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(_PassingTrouble),
            stop=tenacity.stop_after_attempt(2),
            wait=tenacity.wait_random(0.03, 0.1),
            reraise=True,
        )
        try:
            return attempts(self._post, path, question, deadline)
        except _PassingTrouble as trouble:
            raise RegistryDown(str(trouble)) from None

    def _post(self, path: str, question: dict[str, str], deadline: float) -> bytes:
        seconds = min(ATTEMPT, deadline - time.monotonic())
        if seconds <= 0.05:
            raise RegistryDown(f"{path}: no answer in time")
        limits = httpx.Timeout(seconds, connect=min(CONNECT, seconds))
        try:
            with self._http.stream("POST", self.url + path, json=question, timeout=limits) as response:
                if response.status_code >= 500:
                    raise _PassingTrouble(f"{path}: status {response.status_code}")
                if response.status_code != 200:
                    raise RegistryDown(f"{path}: status {response.status_code}")
                return _read(response, path, deadline)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _PassingTrouble(f"{path}: {type(error).__name__}") from None


def _read(response: httpx.Response, path: str, deadline: float) -> bytes:
    content: list[bytes] = []
    size = 0
    for part in response.iter_bytes():
        content.append(part)
        size += len(part)
        if size > LARGEST_ANSWER:
            raise RegistryDown(f"{path}: the answer is too long")
        if time.monotonic() > deadline:
            raise RegistryDown(f"{path}: no answer in time")
    return b"".join(content)
