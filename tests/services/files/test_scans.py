"""A real clamd behind the portal: EICAR stopped, a silent clamd delays and loses nothing (ASVS V5.4.3)."""

# ruff: noqa: F401, F811 - the fixtures of the upload tests serve here, too

from __future__ import annotations

import dataclasses

import pikepdf
import pytest
from bs4 import BeautifulSoup

from portal.gateways.antivirus import Clamd
from portal.models import AuditEntry, Document, Draft, Event, Message
from portal.services.files import documents, scans
from portal.services.jobs.leases import take
from portal.services.keys import loose
from tests import files_to_upload as files
from tests.clamd import running_clamd
from tests.views.test_uploads import SCAN, STEP, draft, listed, make_case, mother, send, stored

pytestmark = pytest.mark.needs("clamd")

WITH_EICAR = {
    "in the page of a PDF": ("a.pdf", files.pdf(text=files.EICAR)),
    "behind a photo": ("a.jpg", files.photo() + files.EICAR),
    "in a comment of a PNG": ("a.png", files.png() + files.EICAR),
}


@pytest.fixture(scope="module")
def daemon():
    with running_clamd() as daemon:
        yield daemon


@pytest.fixture
def gateways(app, daemon):
    """The app's gateways with a real scanner."""
    found = dataclasses.replace(app.extensions["context"].gateways, antivirus=Clamd(str(daemon.socket)))
    app.extensions["context"] = dataclasses.replace(app.extensions["context"], gateways=found)
    return found


def fresh(app, daemon):
    """As after a pause: nobody remembers that clamd was silent."""
    app.extensions["context"] = dataclasses.replace(
        app.extensions["context"],
        gateways=dataclasses.replace(app.extensions["context"].gateways, antivirus=Clamd(str(daemon.socket))),
    )
    return app.extensions["context"].gateways


def scan_due(app, daemon, clock) -> int:
    return scans.scan_due(fresh(app, daemon), clock())


@pytest.mark.parametrize("where", WITH_EICAR)
def test_v5_4_3_eicar_is_stopped_told_recorded_and_leaves_no_bytes(mother, draft, app, gateways, where):
    name, content = WITH_EICAR[where]
    answer = send(mother, draft, (name, content))
    assert (answer.status_code, stored(app)) == (422, [])
    document = Document.get()
    assert (document.state, document.sha256) == ("infected", "")
    assert SCAN not in Draft.get().answers
    (entry,) = AuditEntry.select().where(AuditEntry.action == "infected_file")
    assert entry.data["found"].startswith("Test.Eicar")
    english = BeautifulSoup(mother.get(f"/en/apply/{draft.key}/{STEP}").text, "lxml")
    assert "A virus was found in this file" in english.select_one(f"#{SCAN}-files").text
    send(mother, draft, ("good.pdf", files.pdf()))
    english = BeautifulSoup(mother.get(f"/en/apply/{draft.key}/{STEP}").text, "lxml")
    assert "virus" not in english.select_one(f"#{SCAN}-files").text


def test_a_clean_file_is_scanned_at_once(mother, draft, gateways, clock):
    send(mother, draft, ("a.pdf", files.pdf()))
    document = Document.get()
    assert (document.state, document.scanned_at, document.has_original) == ("clean", clock(), False)


def test_v5_4_3_a_locked_pdf_is_called_locked_not_infected(mother, draft, gateways):
    answer = send(mother, draft, ("a.pdf", files.locked_pdf()))
    assert answer.status_code == 422
    assert Document.select().count() == 0


@pytest.mark.parametrize("strength", [3, 4, 6])
def test_v5_4_3_a_pdf_that_its_owner_restricts_is_looked_into_and_taken(mother, draft, gateways, clock, strength):
    how = {"R": strength, "aes": strength > 3, "metadata": strength > 3}
    content = files.pdf(encryption=pikepdf.Encryption(owner="owner", user="", **how))
    assert listed(send(mother, draft, ("a.pdf", content))) == ["a.pdf"]
    assert (Document.get().state, Document.get().scanned_at) == ("clean", clock())


