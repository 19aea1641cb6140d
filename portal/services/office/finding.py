"""Finding a case among those of a body: by number, names in any alphabet, IIN, phone. Each search reads an index."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from peewee import Select

from ...models import Account, Case, CaseName, StaffMember
from ...typed_text import clean_number
from .. import numbers
from ..cases.names import TAIL, keys_of, name_key, tail_key, words_in
from ..folding import fold
from ..iin import IinWrong, read_iin
from ..name_match import is_same_word
from ..phones import normalise_phone
from ..records import audit
from .list_rows import WorkRow, read_rows

MOST_FOUND = 50
MOST_LOOKED_AT = 500  # names that begin alike, where the rest of what was typed is compared one by one


@dataclass(frozen=True)
class Found:
    """What a search found, and whether there is more than is shown."""

    rows: list[WorkRow]
    more: bool = False


def find_cases(staff: StaffMember, query: str, now: dt.datetime) -> Found:
    """The body's cases of a number or its last four signs, of a whole IIN, of a phone, or of a name; newest first.

    An IIN finds what its holder applied for, and what was applied for a child of this number. A name is found by its
    beginning, surname or first name; in a case of Kazakh or Russian, or with initials, where that finds nothing.
    The search for an IIN or a phone is on record, without it.
    """
    query = query.strip()[:200]
    of_body = Case.body == staff.organisation_id
    number = numbers.normalise_number(query)
    if number is not None and (rows := _found(Case.select(Case.id).where(Case.number == number, of_body))):
        return Found(rows)
    incoming = numbers.normalise_incoming_number(query)
    if incoming is not None:
        return Found(_found(Case.select(Case.id).where(Case.incoming_number == incoming, of_body)))
    digits = "".join(clean_number(query).replace("-", " ").split())
    if digits.isdecimal() and len(digits) == 12:
        return Found(_find_by_iin(staff, digits, now))
    phone = normalise_phone(query)
    if phone is not None:
        return Found(_find_by_phone(staff, phone, now))
    code = numbers.normalise_code(query)
    if len(code) == TAIL and (rows := _found(_ids_between(staff, tail_key(code)).limit(MOST_FOUND))):
        return Found(rows)
    return _find_by_name(staff, query)


def _find_by_name(staff: StaffMember, query: str) -> Found:
    keys = [key for key in keys_of(query) if len(key) >= 4]
    for ids in (*(_ids_between(staff, key) for key in keys), _ids_alike(staff, query)):
        rows = _found(Case.select(Case.id).where(Case.id.in_(ids), Case.body == staff.organisation_id))
        if rows:
            return Found(rows[:MOST_FOUND], more=len(rows) > MOST_FOUND)
    return Found([])


def _ids_between(staff: StaffMember, key: str) -> Any:
    """The cases with a name that begins so: a range of the index. Of one case several names may."""
    named = (CaseName.body == staff.organisation_id) & (CaseName.name >= key) & (CaseName.name < key + "a")
    ids = CaseName.select(CaseName.case.alias("id")).where(named)
    return ids.order_by(CaseName.name, CaseName.case).limit(4 * MOST_FOUND + 4)


def _ids_alike(staff: StaffMember, query: str) -> list[int]:
    """The cases with a name in which each word that was typed stands: in another case, or as an initial."""
    words = fold(query).split()[:4]
    longest = max(words, key=len, default="")
    if len(longest) < 4:
        return []
    key = name_key(longest[: max(4, len(longest) - 4)])
    named = (CaseName.body == staff.organisation_id) & (CaseName.name >= key) & (CaseName.name < key + "a")
    rows = CaseName.select(CaseName.case, CaseName.name).where(named).order_by(CaseName.name, CaseName.case)
    looked_at = [(row.case_id, words_in(row.name)) for row in rows.limit(MOST_LOOKED_AT)]
    return [id for id, own in looked_at if all(any(_is_meant(other, word) for other in own) for word in words)]


def _is_meant(own: str, word: str) -> bool:
    return own.startswith(word) if len(word) == 1 else is_same_word(own, word)


def _find_by_iin(staff: StaffMember, digits: str, now: dt.datetime) -> list[WorkRow]:
    try:
        iin = read_iin(digits)
    except IinWrong:
        return []
    audit.record(f"staff:{staff.id}", "search_by_iin", f"organisation:{staff.organisation_id}", now)
    account = Account.select(Account.id).where(Account.iin == iin)
    return _of_account_or_stated(staff, account, iin)


def _find_by_phone(staff: StaffMember, phone: str, now: dt.datetime) -> list[WorkRow]:
    audit.record(f"staff:{staff.id}", "search_by_phone", f"organisation:{staff.organisation_id}", now)
    account = Account.select(Account.id).where((Account.phone == phone) | (Account.register_phone == phone))
    return _of_account_or_stated(staff, account, phone)


def _of_account_or_stated(staff: StaffMember, account: Select, number: str) -> list[WorkRow]:
    """The body's cases of the applicant, and those in whose answers the number stands."""
    of_body = Case.body == staff.organisation_id
    stated = CaseName.select(CaseName.case).where(
        CaseName.body == staff.organisation_id, CaseName.name == name_key(number)
    )
    own = Case.select(Case.id).where(Case.account.in_(account), of_body).limit(MOST_FOUND)
    ids = {case.id for case in own} | {row.case_id for row in stated.limit(MOST_FOUND)}
    return _found(Case.select(Case.id).where(Case.id.in_(ids), of_body))[:MOST_FOUND]


def _found(ids: Any) -> list[WorkRow]:
    return read_rows(ids, (Case.submitted_at.desc(), Case.id.desc()))
