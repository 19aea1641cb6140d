"""Files that citizens sent with their applications, for themselves to look at."""

from __future__ import annotations

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from ..gateways.storage import StorageDown
from ..services.cases import timeline
from ..services.files import documents
from ..services.records import audit
from ..web.access import complainant, current_account
from ..web.clock import now
from ..web.errors import error_page
from ..web.files import file_response
from ..web.language import LANG_PREFIX
from ..web.outside import gateways

bp = Blueprint("documents", __name__, url_prefix=LANG_PREFIX)


@bp.get("/cabinet/<number>/documents/<key>")
@complainant
def show(number: str, key: str) -> ResponseReturnValue:
    account = current_account()
    document = documents.get_document(timeline.get_case(account, number), key)
    content = documents.read_document(document, gateways().storage)
    audit.record(f"account:{account.id}", "view_document", f"document:{document.id}", now())
    return file_response(content, document.media_type, documents.made_name(document, number))


@bp.app_errorhandler(documents.DocumentNotFound)
def not_found(error: documents.DocumentNotFound) -> Response:
    return error_page(404)


@bp.app_errorhandler(documents.NotScannedYet)
def not_scanned(error: documents.NotScannedYet) -> Response:
    return error_page(
        409,
        _l("This file is still being checked for viruses"),
        _l("Nobody sees it before. Come back in a few minutes."),
    )


@bp.app_errorhandler(documents.Infected)
def infected(error: documents.Infected) -> Response:
    return error_page(409, _l("A virus was found in this file"), _l("It was deleted, and nobody has seen it."))


@bp.app_errorhandler(StorageDown)
def storage_down(error: StorageDown) -> Response:
    response = error_page(503)
    response.headers["Retry-After"] = "30"
    return response
