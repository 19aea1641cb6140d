"""Pages in pieces."""

import json

import pytest
from bs4 import BeautifulSoup
from flask import render_template_string

from portal.web.access import public
from portal.web.htmx import fragment_or_page, go_to

PAGE = '{% extends "base.html" %}{% set enhanced = true %}{% block main %}<h1>Page</h1>{% endblock %}'


@pytest.fixture
def client(make_app):
    app = make_app()

    @public
    def piece():
        return fragment_or_page("errors/error.html", "catalogue/home.html", 422, services=[], q="", title="piece")

    @public
    def enhanced():
        return render_template_string(PAGE)

    @public
    def leave():
        return go_to("/kk/help")

    app.add_url_rule("/<any(kk,ru,en):lang>/piece", "piece", piece)
    app.add_url_rule("/<any(kk,ru,en):lang>/enhanced", "enhanced", enhanced)
    app.add_url_rule("/<any(kk,ru,en):lang>/leave", "leave", leave)
    return app.test_client()


def test_htmx_gets_the_fragment_and_the_address_to_show(client):
    answer = client.get("/kk/piece?a=ә", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Push-Url"]) == (422, "/kk/piece?a=%D3%99")
    assert "piece" in answer.text


def test_everybody_else_gets_the_page(client):
    answer = client.get("/kk/piece")
    assert answer.status_code == 422
    assert "HX-Push-Url" not in answer.headers
    assert 'id="q"' in answer.text


def test_going_back_in_history_gets_the_whole_page(client):
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert 'id="q"' in client.get("/kk/piece", headers=headers).text


def test_after_a_change_both_kinds_of_browser_are_sent_on(client):
    assert (client.get("/kk/leave").status_code, client.get("/kk/leave").location) == (303, "/kk/help")
    answer = client.get("/kk/leave", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, "/kk/help")


def test_the_script_comes_deferred_with_a_strict_configuration(client):
    answer = client.get("/kk/enhanced")
    assert ";script-src 'self';connect-src 'self';" in answer.headers["Content-Security-Policy"]
    page = BeautifulSoup(answer.text, "lxml")
    assert page.script.has_attr("defer")
    assert page.script["src"].startswith("/static/htmx-2.0.11.min.")
    code = client.get(page.script["src"]).text
    config = json.loads(code[code.rindex("Object.assign(htmx.config,") :].partition(",")[2].removesuffix(")"))
    assert config.pop("responseHandling")
    assert config == {
        "allowEval": False,
        "includeIndicatorStyles": False,
        "selfRequestsOnly": True,
        "historyCacheSize": 0,
        "allowScriptTags": False,
    }


def test_who_saves_data_gets_no_script(client):
    assert "<script" not in client.get("/kk/enhanced", headers={"Save-Data": "on"}).text


def test_quiet_pages_carry_no_script(client):
    answer = client.get("/kk/help")
    assert "<script" not in answer.text
    assert "script-src" not in answer.headers["Content-Security-Policy"]
