"""What waits for the head's signature: each is read on its own page, then several are signed at once."""

from __future__ import annotations

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue

from ...forms.review import SignSeveralForm
from ...services.office import signing_list
from ...services.office.signing_list import ToSign
from ...web.access import current_staff, fresh_factor, staff
from ...web.clock import now
from ...web.outside import context
from ...web.sessions import session
from ...web.stale import redisplays

bp = Blueprint("to_sign", __name__)


@bp.route("/to-sign", methods=["GET", "POST"])
@staff("head")
@fresh_factor
@redisplays
def index() -> ResponseReturnValue:
    """Only what this head has read as it is now can be chosen."""
    form, signed = SignSeveralForm(), None
    rows = _list()
    form.chosen.choices = [(_value(row), row.case.number) for row in rows if row.shown]
    if form.validate_on_submit():
        chosen = {row.case.number: (row.decision.id, row.shown) for row in rows if _value(row) in form.chosen.data}
        signed, rows = signing_list.sign_several(current_staff(), chosen, now()), _list()
    page = render_template(
        "staff/to_sign/index.html", form=form, rows=rows, signed=signed, value=_value, title=_title,
        answers=signing_list.list_answers(current_staff()),
    )  # fmt: skip
    return page, form.status


def _list() -> list[ToSign]:
    return signing_list.list_to_sign(current_staff(), session.get("read", {}), now())


def _value(row: ToSign) -> str:
    return f"{row.decision.id}:{row.shown}"


def _title(row: ToSign) -> str:
    return context().passports.edition(row.case.service, row.case.edition).short_title.in_(g.lang)
