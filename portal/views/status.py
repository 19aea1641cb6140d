"""How a case stands, without signing in: by its number and the code from its receipt."""

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
    if form.validate_on_submit():
        asked = numbers.normalise_code(form.number.data)
        limits.hit_all(
            [("look-ups of an address", limits.network(caller_address())), ("look-ups of a case", asked)], now()
        )
        try:
            standing = lookups.look_up(form.number.data, form.code.data, now())
        except lookups.NoSuchPair:
            form.pair_wrong()
        else:
            passport = context().passports.edition(standing.service, standing.edition)
            form = StatusForm(formdata=None)
            ways = routes_on(passport, standing.instance) if standing.is_appealable else []
            return render_template("status/status.html", form=form, standing=standing, passport=passport, ways=ways)
    return render_template("status/status.html", form=form), form.status
