"""Checking a signature in a file, whichever tool made it: letters too, and texts whose ends of lines were changed."""

from __future__ import annotations

import datetime as dt

from .chain import Anchors
from .checking import Ask, Checked, Revocation, check
from .problems import SignatureRefused
from .smime import as_lines, is_smime, open_smime


def check_file(
    data: bytes,
    content: bytes | None,
    anchors: Anchors,
    moment: dt.datetime,
    revocation: Revocation = "off",
    ask_authority: Ask | None = None,
) -> Checked:
    """As checking.check. Raises SignatureRefused.

    `openssl cms -sign` writes a text's lines with CR LF before it signs: the content is looked at both ways.
    """
    if is_smime(data):
        data, beside = open_smime(data)
        if beside is not None and content is not None and as_lines(beside) != as_lines(content):
            raise SignatureRefused("other_content")
        content = beside if content is None else content
    try:
        return check(data, content, anchors, moment, revocation, ask_authority)
    except SignatureRefused as refused:
        if content is None or refused.problem not in ("wrong_digest", "other_content") or as_lines(content) == content:
            raise
    return check(data, as_lines(content), anchors, moment, revocation, ask_authority)
