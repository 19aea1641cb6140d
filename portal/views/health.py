"""For machines: alive, able to serve, figures; and where browsers report a breach of our content policy."""

import json

from flask import Blueprint, Response, abort, current_app, request
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST

from .. import db
from ..services.identity import limits
from ..web.access import needs_no_database, public
from ..web.clock import now
from ..web.csrf import unguarded
from ..web.outside import caller_address

bp = Blueprint("health", __name__)

LOOPBACK = ("127.0.0.1", "::1")
LARGEST_REPORT = 16 * 1024  # bytes
LONGEST_REPORT = 2000  # letters of a report that reach the log


def _plain(text: str) -> Response:
    return Response(text, content_type="text/plain; charset=utf-8")


@bp.get("/healthz")
@public
@needs_no_database
def healthz() -> ResponseReturnValue:
    return _plain("ok\n")


@bp.get("/readyz")
@public
def readyz() -> ResponseReturnValue:
    db.db.execute_sql("SELECT 1")
    return _plain("ready\n")


@bp.get("/metrics")
@public
@needs_no_database
def metrics() -> ResponseReturnValue:
    """Not from outside: nginx and every other proxy names whom it speaks for."""
    if "X-Forwarded-For" in request.headers or request.remote_addr not in LOOPBACK:
        abort(404)
    return Response(current_app.extensions["metrics"].text(), content_type=CONTENT_TYPE_LATEST)


@bp.post("/csp")
@public
@unguarded
def csp() -> ResponseReturnValue:
    """Count the report and log what was refused: never the address of the page, which may name a case.

    Nobody is asked who they are, so there is room for a browser's reports and not for a storm of them.
    """
    request.max_content_length = LARGEST_REPORT
    limits.hit("reports of an address", limits.network(caller_address()), now())
    try:
        report = request.get_json(force=True, silent=True)
    except RecursionError:  # lists in lists in lists
        abort(400)
    body = report.get("csp-report") if isinstance(report, dict) else None
    if not isinstance(body, dict):
        abort(400)
    known = {key: body.get(key) for key in ("effective-directive", "violated-directive", "blocked-uri")}
    current_app.extensions["metrics"].csp_reports.inc()
    current_app.logger.warning("content policy: %s", json.dumps(known)[:LONGEST_REPORT])
    return Response(status=204)
