"""Figures for whoever runs the portal, counted in this process, in the text format of Prometheus."""

from __future__ import annotations

import threading
import time
from collections import Counter

from flask import Flask, Response, current_app, g

_NAMES = {
    "qyzmet_requests_total": "Requests that reached Flask, by class of status.",
    "qyzmet_request_seconds_total": "Time spent on them.",
    "qyzmet_kept_answers_total": "Requests answered from kept pages.",
    "qyzmet_kept_pages": "Pages kept now.",
    "qyzmet_csp_reports_total": "Breaches of the content policy that browsers reported.",
}


class Figures:
    """Counters of one process. Never a person, an address or a number of a case among them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()

    def add(self, name: str, amount: float = 1) -> None:
        with self._lock:
            self._counts[name] += amount  # type: ignore[assignment]

    def lines(self, **present: float) -> str:
        """All figures as text; `present` adds those that are measured at the moment of asking."""
        with self._lock:
            values = {**self._counts, **present}
        lines = []
        for name, meaning in _NAMES.items():
            lines += [f"# HELP {name} {meaning}", f"# TYPE {name} {'counter' if name.endswith('total') else 'gauge'}"]
            series = {key: value for key, value in values.items() if key.partition("{")[0] == name}
            lines += [f"{key} {value:g}" for key, value in sorted(series.items())]
        return "\n".join(lines) + "\n"


def start() -> None:
    g.started_at = time.perf_counter()


def count(response: Response) -> Response:
    figures: Figures = current_app.extensions["figures"]
    figures.add(f'qyzmet_requests_total{{status="{response.status_code // 100}xx"}}')
    started_at = g.get("started_at")
    if started_at is not None:
        figures.add("qyzmet_request_seconds_total", time.perf_counter() - started_at)
    return response


def init_app(app: Flask) -> None:
    app.extensions["figures"] = Figures()
    app.before_request(start)
    app.after_request(count)
