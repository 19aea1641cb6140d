"""How a case stands, without signing in: by its number and the code from its receipt."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from ..forms.status import StatusForm
from ..services import numbers
from ..services.cabinet import status as lookups
from ..services.identity import limits
from ..services.passports.complaint_routes import routes_on
from ..web.access import public
from ..web.clock import now
from ..web.csrf import redisplays
from ..web.language import LANG_PREFIX, LONGEST_ECHO
from ..web.outside import caller_address, context

bp = Blueprint("status", __name__, url_prefix=LANG_PREFIX)


@bp.route("/status", methods=["GET", "POST"])
@public
@redisplays
def status() -> ResponseReturnValue:
    form = StatusForm()
    if request.method == "GET":
        form.number.data = request.args.get("number", "")[:LONGEST_ECHO]  # typed on the home page; the code never is
    try:
        standing = _find(form)
    except lookups.NoSuchPair:
        form.pair_wrong()
        standing = None
    if standing is None:
        return render_template("status/status.html", form=form), form.status
    passport = context().passports.edition(standing.service, standing.edition)
    return render_template(
        "status/status.html", form=StatusForm(formdata=None), standing=standing, passport=passport,
        ways=routes_on(passport, standing.instance) if standing.is_appealable else [],
        ticket=lookups.make_ticket(standing.number, now()),
    )  # fmt: skip


def _find(form: StatusForm) -> lookups.CaseStatus | None:
    """The case asked for, by its pair or once more in another language; None where nothing was asked. Raises
    NoSuchPair."""
    if "ticket" in request.form and form.validate_token():
        return lookups.look_up_again(request.form["ticket"], now())
    if not form.validate_on_submit():
        return None
    asked = numbers.normalise_code(form.number.data)
    limits.hit_all([("look-ups of an address", limits.network(caller_address())), ("look-ups of a case", asked)], now())
    return lookups.look_up(form.number.data, form.code.data, now())
