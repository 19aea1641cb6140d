"""Demo only: the people of the sandbox registers and their switch, the phone that receives SMS, the mailbox, staff."""

from __future__ import annotations

from typing import Any

import httpx
from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ..sandbox import inbox, registers
from ..services.demo import staff as demo_staff
from ..web.access import public
from ..web.assets import tokens
from ..web.clock import now
from ..web.outside import gateways

bp = Blueprint("sandbox", __name__, url_prefix="/sandbox")  # registered in demo only: production knows no such address


@bp.get("/")
@public
def index() -> ResponseReturnValue:
    return render_template("sandbox/index.html", state=registers.find_state(_registers_url()), states=registers.STATES)


@bp.get("/styles")
@public
def styles() -> ResponseReturnValue:
    """Every part that pages are drawn with, as it looks; docs/styles.md says what to write for it."""
    return render_template("sandbox/styles.html", colours=tokens().items())


@bp.get("/people")
@public
def people() -> ResponseReturnValue:
    everybody = registers.load_people()
    if not _wants_json():
        return render_template("sandbox/people.html", people=everybody)
    return jsonify([_person(person) for person in everybody])


@bp.get("/phone")
@public
def phone() -> ResponseReturnValue:
    """The SMS of one phone, newest first; without `to`, the phones that have any."""
    if "to" not in request.args:
        phones = inbox.list_phones()
        return jsonify(phones) if _wants_json() else render_template("sandbox/phones.html", phones=phones)
    to = "+" + request.args["to"].strip().lstrip("+")  # a plus typed as it is arrives as a space
    messages = inbox.list_messages("sms", to)
    if _wants_json():
        return jsonify([_message(message) for message in messages])
    return render_template("sandbox/phone.html", to=to, messages=messages)


@bp.get("/mail")
@public
def mail() -> ResponseReturnValue:
    messages = inbox.list_messages("mail")
    if _wants_json():
        return jsonify([_message(message) | {"subject": message.subject} for message in messages])
    return render_template("sandbox/mail.html", messages=messages)


@bp.get("/staff")
@public
def staff() -> ResponseReturnValue:
    """Whom one may sign in as on the staff pages, and the code that their app shows now."""
    password, left, everybody = demo_staff.demo_password(), demo_staff.seconds_left(now()), demo_staff.list_staff(now())
    if _wants_json():
        return jsonify(
            [{"login": each.login, "role": each.role, "password": password, "code": each.code} for each in everybody]
        )
    return render_template("sandbox/staff.html", staff=everybody, password=password, left=left)


@bp.post("/registers")
@public
def switch_registers() -> ResponseReturnValue:
    """Make the sandbox registers fail, or work again."""
    state = request.form.get("state")
    if state not in registers.STATES:
        abort(400)
    try:
        registers.switch(_registers_url(), state)
    except httpx.HTTPError:
        abort(503)
    return redirect(url_for("sandbox.index"), 303)


def _registers_url() -> str:
    return gateways().registries.url


def _wants_json() -> bool:
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def _person(person: dict[str, Any]) -> dict[str, Any]:
    children = [{name: child[name] for name in ("iin", "name", "birth_date")} for child in person.get("children", ())]
    return {name: person.get(name) for name in ("iin", "name", "phone")} | {
        "children": children,
        "statuses": person.get("statuses", []),
    }


def _message(message: inbox.Received) -> dict[str, str]:
    return {"at": message.at.isoformat(), "to": message.to, "text": message.text}
