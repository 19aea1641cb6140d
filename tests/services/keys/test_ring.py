"""Keys and sealed files: only AES-256-GCM, a key id with everything wrapped, nothing changed goes unseen (ASVS V11)."""

import datetime as dt
import random

import pytest
from click.testing import CliRunner

from portal import db
from portal.cli import main
from portal.config import SettingsError, load_settings
from portal.gateways.storage import make_local_storage
from portal.models import MODELS, Account, Document
from portal.production import DEMO_KEY
from portal.services.keys import vault
from portal.services.keys.ring import KeyMissing, Keyring, SealBroken, keyring, use_keys
from portal.services.keys.sealing import CHUNK, seal, unseal

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
OLD, NEW = ("2026-10", b"o" * 32), ("2026-11", b"n" * 32)
KEY = b"d" * 32


def sealed(content: bytes, name: str = "name", key: bytes = KEY) -> bytes:
    return b"".join(seal([content], key, name))


def opened(content: bytes, name: str = "name", key: bytes = KEY) -> bytes:
    return b"".join(unseal([content], key, name))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 5])
def test_v11_3_2_what_is_sealed_opens_again_however_it_comes_in_pieces(size):
    content = random.Random(size).randbytes(size)
    closed = sealed(content)
    assert content[:64] not in closed or size < 16
    pieces = [closed[start : start + 977] for start in range(0, len(closed), 977)]
    assert b"".join(unseal(pieces, KEY, "name")) == content


