"""Passport files as text: YAML read safely, with every fault at its line. Pure.

Stricter than YAML 1.1 so that authors meet no surprises: only true and false are yes/no values (so `id: no` is a word),
a date or a clock time is text, a key written twice is a fault, and a file cannot unfold into something enormous.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from .faults import N_, Fault, Faults, Path, Said

MAX_BYTES = 1_000_000
_MAX_DEPTH = 60  # the schema itself is some ten levels deep; conditions may nest
_MAX_VALUES = 100_000  # after every alias is unfolded

_Parser: Any = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)  # libyaml where PyYAML was built with it: ten times quicker


class _Loader(_Parser):
    """The safe loader with fewer guesses about what a bare word means."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    def construct_mapping(self, node: yaml.Node, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
            if key.tag == "tag:yaml.org,2002:merge":
                continue
            if key.tag != "tag:yaml.org,2002:str":
                raise _at(key, N_('a key must be a word; write it in quotes, like "1"'))
            if key.value in seen:
                raise _at(key, N_('the key "%(key)s" is written twice; keep one', key=key.value))
            seen.add(key.value)
        return super().construct_mapping(node, deep)


for _tag, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]{1,18}", list("-+0123456789")),
    ("float", r"[-+]?[0-9]{1,18}\.[0-9]{1,18}", list("-+0123456789")),
    ("merge", r"<<", ["<"]),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), _first)


def read_yaml(data: bytes) -> Any:
    """The plain value that a file's bytes say. Raises Faults with the line and the column of what is wrong."""
    return read_document(data)[0]


def read_document(data: bytes) -> tuple[Any, yaml.Node]:
    """The same, with the document's nodes, which know their lines."""
    if len(data) > MAX_BYTES:
        raise Faults(
            [Fault((), N_("the file is larger than %(most)s bytes; split it or shorten it", most=f"{MAX_BYTES:,}"))]
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Faults([Fault((), N_("this is not UTF-8 text; save the file as UTF-8"), line)]) from error
    try:
        _refuse_excess(text)
        return _construct(text)
    except yaml.MarkedYAMLError as error:
        raise Faults([_fault(error)]) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise Faults([Fault((), N_("a character that no text holds; delete it"), line)]) from error


def _construct(text: str) -> tuple[Any, yaml.Node]:
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            raise Faults([Fault((), N_("the file is empty; write a passport in it"))])
        _weigh(node, {})
        return loader.construct_document(node), node
    finally:
        loader.dispose()


def _refuse_excess(text: str) -> None:
    """Refuse deep nesting before anything recurses over it, and tags, which could make values of any kind."""
    depth = 0
    for event in yaml.parse(text, Loader=_Parser):
        if getattr(event, "tag", None) is not None:
            raise _at(event, N_("tags like !this are not read here; delete it"))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _MAX_DEPTH:
                raise _at(event, N_("nested deeper than %(most)s levels; flatten it", most=_MAX_DEPTH))
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _weigh(node: yaml.Node, known: dict[int, int]) -> int:
    """How many values a node unfolds to. Refuses aliases that contain themselves or unfold without bounds."""
    if isinstance(node, yaml.ScalarNode):
        return 1
    if id(node) in known:
        if not known[id(node)]:
            raise _at(node, N_("this alias contains itself; write the value out"))
        return known[id(node)]
    known[id(node)] = 0
    pairs = isinstance(node, yaml.MappingNode)
    children = [child for pair in node.value for child in pair] if pairs else node.value
    weight = 1 + sum(_weigh(child, known) for child in children)
    if weight > _MAX_VALUES:
        raise _at(node, N_("the aliases unfold to more than %(most)s values; write fewer", most=f"{_MAX_VALUES:,}"))
    known[id(node)] = weight
    return weight


def _at(place: Any, what: Said) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=what, problem_mark=place.start_mark)


def _fault(error: yaml.MarkedYAMLError) -> Fault:
    """What is wrong at which place: ours says the mend itself; YAML's own complaint, English and of a parser's words,
    becomes the mend of what nearly always is behind it."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
    if isinstance(error.problem, Said):
        return Fault((), error.problem, line, column)
    hint = N_(
        "not valid YAML here or just before; check the indentation, and put texts with commas, colons or brackets in "
        "quotes"
    )
    return Fault((), hint, line, column)


def line_of(root: yaml.Node, path: Path) -> int:
    """The line, counted from 1, of what stands at a path; of what holds it where the path leads to nothing."""
    node, line = root, root.start_mark.line
    for part in path:
        found = _step(node, part)
        if found is None:
            break
        line, node = found
    return int(line) + 1


def _step(node: yaml.Node, part: str | int) -> tuple[int, yaml.Node] | None:
    """Where a key or a place of a list stands, and what stands there."""
    if isinstance(node, yaml.MappingNode):
        return next(((key.start_mark.line, value) for key, value in node.value if key.value == part), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part].start_mark.line, node.value[part]
    return None
