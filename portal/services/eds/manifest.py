"""What is signed with an EDS: one small JSON text, written so that the same content is always the same bytes.

The form is that of RFC 8785 for the values used here: names sorted by their UTF-16 code units, no spaces, no line ends,
UTF-8; whole numbers only. A large attachment is named by its SHA-256.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

KIND: Final = "qyzmet/application/1"
_SAFE = 2**53  # the first whole number that JSON's readers may round


@dataclass(frozen=True)
class Attachment:
    """A file of the application, by the hash of its content in hexadecimal."""

    field: str
    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Manifest:
    """`text`: the lines that the signer was shown."""

    draft: str
    service: str
    edition: str
    language: str
    signer: str  # IIN
    text: Sequence[str]
    answers: Mapping[str, Any]
    attachments: Sequence[Attachment]
    nonce: str
    made_at: dt.datetime

    def write(self) -> bytes:
        """The bytes to sign. Raises ValueError for what has no such form."""
        return canonical(
            {
                "kind": KIND,
                "draft": self.draft,
                "service": self.service,
                "edition": self.edition,
                "language": self.language,
                "signer": self.signer,
                "text": list(self.text),
                "answers": dict(self.answers),
                "attachments": [
                    {"field": each.field, "name": each.name, "sha256": each.sha256, "size": each.size}
                    for each in self.attachments
                ],
                "nonce": self.nonce,
                "made_at": f"{self.made_at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}",
            }
        )


def canonical(value: Any) -> bytes:
    """A value of JSON in its one form. Raises ValueError."""
    try:
        return _write(value).encode()
    except UnicodeEncodeError:
        raise ValueError("half of a sign: no text") from None


def _write(value: Any) -> str:
    match value:
        case None | bool() | str():
            return json.dumps(value, ensure_ascii=False)
        case int() if abs(value) < _SAFE:
            return str(value)
        case list() | tuple():
            return "[" + ",".join(map(_write, value)) + "]"
        case dict() if all(isinstance(name, str) for name in value):
            names = sorted(value, key=lambda name: name.encode("utf-16-be"))
            return "{" + ",".join(f"{_write(name)}:{_write(value[name])}" for name in names) + "}"
    raise ValueError(f"{type(value).__name__} has no form here")
