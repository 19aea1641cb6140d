"""Why a file is not rebuilt."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """The reason, as portal/forms/uploads.py has words for it, and what belongs to it."""

    def __init__(self, reason: str, **values: Any) -> None:
        super().__init__(reason)
        self.verdict = {"refused": reason, **values}
