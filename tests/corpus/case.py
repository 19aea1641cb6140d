"""What has to become of a file: the same to look at, or a reason that portal/forms/uploads.py has words for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

SAME, WRITTEN = "same", "written"


@dataclass(frozen=True)
class Case:
    """`becomes`: SAME as `like` (None: the file itself); WRITTEN, what it says stands at `inked`; a reason.

    `inked`: left, bottom, right, top in points, where something dark must be; `blank` where nothing may be.
    """

    id: str
    file_name: str
    make: Callable[[], bytes]
    becomes: str = SAME
    like: Callable[[], bytes] | None = None
    inked: tuple[float, float, float, float] | None = None
    blank: tuple[float, float, float, float] | None = None
    kind: str = ""  # of what is kept, where the name does not say it
