"""Our side: the real application with every feature on, a passport file dropped in, readers signed in."""

from __future__ import annotations

import datetime as dt
import itertools
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from portal import create_app, db
from portal.config import load_settings
from portal.models import MODELS, Account, Draft, Organisation
from portal.services.identity import sessions
from portal.web.first_page import style_mark

from .answers import ANSWERS
from .measuring import Browser, Side

HERE = Path(__file__).parent


@dataclass
class Reader:
    """Somebody signed in, in the middle of a visit, before the first step of their application."""

    browser: Browser
    step: str
    answers: dict[str, str | list[str]]  # with the token of their page


def start(folder: Path) -> Flask:
    """The portal on a database of its own."""
    environ = {
        "PORTAL_ENV": "demo",
        "PORTAL_SECRET_KEY": secrets.token_hex(32),
        "PORTAL_DATABASE_URL": f"sqlite:///{folder}/portal.sqlite",
        "PORTAL_DATA_DIR": str(folder),
        "PORTAL_PASSPORTS_DIR": str(HERE),
    }
    app = create_app(load_settings(environ))
    db.connect()
    db.db.create_tables(MODELS)
    Organisation.create(code="bench-body", kind="provider", name_kk="Орган", name_ru="Орган", name_en="A body")
    return app


def make_readers(app: Flask, count: int) -> list[Reader]:
    """As many readers, each with an application begun at the front door."""
    return [_make_reader(app, number) for number in range(count)]


def _make_reader(app: Flask, number: int) -> Reader:
    now = dt.datetime.now(dt.UTC)
    account = Account.create(iin=f"{number:012}", name="Құрманғазықызы Үміткүл", phone="+77010000000", created_at=now)
    key = sessions.new_key()
    sessions.store(key, account, {}, now)
    cookies = {"s": key, "l": "kk" + style_mark()}  # its first page brought the stylesheet
    plain = Browser(app, cookies, plain=True)
    address = "/kk/services/bench-service/apply"
    token = _find(r'name="csrf_token" value="([^"]+)"', plain.get(address).body)
    begun = plain.post(address, {"csrf_token": token})
    assert begun.status == 303, begun.body.decode()
    step = begun.header("Location")
    page = plain.get(step).body
    assert b'rel="stylesheet"' in page  # the first page of the visit was the start page
    answers = {"csrf_token": _find(r'name="csrf_token" value="([^"]+)"', page), **ANSWERS}
    return Reader(Browser(app, cookies), step, answers)


def _find(pattern: str, page: bytes) -> str:
    found = re.search(pattern, page.decode())
    assert found, page.decode()
    return found[1]


def forget_answers() -> None:
    """Every draft as it was begun, so that the next round asks again what nobody has answered yet."""
    Draft.update(answers={}, facts={}, done=[]).execute()


def make_cycle(readers: list[Reader]) -> Callable[[], None]:
    """For each reader in turn: GET the step; POST it, which saves and redirects; GET the next step: three requests."""
    turn = itertools.cycle(readers)

    def cycle() -> None:
        reader = next(turn)
        assert reader.browser.get(reader.step).status == 200
        answer = reader.browser.post(reader.step, reader.answers)
        assert answer.status == 303, answer.status
        assert reader.browser.get(answer.header("Location")).status == 200

    return cycle


def make_post(readers: list[Reader]) -> Callable[[], None]:
    """The POST of a step alone: read, check, save, redirect."""
    turn = itertools.cycle(readers)

    def post() -> None:
        reader = next(turn)
        assert reader.browser.post(reader.step, reader.answers).status == 303

    return post


def passport_sides(app: Flask) -> list[Side]:
    """The passport page as kept bytes, and the same page rendered for every request, as a first view each.

    A page asked for with a query is never kept: it is rendered and compressed (quickly) each time.
    """
    address = "/kk/services/preschool-queue"

    def read(path: str) -> None:
        assert Browser(app).get(path).status == 200

    return [Side("rendered", lambda: read(f"{address}?rendered"), 1), Side("kept as bytes", lambda: read(address), 1)]
