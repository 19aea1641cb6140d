"""Asked for another code too soon: nothing is lost, and the page says when it is possible."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Response, make_response, render_template

from ..services.identity.limits import LimitReached
from ..web.clock import now


def too_soon(limit: LimitReached, template: str, **context: Any) -> Response:
    """Asked for another code too soon: the page of the code again, with when it is possible. The last one works."""
    moment = now() + dt.timedelta(seconds=limit.retry_after + 59)
    response = make_response(render_template(template, again_at=moment, too_soon=True, **context), 429)
    response.headers["Retry-After"] = str(limit.retry_after)
    return response
