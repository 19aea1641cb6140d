"""How many places a group of a kindergarten has."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from ..services.reference.rows import Problem
from .reference import CellField, in_words
from .standing import StandingForm


class PlacesForm(StandingForm):
    """A whole number."""

    places = CellField(_l("Places in this group"), "places")

    def refused(self, problems: Sequence[Problem]) -> None:
        """Say what the tables would not take."""
        self.places.errors = [*self.places.errors, *(in_words(problem.what) for problem in problems)]
