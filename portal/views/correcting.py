"""Signing a correction: what was asked, what it was and what it is now, and the text as the answers say it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ..forms.accounts import CodeForm
from ..services.identity.codes import CodeProblem
from ..services.identity.limits import LimitReached
from ..services.review import signed_corrections
from ..services.signatures.signing import SignedByCode, send_code
from ..web.access import citizen, current_account
from ..web.clock import now
from ..web.htmx import go_to
from ..web.language import LANG_PREFIX
from ..web.outside import caller_address, gateways
from ..web.sessions import session
from ..web.stale import redisplays
from .pauses import too_soon
from .seen_texts import mark_of
from .unseen import ToSign, look, sent_for

bp = Blueprint("correcting", __name__, url_prefix=LANG_PREFIX + "/cabinet")
TEMPLATE = "cabinet/correct_sign.html"


@bp.route("/<number>/correct/sign", methods=["GET", "POST"])
@citizen
@redisplays
def sign(number: str) -> ResponseReturnValue:
    mended = signed_corrections.find_mended(current_account(), number, g.lang)
    if mended is None and request.method == "POST":
        return redirect(url_for("cabinet.case", number=number, done="not_taken"), 303)
    if mended is None:
        return redirect(url_for("cabinet.correct", number=number), 303)
    form, key = CodeForm(), f"correct:{number}"
    to_sign = look(session.get("sign", {}).get(key), mended.text, mended.given_at)
    to_sign = to_sign or ToSign(mended.text, "", mark_of(mended.text), changed=False, needs_code=True, changed_at=None)
    page = {"number": number, "mended": mended, "to_sign": to_sign, "form": form}
    if "again" in request.form and form.validate_token():
        return _send(number, key, mended.text, page)
    if "again" not in request.form and to_sign.accepts(form):
        try:
            proof = SignedByCode(to_sign.handle, form.digits)
            signed_corrections.sign_correction(current_account(), number, proof, g.lang, now())
            session["sign"] = {name: held for name, held in session.get("sign", {}).items() if name != key}
            return go_to(url_for("cabinet.case", number=number, done="corrected"))
        except CodeProblem as problem:
            form.code_failed(problem)
    return render_template(TEMPLATE, **page), form.status


def _send(number: str, key: str, text: str, page: dict[str, Any]) -> ResponseReturnValue:
    try:
        sent = send_code(current_account(), text, gateways().registries, now(), caller_address())
    except LimitReached as limit:
        return too_soon(limit, TEMPLATE, **page)
    session["sign"] = {**session.get("sign", {}), key: sent_for(sent, text)}
    return redirect(url_for(".sign", number=number), 303)
