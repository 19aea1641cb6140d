"""Stylesheets travel to slow phones: no rule stands in them that no page can use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PORTAL = Path(__file__).resolve().parents[2] / "portal"
STYLESHEETS = sorted((PORTAL / "static").glob("*.css"))
NAMED = re.compile(r"[.#]([A-Za-z][\w-]*)")
NAME = re.compile(r"[A-Za-z][\w-]*(?:\{\{[^}]*\}\})?", re.ASCII)  # also s{{ zoom }}, the beginning of some names


def names_of(css: str) -> set[str]:
    """The classes and ids that the rules of a stylesheet name."""
    css = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", css, flags=re.S)
    heads = re.findall(r"([^{};]+)\{", css)
    return {name for head in heads for name in NAMED.findall(head)}


def find_unused(names: set[str], sources: list[str]) -> set[str]:
    words = {word for source in sources for word in NAME.findall(source)}
    begun = tuple(word.partition("{{")[0] for word in words if "{{" in word)
    return {name for name in names - words if not (name.rstrip("0123456789") in begun and name[-1].isdigit())}


def sources(*patterns: str) -> list[str]:
    """What pages are made of; the page of examples uses everything, and so proves nothing."""
    paths = (path for pattern in patterns for path in PORTAL.glob(pattern))
    return [path.read_text() for path in paths if path.name != "styles.html"]


@pytest.mark.parametrize("stylesheet", STYLESHEETS, ids=lambda path: path.name)
def test_each_class_of_a_stylesheet_is_used_by_a_page_or_a_script(stylesheet):
    made_of = sources("templates/**/*.html", "static/*[!n].js", "services/papers/paper_kinds/*.py", "web/*.py")
    assert find_unused(names_of(stylesheet.read_text()), made_of) == set()


def test_what_only_staff_see_is_not_sent_to_citizens():
    public = [path.read_text() for path in PORTAL.glob("templates/**/*.html") if "staff" not in path.parts]
    public += sources("static/*[!n].js", "services/papers/paper_kinds/*.py", "web/*.py")
    assert find_unused(names_of((PORTAL / "static" / "site.css").read_text()), public) == set()


def test_an_unused_class_is_found():
    assert find_unused(names_of(".a > .b:hover, #c{top:.5em}.s150{top:0}/* .d */"), ['<p class="a">', "s{{ at }}"]) == {
        "b",
        "c",
    }
