"""The pages that ask for a second factor: at the door, before what matters most, and where one is set up anew."""

from __future__ import annotations

import datetime as dt
import ipaddress
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from flask import Response, g, make_response, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ...forms.staff import FactorForm, KeyForm
from ...services.identity.limits import LimitReached
from ...services.languages import format_moment
from ...services.staff import second_factor, security_keys
from ...services.staff.second_factor import FactorWrong
from ...services.staff.security_keys import KeyRefused, KeySite
from ...web.clock import now
from ...web.known_browsers import staff_browser_mark
from ...web.outside import context
from ...web.sessions import session
from ..limit_reasons import reason

_OF_A_CASE = re.compile(r"/staff/cases/([0-9A-Z-]{4,20})(/.*)?$")
_ACTS = {
    "/sign": _l("Signing the decision"),
    "/answer": _l("The answer to the complaint"),
    "/answer/sign": _l("Signing the answer"),
}

Proved = Callable[[Any, str], Response]  # called with the member and "totp" or "security key"


def ask_code(member: Any, template: str, proved: Proved) -> Response:
    """A code from the app."""
    form, status = FactorForm(), None
    if form.validate_on_submit():
        try:
            second_factor.prove(member, form.digits, now(), staff_browser_mark())
        except FactorWrong as problem:
            form.factor_failed(problem)
        except LimitReached as limit:
            form.form_errors, status = [wait_text(limit)], 429
        else:
            return proved(member, "totp")
    return make_response(render_template(template, form=form, member=member, about=_about()), status or form.status)


def set_up(member: Any, template: str, proved: Proved) -> Response:
    """A new secret for the app, kept sealed in the session until a code shows that the app has it."""
    form, status = FactorForm(), None
    sealed = session.get("new_factor")
    if sealed is None:
        sealed = session["new_factor"] = second_factor.seal_secret(member, second_factor.make_secret())
    elif form.validate_on_submit():
        try:
            second_factor.set_up(member, sealed, form.digits, now())
        except FactorWrong as problem:
            form.factor_failed(problem)
        except LimitReached as limit:
            form.form_errors, status = [wait_text(limit)], 429
        else:
            del session["new_factor"]
            return proved(member, "totp")
    secret = second_factor.unseal_secret(member, sealed)
    groups = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    picture = second_factor.draw_qr(member, secret)
    page = render_template(template, form=form, member=member, secret=groups, picture=picture)
    return make_response(page, status or form.status)


def ask_key(member: Any, template: str, proved: Proved) -> Response:
    """A touch of a security key. Each question is good for one answer."""
    form = KeyForm()
    challenge = session.get("key_challenge", "")
    if form.validate_on_submit():
        session["key_challenge"] = ""
        try:
            security_keys.prove(member, form.credential.data, challenge, place(), now())
        except KeyRefused:
            form.form_errors = [_("This key did not open the account. Try again, or use another key of yours.")]
        else:
            return proved(member, "security key")
    question = security_keys.ask(member, place())
    session["key_challenge"] = question.challenge
    page = render_template(
        template, form=form, member=member, question=question, elsewhere=address_for_keys(), about=_about()
    )
    return make_response(page, form.status)


def _about() -> dict[str, Any] | None:
    """The case and the act that wait for this proof; None where it is about no case."""
    found = _OF_A_CASE.match(request.args.get("next", ""))
    return {"number": found[1], "act": _ACTS.get(found[2] or "", "")} if found else None


def place() -> KeySite:
    """Where keys are good: at the portal's public address; in demo wherever it is opened."""
    settings = context().settings
    origin = request.host_url.rstrip("/") if settings.demo else settings.base_url
    return KeySite(urlsplit(origin).hostname or "", origin)


def address_for_keys() -> str:
    """Browsers refuse keys at a bare number: the same page by the machine's name, or "" where all is well."""
    try:
        ipaddress.ip_address(place().host)
    except ValueError:
        return ""
    port = urlsplit(request.host_url).port
    return f"http://localhost{f':{port}' if port else ''}{request.path}"


def wait_text(limit: LimitReached) -> str:
    """How long the next try has to wait."""
    again = format_moment(now() + dt.timedelta(seconds=limit.retry_after + 59), g.lang)
    return _(
        "%(reason)s To keep strangers out, the next try is possible after %(moment)s.",
        reason=reason(limit), moment=again,
    )  # fmt: skip
