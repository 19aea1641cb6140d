"""Where the questions of a passport stand in its file, so that a fault names the place. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from .faults import Path
from .schema import FieldSpec, Passport


def asked_fields(passport: Passport) -> Iterator[tuple[Path, FieldSpec]]:
    """Every question with its path, in the order of the form."""
    for s, step in enumerate(passport.steps):
        for f, field in enumerate(step.fields):
            yield ("steps", s, "fields", f), field
