"""The grounds that a refusal may stand on: the passport's own list, and no others."""

from __future__ import annotations

from ..passports.schema import Ground, Passport


def find_ground(passport: Passport, id: str) -> Ground | None:
    """The ground of the passport's own list."""
    return next((ground for ground in passport.refusal_grounds if ground.id == id), None)
