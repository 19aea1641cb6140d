"""Forms around the journey."""

from .form import Form


class ButtonForm(Form):
    """A button alone: what it does is in the address."""
