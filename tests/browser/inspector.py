"""Looks at a page as it stands: axe, sideways scrolling, large text, tap targets."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.browser.visitor import Visitor

# Everything axe knows but what is experimental. Its source is evaluated: the content policy lets no script in.
RUN = "() => axe.run({resultTypes: ['violations']}).then(result => result.violations)"
WIDER = "() => document.scrollingElement.scrollWidth - innerWidth"
TEXT_SIZE = "size => { document.documentElement.style.fontSize = size }"
SIDEWAYS = """() => [...document.body.querySelectorAll('*')].filter(element => {
    const box = element.getBoundingClientRect();
    return box.right > innerWidth + 1 && box.width && !element.closest('.wide') && box.left > -50;
}).slice(0, 3).map(element => element.outerHTML.slice(0, 120))"""


def axe_source() -> str:
    found = importlib.util.find_spec("axe_playwright_python")
    assert found is not None
    assert found.submodule_search_locations is not None
    folder = Path(found.submodule_search_locations[0])
    return next(folder.rglob("axe.min.js")).read_text("utf-8")


@dataclass
class Inspector:
    """Collects what is wrong with the pages that `look` is called on."""

    visitor: Visitor
    faults: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    _axe: str = field(default_factory=axe_source, repr=False)

    def look(self) -> None:
        page = self.visitor.page
        self.seen.append(page.url)
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(self._axe)
        self.faults += self._overflow("100%")
        for violation in page.evaluate(RUN):
            nodes = "; ".join(node["html"][:160] for node in violation["nodes"][:3])
            self.faults.append(f"{page.url}: {violation['id']}: {violation['help']}: {nodes}")
        self.faults += self._overflow("200%")
        page.evaluate(TEXT_SIZE, "")
        marks = page.evaluate(
            "() => [document.querySelectorAll('main').length, document.querySelectorAll('h1').length]"
        )
        if marks != [1, 1]:
            self.faults.append(f"{page.url}: {marks} main and h1")

    def _overflow(self, size: str) -> Iterator[str]:
        page = self.visitor.page
        page.evaluate(TEXT_SIZE, size)
        wider = page.evaluate(WIDER)
        if wider > 0:
            yield f"{page.url}: {wider} px too wide at {size}: {page.evaluate(SIDEWAYS)}"
