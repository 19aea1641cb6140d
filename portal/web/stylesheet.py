"""The stylesheet as it is sent: colours by their values, without blanks, and, inside a first page, what that page uses.

A first page carries only the rules whose names stand somewhere in it: half of them. Names are looked for among all
words of the page, so a rule too many is carried sometimes, a rule too few never. The file that follows has all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PSEUDO = re.compile(r"::?[a-z-]+(\([^)]*\))?|\[(open|aria-invalid=true)\]")  # what comes and goes while a page is read
_NAME = re.compile(r"[A-Za-z][\w-]*", re.ASCII)


@dataclass(frozen=True)
class Rule:
    """One rule, or a group of rules under an @ line. `selectors` stand with the names that each of them needs."""

    selectors: tuple[tuple[str, frozenset[str]], ...]
    body: str
    rules: tuple[Rule, ...] = ()


def read_tokens(css: str) -> dict[str, str]:
    """What the stylesheet names in its `:root`: {"--ink": "#12242b"}."""
    root = re.search(r":root \{(.*?)\}", re.sub(r"/\*.*?\*/", "", css, flags=re.S), re.S)
    return dict(re.findall(r"(--[a-z-]+): (#[0-9a-f]{6})", root[1])) if root else {}


def put_tokens_in(css: str, tokens: dict[str, str]) -> str:
    """The stylesheet with values in place of their names: Opera Mini and old WebViews know no variables.

    Raises KeyError where a name is none of the tokens.
    """
    css = re.sub(r":root \{.*?\}\n?", "", css, flags=re.S)
    return re.sub(r"var\((--[a-z-]+)\)", lambda found: tokens[found[1]], css)


def minify_css(css: str) -> str:
    """The stylesheet without comments and needless blanks. Selectors are written without a blank after a colon."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,>]) ?", r"\1", css)
    return re.sub(r": ", ":", css).replace(";}", "}").strip()


def read_rules(css: str) -> tuple[Rule, ...]:
    """The rules of a minified stylesheet."""
    rules, at = [], 0
    while at < len(css):
        start = css.index("{", at)
        end = _end_of(css, start)
        head, body = css[at:start], css[start + 1 : end]
        group = read_rules(body) if head.startswith("@media") else ()
        selectors = ((head, frozenset[str]()),) if head.startswith("@") else _selectors(head)
        rules.append(Rule(selectors, "" if group else body, group))
        at = end + 1
    return tuple(rules)


def _end_of(css: str, start: int) -> int:
    depth = 0
    for found in re.finditer(r"[{}]", css[start:]):
        depth += 1 if found[0] == "{" else -1
        if not depth:
            return start + found.start()
    raise ValueError("a brace is not closed")


def _selectors(head: str) -> tuple[tuple[str, frozenset[str]], ...]:
    split = re.split(r",(?![^(]*\))", head)
    return tuple((selector, frozenset(_NAME.findall(_PSEUDO.sub("", selector)))) for selector in split)


def used_by(rules: tuple[Rule, ...], page: str, printed: bool) -> str:
    """The rules that this page uses, as a stylesheet. The rules of paper only if it is `printed`."""
    return _write(rules, frozenset(_NAME.findall(page)), printed)


def _write(rules: tuple[Rule, ...], names: frozenset[str], printed: bool) -> str:
    written = []
    for rule in rules:
        if not printed and rule.selectors[0][0] in ("@media print", "@page"):
            continue
        selectors = [selector for selector, needed in rule.selectors if needed <= names]
        body = _write(rule.rules, names, printed) if rule.rules else rule.body
        if selectors and body:
            written.append(f"{','.join(selectors)}{{{body}}}")
    return "".join(written)
