"""Flask and Jinja, without what they do for every request and nobody here needs."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Any

from flask import Flask, Request
from flask.templating import Environment
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.http import parse_cookie
from werkzeug.utils import cached_property


class Templates(Environment):
    """No template of ours has globals of its own, so all share those of the environment: Jinja would merge the two
    anew for each page."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


class Asked(Request):
    """A request whose cookies are read from where the server has put them, not from a list of all headers."""

    @cached_property
    def cookies(self) -> ImmutableMultiDict[str, str]:
        return parse_cookie(self.environ, cls=self.dict_storage_class)  # type: ignore[return-value, arg-type]


class Portal(Flask):
    """Flask without the question, at every step of every request, whether a function of ours is a coroutine."""

    request_class = Asked
    jinja_environment = Templates

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func
