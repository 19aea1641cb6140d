"""Texts of an officer that stand on a paper: a sign that no font of the papers has is said before anything is sent."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms.validators import StopValidation

from ..services.papers.printable import unprintable
from .form import Form

AS_IS = "-as-is"  # behind a field's name: these signs were seen, and the text is sent as it is


def printed(form: Form, field: Any) -> None:
    """Say which signs a box will stand for. Whoever sends the same once more has seen it, and is not stopped."""
    signs = "".join(unprintable(field.data or ""))
    if not signs:
        return
    field.as_is = signs
    if request.form.get(field.name + AS_IS) != signs:
        text = _l(
            "These signs cannot be printed; on the paper a box stands for each: %(signs)s. Take them out, or press the "
            "button once more to send it as it is.",
            signs=" ".join(signs),
        )
        raise StopValidation(text)
