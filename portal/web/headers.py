"""What every answer tells the browser about trust. Views may be stricter: a header that is set stays."""

from __future__ import annotations

from flask import Flask, Response, current_app, g

from .assets import style_source

STYLE_PLACE = "style-src 'self'"
POLICY = (
    f"default-src 'none'; {STYLE_PLACE}; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; report-uri /csp"
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # not no-referrer: the check of foreign forms needs it
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
TWO_YEARS = "max-age=63072000; includeSubDomains"


def policy(style_inlined: bool) -> str:
    """The Content-Security-Policy of a page; the stylesheet's hash is named only where it stands inside the page."""
    return POLICY.replace(STYLE_PLACE, f"{STYLE_PLACE} {style_source()}") if style_inlined else POLICY


def apply(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", policy(g.get("style_inlined", False)))
    for name, value in ALWAYS.items():
        headers.setdefault(name, value)
    headers.setdefault("Cache-Control", "no-store")
    if not current_app.extensions["settings"].demo:
        headers.setdefault("Strict-Transport-Security", TWO_YEARS)
    return response


def init_app(app: Flask) -> None:
    app.after_request(apply)
