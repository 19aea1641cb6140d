"""Static files: a hash in each name, compressed once, cached for good. How the stylesheet comes: first_page.py."""

from __future__ import annotations

import functools
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, abort, g, request

from . import htmx, stylesheet
from .access import needs_no_database, public
from .compression import compress, preferred_encoding
from .language import YEAR

FOLDER = Path(__file__).resolve().parents[1] / "static"
SERVED = {".css", ".js", ".svg", ".png"}


@dataclass(frozen=True)
class Asset:
    """One static file as it is sent. `address` holds its hash, so its content never changes."""

    name: str
    address: str
    hash8: str
    body: bytes
    content_type: str


@functools.cache
def tokens() -> dict[str, str]:
    """The colours that site.css names: {"--ink": "#12242b"}."""
    return stylesheet.read_tokens((FOLDER / "site.css").read_text())


@functools.cache
def assets() -> dict[str, Asset]:
    """Every static file by its plain name, read once."""
    return {path.name: _read(path) for path in sorted(FOLDER.iterdir()) if path.suffix in SERVED}


@functools.cache
def _by_served_name() -> dict[str, Asset]:
    return {asset.address.removeprefix("/static/"): asset for asset in assets().values()}


def _read(path: Path) -> Asset:
    body = path.read_bytes()
    if path.suffix == ".css":
        body = stylesheet.minify_css(stylesheet.put_tokens_in(body.decode(), tokens())).encode()
    if path.name.startswith("htmx-"):
        body += f"\nObject.assign(htmx.config,{htmx.CONFIG})".encode()
    hash8 = hashlib.sha256(body).hexdigest()[:8]
    kind = mimetypes.types_map.get(path.suffix, "application/octet-stream")
    if kind.startswith("text/") or path.suffix in (".js", ".svg"):
        kind += "; charset=utf-8"
    return Asset(path.name, f"/static/{path.stem}.{hash8}{path.suffix}", hash8, body, kind)


@functools.cache
def _compressed(name: str, encoding: str) -> bytes:
    return compress(assets()[name].body, encoding, best=True)


def static_url(name: str) -> str:
    """The address of a static file by its plain name. A page that names a script is allowed scripts (headers.py)."""
    if name.endswith(".js"):
        g.scripted = True
    return assets()[name].address


@public
@needs_no_database
def serve(name: str) -> Response:
    """A static file by its hashed name."""
    asset = _by_served_name().get(name)
    if asset is None:
        abort(404)
    return _send(asset)


@public
@needs_no_database
def favicon() -> Response:
    """The mark as browsers ask for it by themselves."""
    return _send(assets()["icon.svg"])


def _send(asset: Asset) -> Response:
    encoding = preferred_encoding(request.environ)
    response = Response(_compressed(asset.name, encoding), content_type=asset.content_type)
    response.headers["Vary"] = "Accept-Encoding"
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response


def init_app(app: Flask) -> None:
    app.add_url_rule("/static/<name>", "static", serve)
    app.add_url_rule("/favicon.ico", "favicon", favicon)
    app.jinja_env.globals.update(static_url=static_url)
