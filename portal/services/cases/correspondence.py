"""What a citizen and the officers write to each other about a case, and who has still to look at it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from ...models import Case, CaseMessage, Document

LONGEST_MESSAGE = 2000  # characters


@dataclass(frozen=True)
class Letter:
    """A message with the files that came with it."""

    message: CaseMessage
    documents: tuple[Document, ...]


def list_letters(case: Case, documents: Iterable[Document]) -> list[Letter]:
    """Everything that was written, the oldest first; `documents`: all files of the case."""
    by_key = {document.key: document for document in documents}
    rows = CaseMessage.select().where(CaseMessage.case == case).order_by(CaseMessage.at, CaseMessage.id)
    return [Letter(row, tuple(by_key[key] for key in row.files if key in by_key)) for row in rows]


def is_written(case: Case, key: str) -> bool:
    """Whether the form of this key has been sent already."""
    return CaseMessage.select().where(CaseMessage.case == case, CaseMessage.key == key).exists()


def write(
    case: Case,
    key: str,
    author: Literal["citizen", "office"],
    text: str,
    now: dt.datetime,
    name: str = "",
    files: Sequence[str] = (),
) -> CaseMessage:
    """Add a message, in the caller's transaction. `name`: of the officer; `files`: the keys of its documents."""
    return CaseMessage.create(
        case=case, key=key, author=author, name=name, text=text[:LONGEST_MESSAGE], files=list(files), at=now
    )


def mark_written(case: Case, now: dt.datetime) -> None:
    """The citizen has written, replied or corrected: somebody has to look, in the caller's transaction."""
    _mark(case, now)


def mark_seen(case: Case) -> None:
    """An officer has dealt with what the citizen wrote, in the caller's transaction."""
    if case.wrote_at is not None:
        _mark(case, None)


def _mark(case: Case, at: dt.datetime | None) -> None:
    case.wrote_at = at
    Case.update(wrote_at=at).where(Case.id == case.id).execute()
