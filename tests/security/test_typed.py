"""Odd texts at every door: nothing breaks, nothing unseen is kept, and nobody holds the process with one form."""

from __future__ import annotations

import time
import unicodedata

import pytest
from flask import request

from portal.models import MODELS, Draft
from tests.security.test_injection import ASKED_BY_NAME, FIELDS_OF_FORMS
from tests.security.world import FORMS, PAGES, World, html_of
from tests.signing_in import MOTHER, post

ODD = (
    "\u202aмә\u00adті\u200bн\u202c\u00a0\U0001f468\u200d\U0001f469 и\u0306\u0301\u0301\u0301\u0301\u0301 "
    "\x1b[2K\ud800\uf0b7\r\nекі\u2028 "
)
UNSEEN = ("Cf", "Cs", "Co", "Cc")
OURS = "\n\u200d"  # ends of lines; the joiner between two pictures


def unseen(text: str) -> set[str]:
    return {sign for sign in text if unicodedata.category(sign) in UNSEEN and sign not in OURS}


@pytest.mark.parametrize("role", ["anonymous", "stated", "owner", "officer", "head", "admin", "operator"])
def test_v2_2_1_odd_texts_break_no_form_and_leave_nothing_unseen_behind(world: World, role: str):
    client = world.client(role)
    odd = ODD.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    everything = dict.fromkeys((FIELDS_OF_FORMS | ASKED_BY_NAME) - {"again", "remove", "add"}, odd)
    for route in PAGES:
        address = route.address(world).partition("?")[0]
        assert client.get(address, query_string=everything).status_code < 500, address
    for route in FORMS:
        if route.endpoint in ("accounts.sign_out", "staff.signing_in.sign_out"):
            continue
        assert post(client, route.address(world), everything).status_code < 500, route.endpoint
    for model in MODELS:
        for row in model.select().tuples():
            assert unseen("".join(str(value) for value in row)) == set(), model.__name__


def test_what_is_signed_is_what_was_typed_without_the_unseen(world: World):
    address = f"/kk/complaints/{world.complaint_draft}"
    body = Draft.get(Draft.key == world.complaint_draft).answers["body"]
    typed = {
        "body": body,
        "address": "Орал,\u00a0Демо\u200b",
        "text": "қа\u00adла\r\n\u202aекі\u202c",
        "outcome": "e\u0301",
        "official": "",
    }
    assert post(world.owner, address, typed).status_code == 303
    answers = Draft.get(Draft.key == world.complaint_draft).answers
    assert (answers["address"], answers["text"], answers["outcome"]) == ("Орал, Демо", "қала\nекі", "é")
    shown = html_of(world.owner.get(f"{address}/sign"))
    assert ": қала</p>\n<p>екі</p>" in shown
    assert unseen(shown) == set()


@pytest.mark.parametrize("typed", ["\u202a{}\u202c", "{}\u200b", "\ufeff{}", "\u2068{}\u2069"])
def test_an_iin_copied_from_a_messenger_signs_in(world: World, typed: str):
    assert post(world.anonymous, "/kk/sign-in", {"iin": typed.format(MOTHER)}).status_code == 303


def test_a_password_stays_sign_for_sign(world: World):
    with world.app.test_request_context(
        "/staff/", method="POST", data={"password": " a\u00ad  b ", "name": " a\u00ad  b "}
    ):
        assert request.form["password"] == " a\u00ad  b "
        assert request.form["name"] == "a b"


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("/kk/complaints/without-sign-in", "name"),
        ("/kk/sign-in", "iin"),
        ("/kk/status", "number"),
        ("/staff/sign-in", "login"),
    ],
)
def test_s2_a_form_full_of_marks_without_a_token_costs_less_than_50_ms(world: World, address: str, field: str):
    marks = "a" + "\u0301" * 15_800 + "\u0316" * 15_800
    body = f"{field}={marks}".encode()
    world.anonymous.get(address)

    def seconds() -> float:
        started = time.thread_time()
        answer = world.anonymous.post(address, data=body, content_type="application/x-www-form-urlencoded")
        spent = time.thread_time() - started
        assert answer.status_code == 400
        return spent

    assert min(seconds() for _ in range(5)) < 0.05


def test_s2_an_address_full_of_marks_costs_as_little(world: World):
    marks = "a" + "\u0301" * 15_800 + "\u0316" * 15_800

    def seconds() -> float:
        started = time.thread_time()
        assert world.anonymous.get("/kk/", query_string={"q": marks}).status_code == 200
        return time.thread_time() - started

    assert min(seconds() for _ in range(5)) < 0.1  # the test's own client writes the address, too
