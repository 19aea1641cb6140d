"""`python -m tests.bench`: how quick the portal is, as tables with ratios, beside the bars it has to pass."""

from __future__ import annotations

import platform
import sys
import tempfile
from pathlib import Path
from typing import Any

from flask import Flask

from . import django_wizard, portal_wizard
from .django_wizard import sign_in
from .measuring import Side, run_in_turn, table

CYCLES, WARM_UP = 20, 20
WIZARD_BAR, PASSPORT_BAR = 4.5, 10.0


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="qyzmet-bench-") as folder:
        django_wizard.configure(Path(folder))
        django = django_wizard.start()
        app = portal_wizard.start(Path(folder))
        print(f"Python {platform.python_version()}, one process, one thread, called as WSGI; medians of rounds in turn")
        passed = [bench_wizard(app, django), bench_passport(app)]
    return 0 if all(passed) else 1


def bench_wizard(app: Flask, django: Any) -> bool:
    """The fifteen questions side by side, and what a step's POST takes here."""
    readers = portal_wizard.make_readers(app, CYCLES)
    session = Side("Django SessionWizardView: GET, POST", django_wizard.make_session_cycle(sign_in(django)), 2)
    full = Side("the same, compressed, its frame translated", django_wizard.make_full_cycle(sign_in(django)), 2)
    named = Side("Django NamedUrlSessionWizardView: GET, POST, GET", django_wizard.make_named_cycle(sign_in(django)), 3)
    ours = Side("portal: GET, POST, GET", portal_wizard.make_cycle(readers), 3, portal_wizard.forget_answers)
    post = Side("portal: the POST alone (check, save, redirect)", portal_wizard.make_post(readers), 1)
    run_in_turn([session, full, named, ours, post], cycles=CYCLES, warm_up=WARM_UP)
    base = session.requests_per_second
    rows = [
        (
            side.name,
            f"{side.requests_per_second:.0f}",
            f"{side.requests_per_second / base:.1f}x",
            f"{side.cycle_ms:.2f}",
            f"{session.cycle_ms / side.cycle_ms:.1f}x",
            f"{side.cycle_cpu_ms:.2f}",
            f"{side.requests_per_cpu_second / session.requests_per_cpu_second:.1f}x",
        )
        for side in (session, full, named, ours)
    ]
    head = ("a wizard's step of 15 questions", "requests/s", "ratio", "ms a step", "ratio", "CPU ms", "requests/CPU s")
    print(table(f"Requests a second of the wizard (bar: {WIZARD_BAR:g}x)", head, rows))
    ratio = ours.requests_per_second / base
    print(verdict(ratio, WIZARD_BAR))
    beside = ours.requests_per_second / full.requests_per_second
    print(f"Beside a Django that compresses and translates, too: {beside:.1f}x")
    print(table("Server time", ("what", "ms"), [(post.name, f"{post.cycle_ms:.2f}")]))
    return ratio >= WIZARD_BAR


def bench_passport(app: Flask) -> bool:
    """The passport page from the store of kept pages against rendering it."""
    sides = rendered, kept = portal_wizard.passport_sides(app)
    run_in_turn(list(sides), cycles=CYCLES, warm_up=WARM_UP)
    ratio = kept.requests_per_second / rendered.requests_per_second
    rows = [
        (side.name, f"{side.requests_per_second:.0f}", f"{side.cycle_ms * 1000:.0f}", f"{times:.0f}x")
        for side, times in ((rendered, 1.0), (kept, ratio))
    ]
    print(table(f"The passport page (bar: {PASSPORT_BAR:.0f}x)", ("first view", "pages/s", "µs", "ratio"), rows))
    print(verdict(ratio, PASSPORT_BAR))
    return ratio >= PASSPORT_BAR


def verdict(ratio: float, bar: float) -> str:
    return f"{ratio:.1f}x against a bar of {bar:g}x: {'passed' if ratio >= bar else 'NOT PASSED'}"


if __name__ == "__main__":
    sys.exit(main())
