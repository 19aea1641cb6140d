"""Figures for whoever runs the portal, counted in this process, for Prometheus to fetch.

Never a person, an address or a number of a case among them.
"""

from __future__ import annotations

import time

from flask import Flask, Response, current_app, g
from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest


class Metrics:
    """The figures of one application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "qyzmet_requests", "Requests that reached Flask, by class of status.", ("status",), registry=self.registry
        )
        self.seconds = Counter("qyzmet_request_seconds", "Time spent on them.", registry=self.registry)
        self.kept_answers = Gauge(
            "qyzmet_kept_answers_total", "Requests answered from kept pages so far.", registry=self.registry
        )
        self.kept_pages = Gauge("qyzmet_kept_pages", "Pages kept now.", registry=self.registry)
        self.csp_reports = Counter(
            "qyzmet_csp_reports", "Breaches of the content policy that browsers reported.", registry=self.registry
        )

    def text(self) -> bytes:
        """All of them, in the text format of Prometheus."""
        return generate_latest(self.registry)


def start() -> None:
    g.started_at = time.perf_counter()


def count(response: Response) -> Response:
    metrics: Metrics = current_app.extensions["metrics"]
    metrics.requests.labels(f"{response.status_code // 100}xx").inc()
    started_at = g.get("started_at")
    if started_at is not None:
        metrics.seconds.inc(time.perf_counter() - started_at)
    return response


def init_app(app: Flask) -> None:
    """After the kept pages: two of the figures are read there at the moment of asking."""
    metrics = app.extensions["metrics"] = Metrics()
    metrics.kept_answers.set_function(lambda: app.extensions["kept_pages"].answered)
    metrics.kept_pages.set_function(lambda: len(app.extensions["kept"]))
    app.before_request(start)
    app.after_request(count)
