"""The stylesheet inside the first page of a visit, and the cookie that says that a browser has been shown one.

The first page carries the rules that it uses, so that it is readable after one request. It also asks the browser to
fetch the stylesheet when it has nothing better to do. From then on pages only name the file: browsers that fetch ahead
have it, the others (Safari, Opera Mini, KaiOS) fetch it once, for good. One cookie holds both things that a browser is
remembered by: the language read last, for the next visit to `/`, and the stylesheet; it is sent when either changes.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import re
from urllib.parse import quote

from flask import Flask, Response, current_app, g, request
from markupsafe import Markup

from . import stylesheet
from .assets import assets
from .language import YEAR, cookie_name

PLACE = "<style></style>"  # where the stylesheet comes to stand
_INSIDE = re.compile(rb'<style>.*?</style><link rel="prefetch"[^>]*><link[^>]*>', re.S)


@functools.cache
def _rules(name: str) -> tuple[stylesheet.Rule, ...]:
    return stylesheet.read_rules(assets()[name].body.decode())


@functools.cache
def _wish() -> str:
    """What asks for the stylesheet of the next page; and the icon, which later pages have at /favicon.ico."""
    icon = quote(assets()["icon.svg"].body, safe=" '=:/")
    prefetch = f'<link rel="prefetch" as="style" href="{assets()["site.css"].address}">'
    return f'{prefetch}<link rel="icon" href="data:image/svg+xml,{icon}">'


@functools.cache
def style_link(name: str = "site.css") -> Markup:
    return Markup('<link rel="stylesheet" href="{}">').format(assets()[name].address)


def style_mark() -> str:
    """How the cookie of a browser ends that was shown a page with the present stylesheet: "21".

    Two signs of the hash: a byte counts in each request, and where two stylesheets share them the file is fetched.
    """
    return assets()["site.css"].hash8[:2]


def browser_has_style() -> bool:
    """Has this browser been shown a page with the present stylesheet?"""
    return request.cookies.get(cookie_name(current_app, "l"), "").endswith(style_mark())


def style(printed: bool = False, whole: bool = False, beside: str = "") -> Markup:
    """What a page puts into its head for the stylesheet; a first page gets its rules when it is drawn (`put_in`).

    `printed`: with the rules for paper. `whole`: with every rule, where fragments bring what the page has not got yet.
    `beside`: a stylesheet of few pages that this one needs as well ("sheet.css").
    """
    if browser_has_style():
        return style_link() + (style_link(beside) if beside else Markup())
    g.style_inlined = "whole" if whole else "printed" if printed else "used"
    g.style_beside = beside
    return Markup(PLACE + _wish())  # noqa: S704 - our own words


def put_in(response: Response) -> Response:
    """The stylesheet into the first page. The policy lets exactly these bytes through (headers.py)."""
    wanted = g.get("style_inlined")
    if not wanted or response.is_streamed or response.mimetype != "text/html":
        return response
    page = response.get_data(as_text=True)
    if PLACE in page:
        rules = _rules("site.css") + (_rules(g.style_beside) if g.style_beside else ())
        whole = assets()["site.css"].body.decode()
        css = whole if wanted == "whole" else stylesheet.used_by(rules, page, wanted == "printed")
        g.style_source = source_of(css)
        response.set_data(page.replace(PLACE, f"<style>{css}</style>", 1))
    return response


def source_of(css: str) -> str:
    """The Content-Security-Policy source that lets this stylesheet through inside a page, and no other."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()}'"


def without_style(page: bytes) -> bytes:
    """A page without the way in which its stylesheet comes."""
    return _INSIDE.sub(b"", page, count=1).replace(style_link().encode(), b"", 1)


def remember(response: Response) -> Response:
    """Note the language of the page read last and that it was shown with its stylesheet. Sent only when it changes."""
    if request.cookies.get(cookie_name(current_app, "l")) == g.lang + style_mark():
        return response
    endpoint = request.endpoint
    speaks = response.status_code == 200 and endpoint and current_app.url_map.is_endpoint_expecting(endpoint, "lang")
    if speaks or "style_source" in g:
        response.headers.add("Set-Cookie", reader_cookie(current_app, g.lang))
    return response


def reader_cookie(app: Flask, lang: str) -> str:
    """The Set-Cookie line of a browser that was shown a page in this language."""
    secure = "; Secure" if app.extensions["context"].settings.secure_cookies else ""
    return f"{cookie_name(app, 'l')}={lang}{style_mark()}; Path=/; Max-Age={YEAR}; HttpOnly; SameSite=Lax{secure}"


def init_app(app: Flask) -> None:
    app.after_request(remember)
    app.after_request(put_in)
    app.jinja_env.globals["style"] = style
