"""Whether a document has come for what no register confirmed, so that nobody is asked for it a second time."""

from __future__ import annotations

import datetime as dt

from ...models import Case, CaseMessage, Event
from ..passports.schema import Passport


def has_come(case: Case, passport: Passport, subject: str) -> bool:
    """Whether a document that may prove it came with the application or in a letter, and no officer has asked for more
    since. `subject`: "child", "privilege"; a letter's files count for whatever is open."""
    sent = _sent_at(case, passport, subject)
    if sent is None:
        return False
    asked = Event.select(Event.id).where(Event.case == case, Event.kind == "check_goes_on", Event.at >= sent)
    return not asked.exists()


def _sent_at(case: Case, passport: Passport, subject: str) -> dt.datetime | None:
    """When the newest one came."""
    letters = CaseMessage.select().where(CaseMessage.case == case, CaseMessage.author == "citizen")
    sent = [letter.at for letter in letters if letter.files]
    if any(spec.proves == subject and case.answers.get(spec.id) for spec in passport.fields()):
        sent.append(case.submitted_at)
    return max(sent, default=None)
