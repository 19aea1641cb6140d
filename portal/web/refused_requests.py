"""What was refused goes on record: a page that is not the reader's, a form that is not ours or has grown old.

A line in the audit log each, so many an hour and address: whoever knocks a million times fills no disk.
"""

from __future__ import annotations

from flask import Flask, Response, abort, g, request

from ..services.identity import limits
from ..services.records import audit
from . import clock, view_marks
from .outside import caller_address
from .sessions import session

LIMIT = "refusals on record of an address"


def refuse_nul() -> None:
    """A NUL is no letter of any answer, and PostgreSQL takes none: no person typed it."""
    texts = [request.path]
    if request.query_string:
        texts += [part for pair in request.args.items(multi=True) for part in pair]
    if request.endpoint is not None and request.want_form_data_parsed:
        texts += [part for pair in request.form.items(multi=True) for part in pair]
    if "\0" in "".join(texts):
        abort(400)


def keep_on_record(response: Response) -> Response:
    action = _what_was_refused(response)
    if action is not None and limits.allows(LIMIT, limits.network(caller_address()), clock.now()):
        # Where, not which one: what somebody typed into an address is no name of anything.
        audit.record(_who(), action, request.endpoint or "", clock.now(), status=response.status_code)
    return response


def _what_was_refused(response: Response) -> str | None:
    if g.get("foreign_form"):
        return "foreign_form_refused"
    if g.get("stale_token"):
        return "stale_form_refused"
    if response.status_code not in (403, 404) or not request.endpoint:
        return None
    denied = response.status_code == 403 or view_marks.find("access") in ("citizen", "complainant", "staff")
    return "access_refused" if denied else None


def _who() -> str:
    if g.get("foreign_form"):
        return "anonymous"  # the browser may have kept the cookie back, and what it says is not the reader's doing
    return session.who or "anonymous"


def init_app(app: Flask) -> None:
    app.before_request(refuse_nul)
    app.after_request(keep_on_record)
