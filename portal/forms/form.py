"""The form that all forms descend from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import flask_babel
from flask import g, request
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from wtforms import Field, HiddenField, PasswordField, StringField, TextAreaField

from ..typed_text import clean_line, clean_text
from ..web.csrf import SessionToken, cookies_blocked
from ..web.signed_out import goes_on, lost_files, typed_for, was_signed_out

IN_ANOTHER_LANGUAGE = "other_language"  # the mark that _languages.html sends with what was typed


class _Words:
    """WTForms asks for its few own words here; they are in our catalogues, like all others."""

    def gettext(self, text: str) -> str:
        return flask_babel.gettext(text)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return flask_babel.ngettext(singular, plural, number)


def _cleaning(field_class: type[Field]) -> Callable[[Any], Any] | None:
    """How a field of this kind is cleaned: a text, a line, or not at all (passwords, what a script fills in)."""
    if issubclass(field_class, (PasswordField, HiddenField)) or not issubclass(field_class, StringField):
        return None
    return _clean_text if issubclass(field_class, TextAreaField) else _clean_line


def _clean_text(typed: Any) -> Any:
    return clean_text(typed) if isinstance(typed, str) else typed


def _clean_line(typed: Any) -> Any:
    return clean_line(typed) if isinstance(typed, str) else typed


class Form(FlaskForm):
    """A form with a token of the session. With a stale token it is never valid, and says what to do.

    After somebody had to sign in or prove themselves again it shows by itself what they had typed: see signed_out.py.
    `restored` then says why, "signed_out" or "confirmed"; `lost_files`, which files have to be added again.
    For a form that only asks (GET), pass `meta={"csrf": False}`.
    """

    restored = ""
    lost_files: list[str] | tuple[()] = ()  # names of files that came then and were not kept

    class Meta(FlaskForm.Meta):
        csrf = True
        csrf_class = SessionToken

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            """What is typed is cleaned before any filter or validator of the field's own sees it."""
            clean = _cleaning(unbound_field.field_class)
            if clean is not None:
                options = {**options, "filters": (clean, *unbound_field.kwargs.get("filters", ()))}
            return super().bind_field(form, unbound_field, options)

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """What the request brings; on a page asked for again after signing in, what had been typed into it."""
            wrapped = super().wrap_formdata(form, formdata)
            if wrapped is None and formdata is _Auto and request and request.method == "GET" and self.csrf:
                typed, lost = typed_for(request.path), lost_files(request.path)
                names = {*(name.partition("-")[0] for name in typed or ()), *lost}
                if typed is not None and {field.name for field in form} & names:
                    form.lost_files = [name for names in lost.values() for name in names]
                    form.restored = "signed_out" if was_signed_out(request.path) else "confirmed"
                    return typed or wrapped
            return wrapped

        def get_translations(self, form: Any) -> _Words:
            return _Words()

    def is_submitted(self) -> bool:
        """Whether it was sent, or was pressed before a fresh proof was asked for, which has been given now."""
        if super().is_submitted():
            return True
        if self.restored == "confirmed" and goes_on(request.path):
            self.restored = ""
            return True
        return False

    @property
    def names_fields(self) -> bool:
        """Whether the summary of errors has to say which field each is about: several say the same."""
        said = [str(field.errors[0]) for field in self if field.errors]
        return len(said) != len(set(said))

    @property
    def status(self) -> int:
        """The HTTP status of a page that shows this form: 200, or 422 when something is wrong with it."""
        return 422 if self.errors else 200

    def validate_token(self) -> bool:
        """Is the token fresh? For a button of the form that looks at nothing else in it."""
        if self.meta.csrf and g.get("stale_token"):
            self.form_errors = [self._why_stale()]
            return False
        return True

    @staticmethod
    def _why_stale() -> str:
        if cookies_blocked():
            return _(
                "Your browser sent no cookies. The portal cannot work without them: allow cookies for this site in the "
                "browser's settings, then press the button once more. Nothing is lost."
            )
        return _("This page was open for a long time. Nothing is lost: look at it and press the button once more.")

    def validate(self, extra_validators: Any = None) -> bool:
        """Is everything in it right? The errors stand at the fields, and in `form_errors` for the whole.

        Never when the reader only turns to another language: the form is shown there as typed.
        """
        if IN_ANOTHER_LANGUAGE in request.form:
            return False
        return self.validate_token() and self._says_each_once() and super().validate(extra_validators)

    def _says_each_once(self) -> bool:
        """No page of ours sends one name twice, except for a question with many answers: which one is meant?"""
        twice = {name for name, values in request.form.lists() if len(values) > 1}
        if twice - {field.name for field in self if getattr(field, "many", False)}:
            self.form_errors = [_("Go back, look at what you wrote and try again.")]
            return False
        return True
