"""docs/security.md is true: the lines of ASVS with their tests, the keys, and every module that works with them."""

from __future__ import annotations

import ast
import functools
import re
from pathlib import Path

import pytest

from tests.house.test_code_rules import ROOT, SOURCES, imports

TESTS = Path(__file__).parents[1]
DOCS = ROOT.parent / "docs"
TEXT = (DOCS / "security.md").read_text("utf-8")
CRYPTOGRAPHY = {"argon2", "cryptography", "hmac", "pyhanko", "pyotp", "webauthn"}
SECRET = re.compile(r"`(PORTAL_\w*(?:KEY|KEYS|SECRET|PASSWORD|TOKEN|SEAL_FILE|DATABASE_URL|MAIL_URL))`")


def lines() -> dict[tuple[str, ...], str]:
    """The table of lines: ids -> what holds them."""
    return {
        tuple(re.findall(r"V[\d.]+\d", ids)): held
        for ids, held in re.findall(r"^\| (V[\d., V]+) \| (.+) \|$", TEXT, re.M)
    }


@functools.cache
def borne() -> dict[str, list[str]]:
    """The ids that tests bear in their names: id -> tests."""
    found: dict[str, list[str]] = {}
    for path in TESTS.rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_v"):
                for id in re.findall(r"(?<=_)v(\d+_\d+(?:_\d+)?)(?=_)", node.name):
                    found.setdefault(f"V{id.replace('_', '.')}", []).append(node.name)
    return found


def test_every_line_that_is_held_by_tests_has_one_that_bears_its_id() -> None:
    tests = borne()
    wanting = [ids for ids, held in lines().items() if held == "tests" and not any(id in tests for id in ids)]
    assert wanting == []


def test_every_line_says_what_holds_it_or_why_nothing_has_to() -> None:
    assert len(lines()) > 60
    wrong = [held for held in lines().values() if not re.fullmatch(r"tests|(does not apply|open): .{15,}", held)]
    assert wrong == []


def test_every_id_that_a_test_bears_is_in_the_list_once() -> None:
    listed = [id for ids in lines() for id in ids]
    assert [id for id in listed if listed.count(id) > 1] == []
    assert sorted(set(borne()) - set(listed)) == []
    assert [
        ids for ids, held in lines().items() if held.startswith("does not") and any(id in borne() for id in ids)
    ] == []


def test_v11_1_1_every_secret_setting_is_in_the_inventory_of_keys() -> None:
    settings = set(SECRET.findall((DOCS / "settings.md").read_text("utf-8")))
    assert len(settings) > 8
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \| [^|]+ \| [^|]+ \|$", TEXT, re.M)
    assert sorted(settings - set(re.findall(r"PORTAL_\w+", " ".join(rows)))) == []


def test_v11_1_1_every_module_that_works_with_cryptography_is_in_the_inventory() -> None:
    using = {
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        if {name.partition(".")[0] for name in imports(path)} & CRYPTOGRAPHY
    }
    assert set(re.findall(r"`([a-z_0-9/]+\.py)`", TEXT)) == using


# A checksum of the tus protocol says whether a piece arrived whole; OCSP names keys and issuers by SHA-1. Nothing is
# trusted because of either. The national authority's RSA certificates and signatures are PKCS #1 v1.5 with SHA-256.
TRANSPORT = {
    "sha1": {"uploads.py", "revocation.py", "eds_authority.py"},
    "PKCS1v15": {"algorithms.py", "eds_keys.py"},
}


@pytest.mark.parametrize("weak", ["md5", "sha1", "DES", "ARC4", "ECB", "CBC", "PKCS1v15"])
def test_v11_3_2_nothing_weak_is_called_by_its_name(weak: str) -> None:
    found = {path.name for path in SOURCES if re.search(rf"\b{weak}\b", path.read_text("utf-8"))}
    assert found == TRANSPORT.get(weak, set())
