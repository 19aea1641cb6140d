"""Is this form ours? A token ties each form to the browser's session key; nothing needs to be stored for it.

A token is a random number and its keyed hash together with the session's key: it differs in every page, so that a
compressed page betrays nothing of it, and it is good as long as the key is. What a wrong one leads to: see stale.py.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, request
from werkzeug.datastructures import ImmutableMultiDict
from wtforms.csrf.core import CSRF

from . import view_marks
from .sessions import session

View = TypeVar("View", bound=Callable[..., Any])

SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
FIELD = "csrf_token"
HEADER = "X-CSRF-Token"  # for scripts that send something else than a form
_NONCE, _MARK = 8, 16  # bytes
SECRETS = {"code", "password", "new_password", "repeated_password", "credential"}  # fields that are not kept


def unguarded(view: View) -> View:
    """Callers that are not forms of ours may post to this view, as browsers do with reports on the content policy."""
    view.unguarded = True  # type: ignore[attr-defined]
    return view


def redisplays(view: View) -> View:
    """This view changes something only after `form.validate_on_submit()`, and otherwise shows the form as typed.

    Such a view is called also when the token is stale; its form is never valid then. The form has to be a
    portal.forms.form.Form. See stale.py.
    """
    view.redisplays = True  # type: ignore[attr-defined]
    return view


def make_token() -> str:
    """A token for the forms of this page; the same all over the page."""
    if FIELD not in g:
        nonce = secrets.token_bytes(_NONCE)
        g.csrf_token = base64.urlsafe_b64encode(nonce + _mark(nonce, _session_key())).decode()
    return g.csrf_token


def is_genuine(token: str) -> bool:
    """Was this token made for the session key that the browser sent?"""
    try:
        raw = base64.urlsafe_b64decode(token.encode())
    except (ValueError, binascii.Error):
        return False
    nonce, mark = raw[:_NONCE], raw[_NONCE:]
    return hmac.compare_digest(mark, _mark(nonce, _session_key()))


def is_foreign() -> bool:
    """Does another site's page send this? Old browsers do not say; then the token alone decides."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site in ("cross-site", "same-site")
    source = request.headers.get("Origin") or request.headers.get("Referer") or "null"
    return source != "null" and urlsplit(source).netloc != request.host


def large_form(size: int) -> Callable[[Any], Any]:
    """A mark: this view takes a form with a file or a text of so many bytes, beyond the limit of all others."""

    def mark(view: Any) -> Any:
        view.largest_form = size + 40_000  # what stands around the file
        return view

    return mark


def weigh() -> None:
    """Before every change: refuse what another site sends, and note in g.stale_token whether the token is missing.

    A foreign request is refused before anything answers it with a session of its own, which would replace the
    reader's: the browser did not send the cookie along.
    """
    if request.method in SAFE or request.endpoint is None:
        return
    if view_marks.find("unguarded"):
        return
    largest = view_marks.find("largest_form")
    if largest is not None:
        request.max_content_length = request.max_form_memory_size = largest
    if is_foreign():
        g.foreign_form = True
        abort(400)
    g.stale_token = not is_genuine(request.headers.get(HEADER) or request.form.get(FIELD, ""))


def cookies_blocked() -> bool:
    """Did the form come without any cookie? Our pages set two, one of them for a year: then no token can fit."""
    return not request.cookies


def typed_fields() -> ImmutableMultiDict[str, str]:
    """What was typed into the form that was sent: everything but the token."""
    return ImmutableMultiDict([pair for pair in request.form.items(multi=True) if pair[0] != FIELD])


class SessionToken(CSRF):
    """What WTForms has to know of the token: nothing. It is no field of a form: templates write it with csrf_token(),
    it has been weighed before the form is made, and Form.validate() refuses a stale one."""

    def setup_form(self, form: Any) -> list[Any]:
        return []


def _session_key() -> str:
    return session.key


def _mark(nonce: bytes, key: str) -> bytes:
    secret = hashlib.sha256(b"csrf\0" + current_app.config["SECRET_KEY"].encode()).digest()
    return hashlib.blake2b(nonce + key.encode(), key=secret, digest_size=_MARK).digest()


def init_app(app: Flask) -> None:
    app.before_request(weigh)
    app.jinja_env.globals["csrf_token"] = make_token
