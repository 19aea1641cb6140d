"""What the portal is made of, and which advisories speak of it (ASVS V15.1.2, V15.2.1)."""

from __future__ import annotations

import datetime as dt
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tests.supply import advisories, sbom
from tests.supply.lock import ROOT, RUNTIME, Pinned, read_lock, read_locks


@pytest.fixture(scope="module")
def bill() -> dict[str, Any]:
    return json.loads(sbom.make_sbom())


def test_v15_1_2_every_package_of_the_lock_is_in_the_bill_with_its_hashes(bill: dict[str, Any]) -> None:
    found = {part["purl"]: {one["content"] for one in part["hashes"]} for part in bill["components"] if "purl" in part}
    pinned = read_lock(RUNTIME)
    assert found == {f"pkg:pypi/{one.name}@{one.version}": set(one.hashes) for one in pinned}
    named = set(re.findall(r"^([A-Za-z0-9._-]+)==", RUNTIME.read_text(), re.M))
    assert len(named) > 40
    assert {name.lower() for name in named} == {one.name for one in pinned}


def test_v15_1_2_the_bill_is_what_its_format_asks_for() -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(sbom.make_sbom()) is None


def test_v15_1_2_vendored_works_are_in_the_bill_with_version_licence_and_hash(bill: dict[str, Any]) -> None:
    vendored = {*ROOT.glob("portal/static/*.min.js"), *ROOT.glob("portal/papers/fonts/*.ttf")}
    assert {ROOT / work.file for work in sbom.VENDORED} == vendored
    parts = {part["bom-ref"]: part for part in bill["components"]}
    for work in sbom.VENDORED:
        part = parts[work.file]
        assert part["version"] == work.version
        assert part["licenses"] == [{"license": {"id": work.license}}]
        assert part["hashes"]
    assert [work.version in work.file for work in sbom.VENDORED if work.name == "htmx"] == [True]


def test_v15_1_2_the_bill_names_no_address_of_a_registry() -> None:
    addresses = re.findall(r"\w+://[^\"\s]+", sbom.make_sbom())
    assert set(addresses) == {"http://cyclonedx.org/schema/bom-1.6.schema.json"}


def test_v15_2_1_a_lock_without_hashes_is_refused(tmp_path: Path) -> None:
    (tmp_path / "lock.txt").write_text("flask==3.1.0\n")
    with pytest.raises(ValueError, match="flask is not pinned"):
        read_lock(tmp_path / "lock.txt")
    assert all(one.hashes for one in read_locks())


OURS = Pinned("flask", "3.1.0", ("0" * 64,))


def advisory(*events: dict[str, str], **changes: Any) -> dict[str, Any]:
    affected = {
        "package": {"ecosystem": "PyPI", "name": "Flask"}, "ranges": [{"type": "ECOSYSTEM", "events": list(events)}],
    }  # fmt: skip
    return {
        "id": "TEST-1", "summary": "Made up.", "published": "2026-11-20T10:00:00Z", "affected": [affected],
        "database_specific": {"severity": "CRITICAL"},
    } | changes  # fmt: skip


def is_found(entry: dict[str, Any], ours: Pinned = OURS) -> bool:
    return bool(advisories.find([ours], [entry]))


@pytest.mark.parametrize(
    ("events", "affected"),
    [
        ([{"introduced": "0"}], True),
        ([{"introduced": "0"}, {"fixed": "3.1.0"}], False),
        ([{"introduced": "0"}, {"fixed": "3.1.1"}], True),
        ([{"introduced": "3.1.0"}, {"fixed": "3.1.1"}], True),
        ([{"introduced": "3.1.1"}], False),
        ([{"introduced": "0"}, {"last_affected": "3.1.0"}], True),
        ([{"introduced": "0"}, {"last_affected": "3.0.9"}], False),
        ([{"introduced": "0"}, {"fixed": "2.9"}, {"introduced": "3.0"}, {"fixed": "3.0.5"}], False),
        ([{"introduced": "3.0"}, {"fixed": "3.2"}, {"introduced": "0"}, {"fixed": "2.9"}], True),
        ([{"introduced": "0"}, {"fixed": "3.10"}], True),  # by numbers, not by letters
        ([{"introduced": "0"}, {"fixed": "3.1.0rc1"}], False),
        ([{"introduced": "0"}, {"fixed": "not a version"}], True),  # what cannot be judged
    ],
)
def test_v15_2_1_a_range_of_versions_is_judged_as_the_format_says(events: list[dict[str, str]], affected: bool) -> None:
    assert is_found(advisory(*events)) is affected


