"""The audit log: append-only, each entry chained to the one before, so that a later edit or deletion shows.

An entry is written in the caller's transaction: what is rolled back was not done, and leaves no entry. What has to be
on record although it was refused (a wrong code, a foreign case) is recorded after, or outside, the transaction refused.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

from ...db import db, lock
from ...models import AuditEntry

GENESIS = "0" * 64  # what the first entry follows

_PAGE = 1000
_PERSONAL = re.compile(r"\b[0-9]{12}\b|\+7[0-9]{10}\b")  # an IIN or a phone
_log = logging.getLogger("portal.audit")


def record(actor: str, action: str, object: str, now: dt.datetime, **data: Any) -> AuditEntry:
    """Add an entry in the caller's transaction, or in one of its own, and one line to the log `portal.audit`.

    `actor` and `object` are internal ids like "account:12" and "case:34"; `data` is anything JSON knows. Should an IIN
    or a phone stand in them all the same, it is masked.
    """
    with db.atomic():
        lock("audit")  # to the end of the transaction: the next writer reads the last hash only when it is certain
        last = AuditEntry.select(AuditEntry.hash).order_by(AuditEntry.id.desc()).first()
        entry = AuditEntry(
            at=now,
            actor=_masked(actor)[:60],
            action=_masked(action)[:60],
            object=_masked(object)[:60],
            data=json.loads(_canonical(_masked(data))),
            previous=last.hash if last else GENESIS,
        )
        entry.hash = _hash(entry)
        entry.save(force_insert=True)
    # JSON in ASCII: line ends and terminal codes of what somebody typed are escaped and cannot forge a line.
    _log.info("%s", json.dumps(_fields(entry) | {"hash": entry.hash}, ensure_ascii=True, sort_keys=True))
    return entry


def verify(known_hash: str | None = None) -> list[str]:
    """What is wrong with the chain, a sentence each; an empty list if nothing is.

    The end of a chain can be cut off without a trace in it. Whoever noted the hash of an entry elsewhere, for example
    from the log, gives it as `known_hash`: it is missed if it is not there any more.
    """
    problems: list[str] = []
    expected, before, seen = GENESIS, "the beginning", known_hash is None
    for entry in _entries():
        if entry.previous != expected:
            problems.append(f"entry {entry.id} does not follow {before}: entries between were deleted or changed")
        if _hash(entry) != entry.hash:
            problems.append(f"entry {entry.id} was changed after it was written")
        expected, before = entry.hash, f"entry {entry.id}"
        seen = seen or entry.hash == known_hash
    if not seen:
        problems.append(f"the entry with the hash {known_hash} is missing: the end was cut off or rewritten")
    return problems


def _entries() -> Iterator[AuditEntry]:
    """All entries in order, a page at a time: the log may be larger than the memory."""
    last = 0
    while page := list(AuditEntry.select().where(AuditEntry.id > last).order_by(AuditEntry.id).limit(_PAGE)):
        yield from page
        last = page[-1].id


def _fields(entry: AuditEntry) -> dict[str, Any]:
    return {
        "at": entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "action": entry.action,
        "object": entry.object,
        "data": entry.data,
        "previous": entry.previous,
    }


def _hash(entry: AuditEntry) -> str:
    return hashlib.sha256(_canonical(_fields(entry)).encode()).hexdigest()


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return _PERSONAL.sub(lambda found: found[0][:4] + "*" * (len(found[0]) - 4), value)
    if isinstance(value, dict):
        return {key: _masked(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_masked(inner) for inner in value]
    if isinstance(value, int) and _PERSONAL.fullmatch(str(value)):
        return _masked(str(value))
    return value
