"""Demo data: invented bodies, kindergartens and a queue, for one region. Loading again adds only what is not there."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from dataclasses import dataclass
from pathlib import Path

from ...config import Settings
from ...db import db
from ...models import Account, Case, Event, Group, Kindergarten, Locality, Organisation, QueueEntry
from ..cases.names import write_names
from ..iin import check_digit
from ..keys.ring import use_keys
from ..local_time import local
from ..numbers import new_case_number, new_code
from ..reference.kindergartens import COLUMNS, store_kindergartens
from ..reference.organisations_json import import_organisations
from ..reference.rows import FileRow, read_rows
from .staff import load_staff

FILES = Path(__file__).parents[2] / "demo"
SERVICE, EDITION = "preschool-queue", "2015-04-07"
QUEUE_TOWN = "oral"
ANSWER_MINUTES = 30  # what the passport gives the service
_CLASSES = {"none": 2, "serviceman": 0, "large_family": 1, "parent_disability": 1, "teacher_child": 1}
_COLUMNS = tuple("age" if column == "birth_year" else column for column in COLUMNS)
_QUEUE_COLUMNS = ("age", "male", "born", "priority", "days_ago", "language", "kindergartens")


class NotInProduction(ValueError):
    """Demo data among real people's would be a disaster."""


@dataclass(frozen=True)
class DemoResult:
    """How much was new."""

    organisations: int
    groups: int
    children: int
    staff: int


def load_demo(settings: Settings, now: dt.datetime) -> DemoResult:
    """Load what of the demo data is not there yet; what was changed since stays changed.

    Years of birth are reckoned from the year of loading. Raises NotInProduction.
    """
    if not settings.demo:
        raise NotInProduction("demo data is never loaded in production")
    use_keys(settings.keys)
    year = local(now).year
    with db.atomic():
        organisations = _load_organisations()
        groups = _load_groups(year)
        queue = read_rows((FILES / "queue.csv").read_bytes(), _QUEUE_COLUMNS)
        children = sum(_load_child(row.number, row.values, year, now) for row in queue)
        staff = load_staff(now)
    return DemoResult(organisations, groups, children, staff)


def _load_organisations() -> int:
    known = {row.code for row in Organisation.select(Organisation.code)}
    entries = json.loads((FILES / "organisations.json").read_text("utf-8"))
    new = [entry for entry in entries if entry["code"] not in known]
    return import_organisations(json.dumps(new).encode())


def _load_groups(year: int) -> int:
    groups = Group.select(Group, Kindergarten).join(Kindergarten)
    known = {(group.kindergarten.code, group.birth_year, group.language) for group in groups}
    rows = []
    for row in read_rows((FILES / "kindergartens.csv").read_bytes(), _COLUMNS):
        values = dict(row.values)
        rows.append(FileRow(row.number, values | {"birth_year": str(year - int(values.pop("age")))}))
    new = [row for row in rows if row.group not in known]
    return store_kindergartens(new).added if new else 0


def _load_child(number: int, values: dict[str, str], year: int, now: dt.datetime) -> bool:
    """An invented child that waits in the queue, with its invented parent; False when it is there already."""
    born = dt.date.fromisoformat(f"{year - int(values['age'])}-{values['born']}")
    key = f"demo-{born.year}-{number:02}"
    if Case.select().where(Case.draft_key == key).exists():
        return False
    asked_at = now - dt.timedelta(days=int(values["days_ago"]), minutes=7 * number)
    locality = Locality.get(Locality.code == QUEUE_TOWN)
    child_iin = _invented_iin(born, male=values["male"] == "1", serial=9500 + number)
    answers = {
        "consent": True,
        "child_iin": child_iin,
        "child_name": f"Үлгібала Демо-{number}",
        "child_birth_date": born.isoformat(),
        "locality": locality.code,
        "kindergartens": values["kindergartens"].split(),
        "language": values["language"],
        "wanted_from": local(asked_at).date().isoformat(),
        "priority": values["priority"],
        "message_language": "kk",
    }
    case = _case(key, _parent(number, asked_at), locality, answers, asked_at)
    QueueEntry.create(
        case=case,
        child_iin=child_iin,
        live_child=child_iin,
        locality=locality,
        birth_year=born.year,
        priority=_CLASSES[values["priority"]],
        asked_at=asked_at,
        language=values["language"],
        kindergartens=answers["kindergartens"],
        wanted_from=local(asked_at).date(),
        state="waiting",
    )
    return True


def _parent(number: int, since: dt.datetime) -> Account:
    """A parent without a phone, whom no register knows: nobody signs in as one of them."""
    iin = _invented_iin(dt.date(1988, 1, number), male=number % 2 == 0, serial=9500)
    account, _ = Account.get_or_create(
        iin=iin, defaults={"name": f"Үлгі Ата-ана-{number}", "language": "kk", "created_at": since}
    )
    return account


def _case(key: str, account: Account, locality: Locality, answers: dict[str, object], at: dt.datetime) -> Case:
    case = Case.create(
        number=new_case_number(),
        kind="application",
        draft_key=key,
        account=account,
        service=SERVICE,
        edition=EDITION,
        language="kk",
        body=locality.body,
        state="accepted",
        is_open=False,
        answers=answers,
        receipt_code=new_code(8),
        submitted_at=at,
        registered_at=at,
        due_at=at + dt.timedelta(minutes=ANSWER_MINUTES),
        answered_at=at,
    )
    write_names(case, (account.name, str(answers["child_name"])), (str(answers["child_iin"]),))
    Event.create(case=case, kind="submitted", at=at, actor="citizen")
    Event.create(case=case, kind="registered", at=at, actor="system", data={"due": case.due_at.isoformat()})
    return case


def _invented_iin(born: dt.date, male: bool, serial: int) -> str:
    """A well-formed IIN from `serial` on; serials to which no check digit belongs are never issued."""
    sign = (3 if born.year < 2000 else 5) + (not male)
    numbers = (f"{born:%y%m%d}{sign}{following:04}" for following in itertools.count(serial))
    return next(f"{eleven}{digit}" for eleven in numbers if (digit := check_digit(eleven)) is not None)
