"""Tables to be saved, as CSV or as an Excel workbook, with heads in the reader's language."""

from __future__ import annotations

from flask import Response
from flask_babel import lazy_gettext as _l

from ..services.spreadsheets import Sheet, write_csv
from ..services.workbooks import write_workbook

FORMS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FORM = "<any(csv, xlsx):form>"  # the end of an address
HEADS = {
    "organisation": _l("Organisation"),
    "month": _l("Month"),
    "service": _l("Service"),
    "ground": _l("Ground (code)"),
    "text": _l("Ground"),
    "refusals": _l("Refusals"),
    "received": _l("Received"),
    "in_time": _l("Answered in time"),
    "late": _l("Answered late"),
    "queued": _l("Waits in the queue"),
    "waiting": _l("Waiting, term not over"),
    "overdue": _l("Waiting, overdue"),
    "withdrawn": _l("Withdrawn"),
    "satisfied": _l("Upheld in full"),
    "partly": _l("Upheld in part"),
    "refused": _l("Not upheld"),
    "percent_in_time": _l("Percent in time"),
    "median_days": _l("Median time, days"),
    "by": _l("By what"),
    "name": _l("Name"),
    "login": _l("Login"),
    "role": _l("Role"),
    "email": _l("E-mail"),
    "language": _l("Language"),
    "is_active": _l("Works here"),
    "locality": _l("Town or village"),
    "kindergarten": _l("Kindergarten"),
    "birth_year": _l("Year of birth"),
    "places": _l("Places"),
    "taken": _l("Taken"),
    "free": _l("Free"),
    "at": _l("When"),
    "time": _l("Time"),
    "actor": _l("Who"),
    "action": _l("What was done"),
    "object": _l("To what"),
    "details": _l("Details"),
}


def sheet_answer(sheet: Sheet, name: str, form: str, as_read: bool = False) -> Response:
    """A file to be saved, under a name of our own. `form`: one of FORMS; `as_read`: the heads stay the names of columns
    by which the file is read again."""
    columns = sheet.columns if as_read else tuple(str(HEADS.get(column, column)) for column in sheet.columns)
    data = write_workbook(Sheet(columns, sheet.rows)) if form == "xlsx" else write_csv(columns, sheet.rows)
    answer = Response(data, content_type=FORMS[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
