"""What a request brings, cleaned before anybody sees it: no field of a form and no part of an address can be forgotten.

See typed_text.py. What has to arrive as it was sent is named here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from werkzeug.datastructures import ImmutableMultiDict, iter_multi_items

from ..typed_text import clean_text

# Passwords are what was typed, sign for sign; a security key's answer, a file shown once more and the address of a
# page are no texts: whether that is one of ours is judged as it was sent.
AS_SENT = frozenset({"password", "new_password", "repeated_password", "credential", "data", "next", "csrf_token"})


class Typed(ImmutableMultiDict[str, Any]):
    """Names and values of a form or an address, values cleaned; files stay what they are.

    A NUL becomes a blank, as all that cannot be seen; in what arrives as it was sent refused_requests.py refuses it.
    """

    def __init__(self, sent: Mapping[str, Any] | Iterable[tuple[str, Any]] | None = None) -> None:
        super().__init__([(name, _clean(name, value)) for name, value in iter_multi_items(sent or ())])


def _clean(name: str, value: Any) -> Any:
    if not isinstance(value, str) or name in AS_SENT:
        return value
    return clean_text(value)
