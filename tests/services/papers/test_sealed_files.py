"""The files of papers: sealed once, the same for everybody for good, whatever happens at the same time."""

from __future__ import annotations

import hashlib
import threading

import pytest

from portal import db, worker
from portal.config import load_settings
from portal.context import Context
from portal.gateways import make_gateways
from portal.gateways.seal import SealUnfit
from portal.gateways.storage import StorageDown
from portal.models import Account, Case, Organisation, Paper, SealedPaper
from portal.services.keys import vault
from portal.services.keys.ring import SealBroken, use_keys
from portal.services.papers import issuing, sealed_files
from portal.services.papers.sealed_files import SealingDesk
from tests.catalogue import BUILT_IN
from tests.paper_samples import ALL, BASE, NOW


@pytest.fixture
def settings(database_url, tmp_path):
    environ = {"PORTAL_ENV": "test", "PORTAL_DATABASE_URL": database_url, "PORTAL_DATA_DIR": str(tmp_path)}
    return load_settings(environ | {"PORTAL_REGISTRY_URL": "http://127.0.0.1:9"})


@pytest.fixture
def gateways(settings):
    use_keys(settings.keys)
    return make_gateways(settings)


@pytest.fixture
def desk(gateways):
    return SealingDesk(gateways.seal, gateways.storage, BASE)


@pytest.fixture
def case(database_url):
    db.db.initialize(db.make_database(database_url))
    db.connect()
    body = Organisation.create(code="oral", kind="school", name_kk="Мектеп", name_ru="Школа", name_en="School")
    account = Account.create(iin="900101400017", name="Құрманғазықызы Үміткүл", created_at=NOW)
    yield Case.create(
        number="7F3M-2K9PX", kind="application", draft_key="d1", account=account, service="home-schooling",
        edition="2020-05-27", language="kk", body=body, state="granted", answers={}, receipt_code="K7MH4XP9",
        submitted_at=NOW, registered_at=NOW, due_at=NOW,
    )  # fmt: skip
    db.db.close()


def issue(case: Case, kind: str) -> Paper:
    with db.db.atomic():
        return issuing.issue_paper(case, kind, ALL[kind], NOW, "kk")


def files(tmp_path) -> list:
    return [file for file in (tmp_path / "files").rglob("*") if file.is_file()]


def test_a_paper_s_file_is_made_once_and_the_same_ever_after(case, desk, tmp_path):
    paper = issue(case, "receipt")
    first = sealed_files.get_pdf(paper, desk, NOW)
    assert first == sealed_files.get_pdf(paper, desk, NOW.replace(year=2028))
    kept = SealedPaper.get(SealedPaper.paper == paper)
    assert (kept.size, kept.sha256) == (len(first), hashlib.sha256(first).hexdigest())
    assert kept.sealed_at == NOW
    assert "DEMO" in kept.sealed_by
    assert len(files(tmp_path)) == 1


def test_v14_2_what_is_kept_is_encrypted_at_rest(case, desk, tmp_path):
    pdf = sealed_files.get_pdf(issue(case, "order"), desk, NOW)
    (file,) = files(tmp_path)
    assert b"%PDF" in pdf
    assert b"%PDF" not in file.read_bytes()


@pytest.mark.parametrize("kind", ["order", "refusal", "correction_request"])
def test_the_worker_seals_decisions_and_letters_by_itself(case, settings, gateways, kind):
    paper = issue(case, kind)
    context, seal = Context(settings, BUILT_IN, gateways, lambda: NOW), worker.Job("seal_papers", worker.seal_papers)
    assert worker.run_once(context, NOW, (seal,)) == 1
    assert worker.run_once(context, NOW, (seal,)) == 0
    standing = issuing.check_paper(paper.code)
    assert standing.sealed_at == NOW
    assert len(standing.sha256) == 64


def test_what_is_rolled_back_is_not_sealed(case, desk):
    with db.db.atomic() as transaction:
        issuing.issue_paper(case, "order", ALL["order"], NOW, "kk")
        transaction.rollback()
    assert sealed_files.seal_waiting(desk, NOW) == 0


def test_v2_3_4_eight_who_ask_at_once_get_the_same_file(case, desk, tmp_path):
    paper = issue(case, "order")
    got: list[bytes] = []
    ready = threading.Barrier(8)

    def ask() -> None:
        db.connect()
        try:
            ready.wait()
            got.append(sealed_files.get_pdf(paper, desk, NOW))
        finally:
            db.db.close()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 8
    assert len(set(got)) == 1
    assert len(files(tmp_path)) == 1, "those that came second are thrown away"


def test_v11_3_3_a_file_that_was_changed_or_swapped_is_not_handed_out(case, desk, tmp_path):
    order, receipt = issue(case, "order"), issue(case, "receipt")
    sealed_files.get_pdf(order, desk, NOW)
    (file,) = files(tmp_path)
    sealed_files.get_pdf(receipt, desk, NOW)
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    with pytest.raises(SealBroken):
        sealed_files.get_pdf(order, desk, NOW)
    file.write_bytes(whole)
    row = SealedPaper.get(SealedPaper.paper == order)
    vault.put(desk.storage, row, b"%PDF another")
    with pytest.raises(sealed_files.PaperDamaged):
        sealed_files.get_pdf(order, desk, NOW)


def test_v15_2_2_without_seal_or_store_papers_wait_and_nothing_is_half_kept(case, gateways, tmp_path):
    class Broken:
        holder = ""

        def put_under(self, *_):
            raise SealUnfit("the seal's certificate is valid to 2026-01-01")

        def put(self, *_):
            raise StorageDown("refused")

    issue(case, "order")
    for desk, error in (
        (SealingDesk(Broken(), gateways.storage, BASE), SealUnfit),
        (SealingDesk(gateways.seal, Broken(), BASE), StorageDown),
    ):
        with pytest.raises(error):
            sealed_files.seal_waiting(desk, NOW)
        assert SealedPaper.get().sealed_at is None
        assert files(tmp_path) == []
    assert sealed_files.seal_waiting(SealingDesk(gateways.seal, gateways.storage, BASE), NOW) == 1


def test_v11_2_2_a_paper_that_waits_does_not_stop_the_rotation_of_keys(case, desk, settings):
    issue(case, "order")
    sealed_files.get_pdf(issue(case, "receipt"), desk, NOW)
    use_keys((("new", b"n" * 32), *settings.keys))
    assert vault.rewrap(NOW) == 1
    assert sealed_files.seal_waiting(desk, NOW) == 1
