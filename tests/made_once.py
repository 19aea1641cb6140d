"""What every application of the tests would make anew, and all make alike: made once in a process.

None of it holds a state that a test could leave to the next one: code of templates, code that builds addresses, and
passports, which are frozen. What they were made from is part of the key.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import CodeType
from typing import Any

import pytest
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

from portal.services.passports import catalogue
from portal.services.passports.needs import list_procedures
from portal.services.passports.schema import Passport


def make_once(patch: pytest.MonkeyPatch) -> None:
    """Let applications share these; a quarter of the suite's time went into them."""
    patch.setattr(Flask, "jinja_options", {"bytecode_cache": Templates()})
    patch.setattr(Rule, "_compile_builder", _build_once(Rule._compile_builder))
    patch.setattr(catalogue, "check_file", _check_once(catalogue.check_file))


def forget_the_disk(pragmas: dict[str, object], patch: pytest.MonkeyPatch) -> None:
    """Let SQLite wait for no disk: a database of the tests need not outlive the machine. The portal's own has to."""
    assert pragmas["synchronous"] == 2, "what a citizen was told is on the disk"
    patch.setitem(pragmas, "synchronous", 0)


class Templates(BytecodeCache):
    """The code of each template, by its file and its text."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        self._kept[bucket.key, bucket.checksum] = bucket.code


def _build_once(compile_builder: Callable[..., Any]) -> Callable[..., Any]:
    """The function is bound to its rule, and so to its map, by who asks for it: only its text is shared."""
    kept: dict[object, Any] = {}

    def build(rule: Rule, append_unknown: bool = True) -> Any:
        if rule.defaults:
            return compile_builder(rule, append_unknown)
        key = (rule.rule, tuple(rule._trace), append_unknown)
        if key not in kept:
            kept[key] = compile_builder(rule, append_unknown)
        return kept[key]

    return build


def _check_once(check_file: Callable[[Path], tuple[Passport | None, list[str]]]) -> Any:
    """For the passports of the portal; what a test writes into a folder of its own is read as ever."""
    kept: dict[object, tuple[Passport | None, list[str]]] = {}

    def check(path: Path) -> tuple[Passport | None, list[str]]:
        if path.parent != catalogue.BUILT_IN:
            return check_file(path)
        key = (path, path.read_bytes(), tuple(list_procedures()))
        if key not in kept:
            kept[key] = check_file(path)
        passport, faults = kept[key]
        return passport, [*faults]

    return check
