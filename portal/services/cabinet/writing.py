"""The citizen writes to the officer about a case, and adds documents that nobody has asked for."""

from __future__ import annotations

import datetime as dt

from ...db import db, lock
from ...models import Account, Case
from ..cases import correspondence, news
from ..cases.timeline import OPEN, OVER, add_event, call_officers, get_case
from ..files import documents
from ..files.slots import FILES_OF_A_LETTER
from ..messages.notices import write_to_office
from ..records import audit


class CannotWrite(ValueError):
    """The case is over: nobody reads what is written to it. Or nothing was written."""


def can_write(case: Case) -> bool:
    """Whether somebody still reads what is written: of a complaint until it is answered."""
    return case.is_open if case.kind == "complaint" else case.state not in OVER


def write(account: Account, number: str, text: str, key: str, now: dt.datetime) -> None:
    """Send a text, the files that were given for it, or both. The form of one `key` is sent once.

    Raises CaseNotFound, CannotWrite.
    """
    with db.atomic():
        lock(f"case:{number}")
        case = get_case(account, number)
        if correspondence.is_written(case, key):
            return
        if not can_write(case):
            raise CannotWrite(number)
        files = documents.attach_new(case, [FILES_OF_A_LETTER.id]).get(FILES_OF_A_LETTER.id, [])
        text = text.strip()
        if not (text or files):
            raise CannotWrite(number)
        correspondence.write(case, key, "citizen", text, now, files=files)
        news.bring(case, "answered")
        if case.state in OPEN:
            call_officers(case)  # also what waits in a queue: somebody has to read it
        add_event(case, "citizen_wrote", now, "citizen", files=len(files), only_files=not text)
        write_to_office(case, "citizen_wrote", now)
        audit.record(f"account:{account.id}", "write", f"case:{case.id}", now, files=len(files))
