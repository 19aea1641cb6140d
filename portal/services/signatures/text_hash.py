"""The hash that stands for a signed text."""

from __future__ import annotations

import hashlib


def text_hash(text: str) -> str:
    """SHA-256 of the text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