def test_v5_4_3_v16_5_2_a_hung_clamd_delays_loses_nothing_and_serves_nothing(
    mother,
    draft,
    app,
    gateways,
    daemon,
    clock,
):
    with daemon.hung():
        answer = send(mother, draft, ("a.pdf", files.pdf()))
        assert (answer.status_code, listed(answer)) == (200, ["a.pdf"])
        document = Document.get()
        assert (document.state, len(stored(app))) == ("pending", 2)
        assert all(path.read_bytes().startswith(b"QZ01") for path in stored(app))
        with pytest.raises(documents.NotScannedYet):
            documents.read_document(document, gateways.storage)
        assert scan_due(app, daemon, clock) == 0  # not yet
    clock.forward(seconds=31)
    daemon.stop()
    assert scan_due(app, daemon, clock) == 0
    assert Document.get().tries == 1
    daemon.start()
    clock.forward(minutes=3)
    assert scan_due(app, daemon, clock) == 1
    document = Document.get()
    assert (document.state, document.scanned_at, len(stored(app))) == ("clean", clock(), 1)
    assert documents.read_document(document, gateways.storage).startswith(b"%PDF")


@pytest.mark.parametrize("where", WITH_EICAR)
def test_v5_4_3_eicar_that_came_while_clamd_was_silent_is_found_afterwards(
    mother,
    draft,
    app,
    gateways,
    daemon,
    clock,
    where,
):
    with daemon.hung():
        send(mother, draft, WITH_EICAR[where])
    Draft.update(done=[*draft.done, STEP]).execute()
    clock.forward(seconds=31)
    assert scan_due(app, daemon, clock) == 1
    assert (Document.get().state, stored(app)) == ("infected", [])
    assert SCAN not in Draft.get().answers
    assert STEP not in Draft.get().done  # the question is open again


def test_v5_4_3_eicar_found_after_submission_is_told_to_the_citizen(
    mother,
    draft,
    app,
    gateways,
    daemon,
    clock,
):
    with daemon.hung():
        send(mother, draft, ("a.pdf", files.pdf(text=files.EICAR)))
    case = make_case(draft, app, clock)
    clock.forward(seconds=31)
    assert scan_due(app, daemon, clock) == 1
    (event,) = Event.select().where(Event.kind == "file_infected")
    assert (event.case_id, event.data["name"]) == (case.id, "a.pdf")
    assert Message.select().where(Message.key.contains("file_infected")).count() == 1
    assert mother.get(f"/kk/cabinet/{case.number}/documents/{Document.get().key}").status_code == 409


def test_a_crash_after_the_verdict_neither_condemns_a_clean_file_nor_leaves_its_original_behind(
    mother, draft, app, gateways, daemon, clock, monkeypatch
):
    with daemon.hung():
        send(mother, draft, ("a.pdf", files.pdf()))
    clock.forward(seconds=31)

    def crash(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(scans.loose, "discard", crash)
        with pytest.raises(KeyboardInterrupt):
            scan_due(app, daemon, clock)
    assert (Document.get().state, len(stored(app))) == ("clean", 2)
    clock.forward(days=2)
    assert loose.sweep(gateways.storage, clock()) == 1
    assert len(stored(app)) == 1
    assert documents.read_document(Document.get(), gateways.storage).startswith(b"%PDF")


def test_two_workers_do_not_scan_one_file_both(mother, draft, app, gateways, daemon, clock):
    with daemon.hung():
        send(mother, draft, ("a.pdf", files.pdf()))
    clock.forward(seconds=31)
    first, second = Document.get(), Document.get()
    until = clock() + scans.LEASE
    assert [take(first, next_scan_at=until), take(second, next_scan_at=until)] == [True, False]


def test_a_pending_file_whose_bytes_are_broken_is_never_called_clean(
    mother,
    draft,
    app,
    gateways,
    daemon,
    clock,
):
    with daemon.hung():
        send(mother, draft, ("a.pdf", files.pdf()))
    for path in stored(app):
        path.write_bytes(path.read_bytes()[:-1])
    clock.forward(seconds=31)
    scan_due(app, daemon, clock)
    assert Document.get().state == "infected"
