"""What a citizen and the officers write to each other about a case, and who has still to look at it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from ...models import Case, CaseMessage, Document

LONGEST_MESSAGE = 2000  # characters
SHOWN_AT_ONCE = 100  # characters of letters on the page of a case, which is to stay small; the last is shown whole


@dataclass(frozen=True)
class Letter:
    """A message with the files that came with it."""

    message: CaseMessage
    documents: tuple[Document, ...]

    @property
    def is_new(self) -> bool:
        """Whether the citizen wrote it and no officer has dealt with it."""
        return self.message.author == "citizen" and self.message.seen_at is None


def list_letters(case: Case, documents: Iterable[Document]) -> list[Letter]:
    """Everything that was written, the oldest first; `documents`: all files of the case."""
    by_key = {document.key: document for document in documents}
    rows = CaseMessage.select().where(CaseMessage.case == case).order_by(CaseMessage.at, CaseMessage.id)
    return [Letter(row, tuple(by_key[key] for key in row.files if key in by_key)) for row in rows]


def newest_letters(letters: Sequence[Letter]) -> list[Letter]:
    """The last letter, and as many before it as together have at most SHOWN_AT_ONCE characters."""
    shown = list(letters[-1:])
    for letter in reversed(letters[:-1]):
        if sum(len(each.message.text) for each in (letter, *shown)) > SHOWN_AT_ONCE:
            break
        shown.insert(0, letter)
    return shown


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


def mark_seen(case: Case, now: dt.datetime) -> bool:
    """An officer has dealt with what the citizen wrote, in the caller's transaction; whether anything was new."""
    new = (CaseMessage.case == case) & (CaseMessage.author == "citizen") & CaseMessage.seen_at.is_null()
    return bool(CaseMessage.update(seen_at=now).where(new).execute())
