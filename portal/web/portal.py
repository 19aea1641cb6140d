"""Flask and Jinja, without what they do for every request and nobody here needs."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Any

from flask import Flask
from flask.templating import Environment


class Templates(Environment):
    """No template of ours has globals of its own, so all share those of the environment: Jinja would merge the two
    anew for each page."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


class Portal(Flask):
    """Flask without the question, at every step of every request, whether a function of ours is a coroutine."""

    jinja_environment = Templates

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func
