"""Forms of what stands in a table: an old page never undoes what somebody else has saved since."""

from __future__ import annotations

import json
from typing import Any

from flask_babel import gettext as _
from wtforms import Field, HiddenField

from .form import Form


class StandingForm(Form):
    """A form filled with what stands (`data=`). It brings back what stood when its page was made.

    What the reader did not touch stays as it stands now. Where they and somebody else have changed the same, nothing is
    saved: both values are said, and the next sending decides.
    """

    was = HiddenField()

    def remember(self) -> None:
        """Put what stands now into the page."""
        self._seen = _read(self.was.data)
        self.was.data = json.dumps({field.name: _text(field.object_data) for field in self._standing()})

    def validate(self, extra_validators: Any = None) -> bool:
        seen, clashes = getattr(self, "_seen", {}), []
        for field in self._standing():
            stands, typed = _text(field.object_data), _text(field.data)
            if field.name not in seen:
                if seen and not field.raw_data:  # came up since the page was made
                    field.data = field.object_data
            elif typed == seen[field.name]:
                field.data = field.object_data
            elif stands not in (seen[field.name], typed):
                clashes.append((field, stands, typed))
        sound = super().validate(extra_validators)
        for field, stands, typed in clashes:
            said = _(
                "Somebody else has changed this meanwhile: it is “%(stands)s” now, you wrote “%(typed)s”. Press the "
                "button once more if yours is right.",
                stands=_shown(field, stands),
                typed=_shown(field, typed),
            )
            field.errors = [*field.errors, said]
        return sound and not clashes

    def _standing(self) -> list[Field]:
        return [field for field in self if field.type not in ("CSRFTokenField", "HiddenField")]


def _read(sent: str | None) -> dict[str, str]:
    try:
        found = json.loads(sent or "{}")
    except ValueError:
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _shown(field: Field, value: str) -> str:
    """As the list calls it, where the field is one."""
    return next(
        (str(label) for key, label in (_pair(c) for c in getattr(field, "choices", ()) or ()) if key == value), value
    )


def _pair(choice: Any) -> tuple[str, Any]:
    return (choice.value, choice.label) if hasattr(choice, "value") else (choice[0], choice[1])
