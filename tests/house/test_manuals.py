"""The manuals are true: what a procedure is made of, what a policy may hold, which files there are."""

from __future__ import annotations

import ast
import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import portal
from portal.services.passports.needs import Needs, PolicyType
from portal.services.procedures.protocol import Procedure, ProcedureJob
from portal.services.procedures.table import PROCEDURES

PACKAGE = Path(portal.__file__).parent
ROOT = PACKAGE.parent
MANUALS = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))
FILE = r"(?<![\w/.<:-])(?:[\w-]+/)+[\w-]+\.(?:py|md|yaml|toml)\b"
FOLDER = r"(?<![\w/.<:-])(?:portal|services|docs|tests)/(?:[\w-]+/)*[\w-]+(?![\w/.…*{-])"
NAMED = re.compile(f"{FILE}|{FOLDER}")


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize(
    "name",
    [
        *(spec.name for spec in dataclasses.fields(Needs)),
        *(spec.name for spec in dataclasses.fields(ProcedureJob) if spec.name not in ("name", "run")),
        *(name for name in {**vars(Procedure), **Procedure.__annotations__} if not name.startswith("_")),
    ],
)
def test_each_part_of_a_procedure_stands_in_the_manual(name: str) -> None:
    manual = read("docs/procedures.md")
    assert f"`{name}`" in manual or f"`{name}=" in manual


def test_the_manual_names_no_part_that_a_procedure_lacks() -> None:
    manual = read("docs/procedures.md")
    table = manual[manual.index("| part |") : manual.index("States are those")]
    parts = {name for cell in re.findall(r"^\| ([^|]+) \|", table, re.M) for name in re.findall(r"`(\w+)`", cell)}
    assert parts == {name for name in {**vars(Procedure), **Procedure.__annotations__} if not name.startswith("_")}
    needs = re.search(r"^\| `needs` \| (.+) \|$", table, re.M)
    assert needs
    named = set(re.findall(r"`(\w+)`", needs[1])) - {"int", "bool", "True"}
    assert named == {spec.name for spec in dataclasses.fields(Needs)}


def test_the_table_of_policy_values_is_what_the_procedures_read() -> None:
    manual = read("docs/passports.md")
    table = manual[manual.index("### Policy values") : manual.index("### Steps and fields")]
    told: dict[str, dict[str, str]] = {}
    procedure = ""
    for who, name, value in re.findall(r"^\| (`\w+`)? ?\| `(\w+)` \| ([^|]+) \|", table, re.M):
        procedure = who.strip("`") or procedure
        told.setdefault(procedure, {})[name] = value
    read_values = {each.name: each.needs.policy for each in PROCEDURES}
    assert {each: set(values) for each, values in told.items()} == {each: set(v) for each, v in read_values.items()}
    for each, values in read_values.items():
        for name, type in values.items():
            assert fits(told[each][name], type), (each, name)


def fits(told: str, type: PolicyType) -> bool:
    words = re.findall(r"`(\w+)`", told)
    if type is int:
        return not words
    return words == (["true", "false"] if type is bool else list(type))  # type: ignore[arg-type]


def test_the_rooms_stand_in_the_readme_as_the_floors_are() -> None:
    """Each room once, and none above one that stands on a higher floor; every module of the package is named."""
    house = read("README.md").split("portal/\n", 1)[1].split("\ntranslations/", 1)[0]
    floors = read(".importlinter").split("[importlinter:contract:floors]")[1].split("[importlinter", 1)[0]
    floor = {
        name: number
        for number, line in enumerate(floors.splitlines())
        for name in re.findall(r"services\.(\w+)(?!\.)\b", line)
    }
    rooms = re.findall(r"^    (\w+)/", house, re.M)
    assert sorted(rooms) == sorted(path.parent.name for path in (PACKAGE / "services").glob("*/__init__.py"))
    standing = [floor[room] for room in rooms if room != "procedures"]
    assert standing == sorted(standing)
    named = set(re.findall(r"^  ([\w.]+)/? ", house, re.M))
    there = {path.name for path in PACKAGE.iterdir() if path.suffix == ".py" or path.is_dir()} - {"__pycache__"}
    assert there == named


def docstrings() -> Iterator[tuple[str, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                yield path.relative_to(ROOT).as_posix(), ast.get_docstring(node) or ""


def test_every_file_that_a_manual_or_a_docstring_names_is_there() -> None:
    texts = [(path.name, path.read_text("utf-8")) for path in MANUALS] + [*docstrings()]
    named = [(where, path) for where, text in texts for path in NAMED.findall(text)]
    assert len(named) > 60
    roots = (ROOT, PACKAGE)
    assert [each for each in named if not any((root / each[1]).exists() for root in roots)] == []
