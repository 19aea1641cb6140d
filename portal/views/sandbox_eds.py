"""Demo only: signing in anybody's name, as a program for signing would; production does not load this module."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from ..forms.signing import MOST_BYTES
from ..sandbox import registers
from ..services.demo.eds_place import sign_as
from ..web.access import public
from ..web.clock import now
from ..web.files import file_response
from ..web.outside import context

bp = Blueprint("sandbox_eds", __name__, url_prefix="/sandbox")
WAYS = ("gost", "rsa", "sign_in")


@bp.get("/eds")
@public
def eds() -> ResponseReturnValue:
    return render_template("sandbox/eds.html", people=registers.load_people(), ways=WAYS)


@bp.post("/eds")
@public
def sign() -> Response:
    """The signature of a file in the name of one of the demo's people, as a file."""
    person = next((each for each in registers.load_people() if each["iin"] == request.form.get("iin")), None)
    file, way = request.files.get("file"), request.form.get("way", "gost")
    content = file.read(MOST_BYTES + 1) if file else b""
    if person is None or way not in WAYS or not content or len(content) > MOST_BYTES:
        abort(400)
    cms = sign_as(context().settings.data_dir, person["iin"], person["name"], content, now(), way)
    return file_response(cms, "application/pkcs7-signature", "signature.p7s")
