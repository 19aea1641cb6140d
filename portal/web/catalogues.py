"""The words of each language, compiled from translations/ where that has not been done yet."""

from __future__ import annotations

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask

TRANSLATIONS = Path(__file__).resolve().parents[2] / "translations"


def compile_stale(folder: Path) -> list[Path]:
    """Compile every .po that has no .mo or is newer than its own; the compiled files.

    Processes that start at the same time may do it at the same time: each file appears whole, by renaming.
    """
    compiled = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        half = target.with_suffix(f".{os.getpid()}.mo")
        with source.open("rb") as words, half.open("wb") as file:
            write_mo(file, read_po(words))
        half.replace(target)
        compiled.append(target)
    return compiled


def init_app(app: Flask) -> None:
    try:
        compile_stale(TRANSLATIONS)
    except OSError as error:  # a read-only installation: it shows the words that it was delivered with
        app.logger.warning("translations were not compiled: %s", error)
