"""A browser in which a member of staff has signed in before: tries of strangers do not make it wait.

What it keeps opens nothing: password and second factor are asked for all the same, and its own wrong tries are counted.
"""

from __future__ import annotations

import secrets

from ..identity.code_limits import NONCE, is_browser_of, mark_browser


def make_mark(login: str) -> str:
    """What the browser keeps; whose it is it says only to who knows the login."""
    return mark_browser(_name(login), secrets.token_hex(NONCE // 2))


def is_own(login: str, mark: str) -> bool:
    """Has this browser signed in by this login before?"""
    return is_browser_of(_name(login), mark)


def _name(login: str) -> str:
    return f"staff {login.strip().casefold()}"