def test_v15_2_1_listed_versions_count_and_other_ecosystems_packages_and_withdrawn_ones_do_not() -> None:
    listed = advisory()
    listed["affected"][0]["versions"] = ["0.9-odd", "3.1"]
    assert is_found(listed)
    listed["affected"][0]["versions"] = ["3.0"]
    assert not is_found(listed)
    everything = {"introduced": "0"}
    assert not is_found(advisory(everything, withdrawn="2026-11-21T00:00:00Z"))
    for name, ecosystem in (("flask", "npm"), ("flask-wtf", "PyPI")):
        other = advisory(everything)
        other["affected"][0]["package"] = {"ecosystem": ecosystem, "name": name}
        assert not is_found(other)
    any_version = advisory()
    any_version["affected"][0].pop("ranges")
    assert is_found(any_version)


@pytest.mark.parametrize(
    ("changes", "severity"),
    [
        ({}, "critical"),
        ({"database_specific": {"severity": "MODERATE"}}, "medium"),
        ({"database_specific": {}}, "high"),
        (
            {"database_specific": {}, "severity": [
                {"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"},
            ]},
            "critical",
        ),
        (
            {"database_specific": {}, "severity": [
                {"type": "CVSS_V3", "score": "CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N"},
            ]},
            "low",
        ),
        ({"database_specific": {}, "severity": [{"type": "CVSS_V3", "score": "nonsense"}]}, "high"),
    ],
)  # fmt: skip
def test_v15_2_1_each_finding_has_a_severity_and_a_deadline(changes: dict[str, Any], severity: str) -> None:
    [finding] = advisories.find([OURS], [advisory({"introduced": "0"}, {"fixed": "3.2"}, **changes)])
    published = dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC)
    assert (finding.severity, finding.due) == (severity, published + advisories.DEADLINES[severity])
    assert finding.fixed == ("3.2",)


def test_v15_1_2_the_deadlines_are_written_down_for_people() -> None:
    text = (ROOT / "docs" / "running.md").read_text("utf-8")
    written = dict(re.findall(r"^\| (critical|high|medium|low) \| (\d+ (?:hours|days)) \|$", text, re.M))
    assert written == {"critical": "48 hours", "high": "7 days", "medium": "30 days", "low": "90 days"}
    for severity, deadline in advisories.DEADLINES.items():
        number, unit = written[severity].split()
        assert deadline == dt.timedelta(**{unit: int(number)})


def of_the_lock() -> dict[str, Any]:
    entry = advisory({"introduced": "0"})
    entry["affected"][0]["package"]["name"] = "Waitress"
    return entry


@pytest.mark.parametrize("form", ["one", "list", "lines", "vulns", "zip"])
def test_v15_2_1_the_command_fails_where_something_is_affected(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, entries = tmp_path / "advisories", [of_the_lock(), advisory({"introduced": "99"}, id="TEST-2")]
    if form == "zip":
        with zipfile.ZipFile(file, "w") as archive:
            for entry in entries:
                archive.writestr(f"{entry['id']}.json", json.dumps(entry))
    else:
        texts = {
            "one": json.dumps(entries[0]), "list": json.dumps(entries), "vulns": json.dumps({"vulns": entries}),
            "lines": "\n".join(map(json.dumps, entries)),
        }  # fmt: skip
        file.write_text(texts[form])
    assert advisories.main([str(file)]) == 1
    printed = capsys.readouterr().out
    assert "CRITICAL waitress" in printed
    assert "until 2026-11-22 10:00 UTC" in printed
    assert "TEST-2" not in printed


def test_v15_2_1_the_command_passes_where_nothing_is_and_fails_where_it_cannot_tell(tmp_path: Path) -> None:
    file = tmp_path / "advisories"
    file.write_text("[]")
    assert advisories.main([str(file)]) == 0
    for text in (" ", "no json", '[{"summary": "no id"}]'):
        file.write_text(text)
        assert advisories.main([str(file)]) == 2, text
    assert advisories.main([str(tmp_path / "missing")]) == 2
    assert advisories.main([]) == 2
