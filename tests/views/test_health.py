"""For machines."""

import json
import logging

import pytest


def test_alive_and_ready(client):
    assert client.get("/healthz").text == "ok\n"
    assert client.get("/readyz").text == "ready\n"


def test_figures_count_requests_and_kept_answers(client):
    for _ in range(4):  # the first answer brings the stylesheet, the second names it
        client.get("/kk/help")
    client.get("/kk/nothing")
    answer = client.get("/metrics")
    lines = answer.text.splitlines()
    assert answer.content_type.startswith("text/plain; version=")
    assert 'qyzmet_requests_total{status="2xx"} 2.0' in lines
    assert 'qyzmet_requests_total{status="4xx"} 1.0' in lines
    assert "qyzmet_kept_answers_total 2.0" in lines
    assert "# TYPE qyzmet_kept_pages gauge" in lines


@pytest.mark.parametrize(
    ("headers", "environ"),
    [({"X-Forwarded-For": "127.0.0.1"}, {}), ({}, {"REMOTE_ADDR": "10.0.0.7"})],
)
def test_v13_4_figures_are_not_for_the_outside(client, headers, environ):
    assert client.get("/metrics", headers=headers, environ_base=environ).status_code == 404


def test_a_report_on_the_content_policy_is_counted_and_logged_without_the_page(client, caplog):
    report = {"csp-report": {"document-uri": "https://x/kk/cabinet/M-1", "blocked-uri": "inline\r\nforged: line"}}
    with caplog.at_level(logging.WARNING):
        answer = client.post("/csp", data=json.dumps(report), content_type="application/csp-report")
    assert answer.status_code == 204
    assert "cabinet" not in caplog.text
    assert "\nforged" not in caplog.text
    assert "qyzmet_csp_reports_total 1.0" in client.get("/metrics").text


@pytest.mark.parametrize("body", ["", "[]", "null", '{"csp-report": 7}', "{", "\xff"])
def test_what_is_no_report_is_refused(client, body):
    assert client.post("/csp", data=body.encode("latin-1"), content_type="application/csp-report").status_code == 400
