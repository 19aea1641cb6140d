"""Files in pieces, by tus 1.0 (https://tus.io): for scripts that go on after a break. Plain forms need none of it."""

from __future__ import annotations

import base64
import binascii
import hashlib
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Blueprint, Response, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import ClientDisconnected
from werkzeug.http import http_date

from ..forms.uploads import refusal
from ..gateways.storage import StorageDown
from ..services.files import slots as file_places
from ..services.files import uploads
from ..services.files.limits import LARGEST_FILE
from ..services.files.rebuilding import FileRefused, TooBusy
from ..services.files.room import UploadSlot
from ..services.files.uploads import UploadNotFound
from ..services.identity import limits
from ..web.access import complainant, current_account
from ..web.clock import now
from ..web.files import takes_files
from ..web.language import LANG_PREFIX
from ..web.outside import gateways

if TYPE_CHECKING:
    from ..models import Upload

bp = Blueprint("uploads", __name__, url_prefix=f"{LANG_PREFIX}/apply/<key>/uploads")

VERSION = "1.0.0"
PIECES = "application/offset+octet-stream"
CHECKSUMS = ("sha1", "sha256")
ABLE = {
    "Tus-Version": VERSION,
    "Tus-Extension": "creation,creation-with-upload,termination,expiration,checksum",
    "Tus-Max-Size": str(LARGEST_FILE),
    "Tus-Checksum-Algorithm": ",".join(CHECKSUMS),
}


class Unfit(ValueError):
    """The request is not as the protocol says; `status` answers it."""

    def __init__(self, status: int, text: str = "") -> None:
        super().__init__(text)
        self.status = status


@bp.route("", methods=["POST", "OPTIONS"])
@complainant
@takes_files(LARGEST_FILE)
def start(key: str) -> ResponseReturnValue:
    if request.method == "OPTIONS":
        return _answer(204, **ABLE)
    _same_version()
    metadata = _metadata()
    place = _place(key, metadata.get("field", ""))
    limits.hit("files of a person", str(current_account().id), now())
    upload = uploads.start_upload(place, metadata.get("filename", ""), _number("Upload-Length"), now())
    if request.content_type == PIECES:
        _append(upload, 0, place)
    return _answer(201, Location=url_for(".piece", key=key, upload_key=upload.key), **_standing(upload))


@bp.route("/<upload_key>", methods=["HEAD", "PATCH", "DELETE", "OPTIONS"])
@complainant
@takes_files(LARGEST_FILE)
def piece(key: str, upload_key: str) -> ResponseReturnValue:
    if request.method == "OPTIONS":
        return _answer(204, **ABLE)
    _same_version()
    upload = uploads.get_upload(current_account(), key, upload_key, now())
    if request.method == "DELETE":
        uploads.abandon(upload, gateways().storage)
        return _answer(204)
    if request.method == "PATCH":
        if request.content_type != PIECES:
            raise Unfit(415)
        _append(upload, _number("Upload-Offset"), _place(key, upload.field))
        return _answer(204, **_standing(upload))
    return _answer(200, **{"Upload-Length": str(upload.length)}, **_standing(upload))


@bp.errorhandler(Unfit)
def unfit(error: Unfit) -> Response:
    return _answer(error.status, str(error), **(ABLE if error.status == 412 else {}))


@bp.errorhandler(UploadNotFound)
@bp.errorhandler(file_places.NoPlaceForFiles)
def gone(error: LookupError) -> Response:
    return _answer(404)


@bp.errorhandler(uploads.OffsetWrong)
def offset_wrong(error: uploads.OffsetWrong) -> Response:
    return _answer(409, **{"Upload-Offset": str(error.offset)})


@bp.errorhandler(uploads.ChecksumWrong)
def checksum_wrong(error: uploads.ChecksumWrong) -> Response:
    return _answer(460, "Checksum Mismatch")


@bp.errorhandler(FileRefused)
def refused(error: FileRefused) -> Response:
    return _answer(413 if error.reason == "too_large" else 422, refusal(error.reason, **error.values))


@bp.errorhandler(TooBusy)
@bp.errorhandler(StorageDown)
def later(error: Exception) -> Response:
    reason = "busy" if isinstance(error, TooBusy) else "down"
    return _answer(503, refusal(reason), **{"Retry-After": "10"})


def _append(upload: Upload, offset: int, place: UploadSlot) -> None:
    if request.content_length is None:
        raise Unfit(HTTPStatus.LENGTH_REQUIRED)
    if request.content_length > upload.length - offset:
        raise Unfit(413, "more than Upload-Length")
    uploads.append(upload, offset, _read, place, gateways(), now(), _checksum())


def _read(size: int) -> bytes:
    """What comes of the request's body; a line that breaks ends it, and what came before counts."""
    try:
        return request.stream.read(size)
    except (ClientDisconnected, OSError):
        return b""


def _place(key: str, field: str) -> UploadSlot:
    return file_places.find_place(current_account(), key, field)


def _answer(status: int, text: str = "", **headers: str) -> Response:
    response = Response(text, status, content_type="text/plain; charset=utf-8")
    response.headers.update({"Tus-Resumable": VERSION, **headers})
    return response


def _standing(upload: Upload) -> dict[str, str]:
    return {"Upload-Offset": str(upload.offset), "Upload-Expires": http_date(upload.expires_at)}


def _same_version() -> None:
    if request.headers.get("Tus-Resumable") != VERSION:
        raise Unfit(412)


def _number(header: str) -> int:
    value = request.headers.get(header, "")
    if not (value.isascii() and value.isdigit() and len(value) < 16):
        raise Unfit(400, f"{header}: a number of bytes")
    return int(value)


def _metadata() -> dict[str, str]:
    """Upload-Metadata: names with values in base64. What is not text is left out."""
    metadata = {}
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        name, _, value = pair.strip().partition(" ")
        try:
            metadata[name] = base64.b64decode(value, validate=True).decode().replace("\0", "")
        except (binascii.Error, UnicodeDecodeError):
            raise Unfit(400, f"Upload-Metadata: {name[:20]}") from None
    return metadata


def _checksum() -> tuple[str, bytes] | None:
    given = request.headers.get("Upload-Checksum")
    if given is None:
        return None
    algorithm, _, value = given.partition(" ")
    try:
        expected = base64.b64decode(value, validate=True)
    except binascii.Error:
        expected = b""
    if algorithm not in CHECKSUMS or len(expected) != hashlib.new(algorithm, usedforsecurity=False).digest_size:
        raise Unfit(400, "Upload-Checksum")
    return algorithm, expected
