"""Where staff arrive: their work list, where there is one for them; else a page that says what they may do."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ...services.office import admin_tasks
from ...web.access import current_staff, may_open, staff

bp = Blueprint("home", __name__)


@bp.get("/")
@staff()
def index() -> ResponseReturnValue:
    if may_open("staff.work_list.index"):
        return redirect(url_for("staff.work_list.index"), 303)
    if may_open("staff.calls.index"):
        return redirect(url_for("staff.calls.index"), 303)
    me = current_staff()
    tasks = admin_tasks.list_tasks(me) if me.role == "admin" else None
    return render_template("staff/home/index.html", tasks=tasks)
