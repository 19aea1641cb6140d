"""What is told of a case: an SMS to the citizen, a letter to the office. Who reads it, its kind says."""

from __future__ import annotations

import datetime as dt

from ...models import Account, Case, Message, Organisation, StaffMember
from ..languages import format_date
from ..local_time import ZONE, local
from .message_kind import Reader
from .message_kinds import MESSAGES
from .outbox import write_mail, write_sms
from .recipient import proved_phone
from .staff_letters import wants
from .texts import get_letter, sms, write_out

ASKED_AFTER = dt.timedelta(days=1)
MORNING, EVENING = dt.time(8), dt.time(22)  # between them an SMS that can wait is sent
ONE_SMS = dt.timedelta(minutes=30)  # what is told again within this time, with nothing told between, is one SMS


def tell(case: Case, kind: str, now: dt.datetime, **values: object) -> None:
    """An SMS about a change of the case, in the caller's transaction; each kind at a moment once, and the same words
    once in half an hour: ten messages of an officer are one SMS, all ten stand in the cabinet.

    It goes to the phone that the application names, once that is proved, else to the account's: see recipient.py.
    A day after a result we ask once whether it was good. Raises UnknownKind.
    """
    account: Account = case.account
    phone, lang = proved_phone(case), account.language
    if phone:
        text = sms(kind, lang, **{"number": case.number, **values})
        if not _was_told_just_now(case, phone, text, now):
            after = _by_day(now) if MESSAGES.get(kind).by_day else now
            write_sms(f"{case.number}:{kind}:{int(now.timestamp())}", phone, text, now, case, send_after=after)
        if MESSAGES.get(kind).asks_rating and account.reminders:
            text, later = sms("rate", lang, number=case.number), now + ASKED_AFTER  # the result first, and time to read
            write_sms(f"{case.number}:rate", phone, text, now, case, send_after=_by_day(later))


def _by_day(moment: dt.datetime) -> dt.datetime:
    """The moment, or the next morning where it is night: nobody is woken by what can wait."""
    here = local(moment)
    if MORNING <= here.time() < EVENING:
        return moment
    day = here.date() + dt.timedelta(days=int(here.time() >= EVENING))
    return dt.datetime.combine(day, MORNING, ZONE)


def _was_told_just_now(case: Case, phone: str, text: str, now: dt.datetime) -> bool:
    """Whether an SMS that says this about the case waits to be sent, or the last one that was sent a moment ago did."""
    about = (Message.case == case) & (Message.channel == "sms") & (Message.to == phone) & Message.failed_at.is_null()
    if any(waiting.text == text for waiting in Message.select().where(about, Message.sent_at.is_null())):
        return True
    last = Message.select().where(about, Message.sent_at.is_null(False)).order_by(Message.id.desc()).first()
    return last is not None and last.text == text and last.created_at > now - ONE_SMS


def write_to_office(case: Case, kind: str, now: dt.datetime, named: Organisation | None = None) -> None:
    """A letter to those whom its kind names, in the caller's transaction. `named`: the body of "named_body".

    Raises UnknownKind.
    """
    for reader in get_letter(kind).to:
        for to, lang in _addresses(case, kind, reader, named):
            _write(case, kind, to, lang, now)


def _addresses(case: Case, kind: str, reader: Reader, named: Organisation | None) -> list[tuple[str, str]]:
    """E-mail address and language of each of them; a body reads Kazakh."""
    if reader == "managers":
        of_body = (StaffMember.organisation == case.body_id) & StaffMember.is_active & (StaffMember.email != "")
        members = StaffMember.select().where(of_body, StaffMember.role.in_(("manager", "head")))
        return [(person.email, person.language) for person in members]
    if reader == "administrators":
        admins = (StaffMember.role == "admin") & StaffMember.is_active & (StaffMember.email != "")
        people = [(person.email, person.language) for person in StaffMember.select().where(admins)]
        return people or ([(case.body.email, "kk")] if case.body.email else [])
    if reader == "named_body":
        return [(named.email, "kk")] if named is not None and named.email else []
    works_there = StaffMember.is_active & (StaffMember.organisation == case.body_id)
    holder = StaffMember.get_or_none(StaffMember.id == case.assignee_id, works_there) if case.assignee_id else None
    if holder is not None and holder.email:
        return [(holder.email, holder.language)] if wants(holder, kind) else []
    return [(case.body.email, "kk")] if case.body.email else []


def _write(case: Case, kind: str, to: str, lang: str, now: dt.datetime) -> None:
    subject, text = write_out(get_letter(kind), lang, number=case.number, due=format_date(case.due_at, lang))
    write_mail(f"{case.number}:{kind}:{int(now.timestamp())}:{to}", to, subject, text + "\n", now, case)
