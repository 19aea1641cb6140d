"""What is to be signed with an EDS, as a file."""

from __future__ import annotations

from flask import Blueprint, abort, g
from flask.typing import ResponseReturnValue

from ..forms.signing import WAYS
from ..services.journeys.answers import canonical_text
from ..services.signatures.requests import find_request
from ..web.access import citizen, current_account
from ..web.clock import now
from ..web.files import file_response
from ..web.language import LANG_PREFIX
from .apply import open_draft

bp = Blueprint("eds_signing", __name__, url_prefix=LANG_PREFIX)
bp.app_context_processor(lambda: {"way_words": WAYS})


@bp.get("/apply/<key>/sign/file")  # what a step may not be called
@citizen
def to_sign(key: str) -> ResponseReturnValue:
    draft, journey = open_draft(key)
    account = current_account()
    text = canonical_text(journey, account, g.lang) if journey.is_complete else ""
    request = find_request(account, draft.key, text, now())
    if request is None:
        abort(404)
    return file_response(request.manifest.encode(), "application/json", f"to-sign-{draft.key}.json")
