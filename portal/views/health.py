"""For machines: alive, able to serve, figures; and where browsers report a breach of our content policy."""

from flask import Blueprint, Response

from .. import db
from ..web.access import public

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public
def healthz():
    return Response("ok\n", content_type="text/plain; charset=utf-8")


@bp.get("/readyz")
@public
def readyz():
    db.db.execute_sql("SELECT 1")
    return Response("ready\n", content_type="text/plain; charset=utf-8")
