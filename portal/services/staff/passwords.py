"""Passwords of staff: hashed with Argon2id, judged when they are chosen.

A password is taken exactly as it is typed, and nothing is asked of its make-up. It is refused when it is short, when it
is known to guessers, or when it leans on what they know of its owner.
"""

from __future__ import annotations

import functools
import re
import secrets
from collections.abc import Iterable
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 128  # characters
COMMON = Path(__file__).parents[2] / "passwords" / "common.txt"

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # of given passwords: none that are mistaken for others
_BEYOND_WORDS = 8  # characters that have to remain when what is known of the owner is taken away
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)  # OWASP's least for Argon2id


class PasswordRefused(ValueError):
    """This cannot be chosen as a password."""


class PasswordTooShort(PasswordRefused):
    """Fewer than 12 characters."""


class PasswordTooLong(PasswordRefused):
    """More than 128 characters."""


class PasswordCommon(PasswordRefused):
    """On the list that guessers try first, or one short piece again and again."""


class PasswordAboutOwner(PasswordRefused):
    """Little more than the login, the name, the organisation or the portal."""


class PasswordUnchanged(PasswordRefused):
    """The very one that it should replace."""


def hash_password(password: str) -> str:
    """The password's hash, with its own salt and parameters in it."""
    return _hasher.hash(password)


def is_right(password: str, hashed: str | None) -> bool:
    """Is it the password of this hash? With None, for nobody, it takes the same work to say no."""
    try:
        right = _hasher.verify(hashed or _nobodys(), password)
    except (VerificationError, InvalidHashError):
        return False
    return right and hashed is not None


def needs_rehash(hashed: str) -> bool:
    """Was it made with other parameters than today's?"""
    return _hasher.check_needs_rehash(hashed)


def make_password() -> str:
    """A password to be given to somebody, who then chooses an own one: 80 random bits in four groups."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def judge(password: str, words: Iterable[str]) -> None:
    """Raises PasswordRefused where the password is no good; `words` are what is known of its owner."""
    if len(password) < SHORTEST:
        raise PasswordTooShort
    if len(password) > LONGEST:
        raise PasswordTooLong
    folded = password.casefold()
    if folded in _common() or re.fullmatch(r"(.{1,4}?)\1+.{0,3}", folded, re.DOTALL):
        raise PasswordCommon
    known = {part for word in ("qyzmet", *words) for part in re.split(r"[\W_]+", word.casefold()) if len(part) > 2}
    rest = folded
    for part in sorted(known, key=len, reverse=True):
        rest = rest.replace(part, "")
    if len(rest) < min(_BEYOND_WORDS, len(folded)):
        raise PasswordAboutOwner


@functools.cache
def _common() -> frozenset[str]:
    lines = COMMON.read_text("utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("# "))


@functools.cache
def _nobodys() -> str:
    return _hasher.hash(secrets.token_urlsafe(32))