@pytest.mark.parametrize("size", [0, 10, 2 * CHUNK + 10])
def test_v11_3_4_a_flipped_bit_anywhere_is_seen(size):
    closed = sealed(bytes(size))
    for place in {0, 4, 7, 8, 23, 24, 30, len(closed) // 2, len(closed) - 1}:
        broken = bytearray(closed)
        broken[place] ^= 1
        with pytest.raises(SealBroken):
            opened(bytes(broken))


def test_v11_3_4_a_file_cut_off_or_lengthened_is_seen():
    closed = sealed(bytes(3 * CHUNK))
    whole = CHUNK + 16
    for end in (0, 10, 24, 24 + 5, 24 + whole, 24 + 2 * whole, len(closed) - 1):
        with pytest.raises(SealBroken):
            opened(closed[:end])
    with pytest.raises(SealBroken):
        opened(closed + b"x")


def test_v11_3_4_chunks_and_files_cannot_change_places():
    closed = sealed(random.Random(1).randbytes(3 * CHUNK))
    whole = CHUNK + 16
    header, first, second, rest = (
        closed[:24],
        closed[24 : 24 + whole],
        closed[24 + whole : 24 + 2 * whole],
        closed[24 + 2 * whole :],
    )
    with pytest.raises(SealBroken):
        opened(header + second + first + rest)
    with pytest.raises(SealBroken):
        opened(sealed(b"x", "one"), "another")
    with pytest.raises(SealBroken):
        opened(sealed(b"x"), key=b"e" * 32)


def test_v11_3_4_the_same_content_is_never_sealed_alike():
    assert len({sealed(b"same")[8:] for _ in range(50)}) == 50


def test_v11_2_2_every_wrapped_key_names_its_key_and_belongs_to_one_name():
    ring = Keyring((OLD,))
    key_id, wrapped = ring.wrap(KEY, "file")
    assert key_id == "2026-10"
    later = Keyring((NEW, OLD))
    assert later.unwrap(key_id, wrapped, "file") == KEY
    assert later.wrap(KEY, "file")[0] == "2026-11"
    with pytest.raises(SealBroken):
        later.unwrap(key_id, wrapped, "another file")
    with pytest.raises(SealBroken):
        later.unwrap("2026-11", wrapped, "file")
    with pytest.raises(KeyMissing, match="2026-10"):
        Keyring((NEW,)).unwrap(key_id, wrapped, "file")


def test_v11_2_2_a_short_secret_is_sealed_for_one_purpose():
    sealed_text = Keyring((OLD,)).seal_text("JBSWY3DP", "totp:7")
    assert sealed_text.startswith("2026-10:")
    assert "JBSWY3DP" not in sealed_text
    assert Keyring((NEW, OLD)).open_text(sealed_text, "totp:7") == "JBSWY3DP"
    for purpose, content in (("totp:8", sealed_text), ("totp:7", sealed_text[:-4]), ("totp:7", "2026-10:?")):
        with pytest.raises(SealBroken):
            Keyring((OLD,)).open_text(content, purpose)


@pytest.fixture
def document(app, tmp_path):
    """A document under the old key, and the store it lies in."""
    db.connect()
    use_keys([OLD])
    storage = make_local_storage(tmp_path / "store")
    account = Account.create(iin="940308490011", name="A", created_at=NOW)
    kept = vault.store(storage, b"%PDF " * 30_000)
    row = Document.create(
        **vars(kept), account=account, draft_key="d", field="scan", name="a.pdf", media_type="application/pdf",
        size=150_000, sha256="0" * 64, state="clean", created_at=NOW,
    )  # fmt: skip
    yield row, storage
    use_keys([DEMO_KEY])


def test_v11_2_2_after_rotation_old_and_new_files_open_and_the_old_key_can_go(document):
    row, storage = document
    assert b"%PDF" not in next((storage._folder).glob("*/*")).read_bytes()
    use_keys([NEW, OLD])
    young = vault.store(storage, [b"new"])
    assert young.key_id == "2026-11"
    assert vault.fetch(storage, row) == b"%PDF " * 30_000
    assert (vault.rewrap(NOW), vault.rewrap(NOW)) == (1, 0)
    use_keys([NEW])
    assert vault.fetch(storage, Document.get()) == b"%PDF " * 30_000
    assert vault.fetch(storage, young) == b"new"
    assert keyring().current == "2026-11"


def test_v11_2_2_the_command_rotates_and_names_a_key_that_is_missing(document, settings, monkeypatch):
    key = "bm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm4="
    monkeypatch.setenv("PORTAL_ENV", "test")
    monkeypatch.setenv("PORTAL_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("PORTAL_KEYS", f"2026-11:{key}")
    db.db.close()
    refused = CliRunner().invoke(main, ["keys", "rotate"])
    assert refused.exit_code == 1
    assert "2026-10" in refused.output
    monkeypatch.setenv("PORTAL_KEYS", f"2026-11:{key},2026-10:b29vb29vb29vb29vb29vb29vb29vb29vb29vb29vb28=")
    done = CliRunner().invoke(main, ["keys", "rotate"])
    assert (done.exit_code, "1 data keys" in done.output) == (0, True), done.output
    db.connect()
    assert Document.get().key_id == "2026-11"


def test_a_new_key_is_fit_for_the_setting():
    entry = CliRunner().invoke(main, ["keys", "new"]).output.strip()
    assert len(load_settings({"PORTAL_ENV": "demo", "PORTAL_KEYS": entry}).keys[0][1]) == 32


def test_v13_3_1_production_refuses_the_demo_key_and_keys_that_are_none():
    for text in ("", "a:short", "no-colon", "a:" + "!" * 44, "a b:c", "a:" + "bm5u" * 20):
        with pytest.raises(SettingsError, match="PORTAL_KEYS"):
            load_settings({"PORTAL_KEYS": text})
    with pytest.raises(SettingsError, match="two keys bear the id a"):
        load_settings(
            {"PORTAL_ENV": "demo", "PORTAL_KEYS": ",".join(["a:bm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm5ubm4="] * 2)}
        )


def test_v13_3_1_no_key_stands_in_what_settings_say_of_themselves():
    settings = load_settings({"PORTAL_ENV": "demo"})
    assert "demo-only: 32" not in repr(settings)


def test_every_table_with_a_data_key_is_rotated():
    assert {model for model in MODELS if "data_key" in model._meta.fields} == set(vault.KEPT)
