"""What every answer tells the browser about trust. Views may be stricter: a header that is set stays.

Headers travel uncompressed with every answer, so each of them earns its place: all together stay within 800 bytes.
"""

from __future__ import annotations

import functools

from flask import Flask, Response, g

from .outside import context

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # not no-referrer: the check of foreign forms needs it
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NO_PAGE = "default-src 'none';frame-ancestors 'none'"  # of a redirect, a stylesheet, a script: nothing in it is a page
TWO_YEARS = "max-age=63072000; includeSubDomains"


@functools.lru_cache(1000)
def policy(style_source: str, scripted: bool, framed: bool = False, connects: str = "") -> str:
    """The Content-Security-Policy of a page.

    The hash of the stylesheet is named only where it stands inside the page, scripts and their requests only where the
    page has any, frames where it shows a document: elsewhere default-src forbids them.
    """
    parts = [
        "default-src 'none'",
        f"style-src 'self' {style_source}" if style_source else "style-src 'self'",
        *(["script-src 'self'", f"connect-src 'self' {connects}".rstrip()] if scripted else []),
        *(["frame-src 'self'"] if framed else []),
        "img-src 'self' data:",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
        "report-uri /csp",
    ]
    return ";".join(parts)


def apply(response: Response) -> Response:
    wanted = {
        "Content-Security-Policy": _policy_of(response),
        "Cache-Control": "no-store",
        **ALWAYS,
    }
    if not context().settings.demo:
        wanted["Strict-Transport-Security"] = TWO_YEARS
    held = {name.lower() for name in response.headers.keys()}  # noqa: SIM118 - a list of pairs, no dict
    response.headers.extend([(name, value) for name, value in wanted.items() if name.lower() not in held])
    return response


def _policy_of(response: Response) -> str:
    if response.mimetype != "text/html" or "Location" in response.headers:
        return NO_PAGE
    return policy(g.get("style_source", ""), "scripted" in g, g.get("framed", False), g.get("connects", ""))


def init_app(app: Flask) -> None:
    app.after_request(apply)
