"""`python -m tests.supply.advisories FILE`: which advisories speak of what is pinned, and until when to deal with each.

FILE holds advisories in the OSV format: one, a JSON list of them, one a line, or a ZIP archive of JSON files as OSV
exports them for an ecosystem. Nothing is asked for over the network. Exit status 1 where something is affected, 2 where
FILE cannot be read. What cannot be judged counts as affected, and a severity that is not stated counts as high.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cvss import CVSS2, CVSS3, CVSS4
from cvss.exceptions import CVSSError
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from .lock import Pinned, read_locks

# docs/running.md says the same; counted from the day the advisory was published
DEADLINES = {
    "critical": dt.timedelta(hours=48),
    "high": dt.timedelta(days=7),
    "medium": dt.timedelta(days=30),
    "low": dt.timedelta(days=90),
}
_WORDS = {"critical": "critical", "high": "high", "moderate": "medium", "medium": "medium", "low": "low"}
_SCORES = ((9.0, "critical"), (7.0, "high"), (4.0, "medium"), (0.0, "low"))


@dataclass(frozen=True)
class Finding:
    """One advisory about one pinned package. `fixed`: the versions in which it is mended, as far as stated."""

    pinned: Pinned
    id: str
    severity: str
    due: dt.datetime | None
    fixed: tuple[str, ...]
    summary: str


class UnreadableFile(ValueError):
    """The file holds no advisories in the OSV format."""


def read_advisories(file: Path) -> Iterator[dict[str, Any]]:
    """Every advisory of the file. Raises UnreadableFile."""
    try:
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(file) as archive:
                for name in archive.namelist():
                    if name.endswith(".json"):
                        yield _checked(json.loads(archive.read(name)))
            return
        text = file.read_text("utf-8")
        try:
            found = json.loads(text)
        except ValueError:
            found = [json.loads(line) for line in text.splitlines() if line.strip()]
            if not found:
                raise ValueError("it is empty") from None
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise UnreadableFile(f"{file}: {error}") from None
    for advisory in found if isinstance(found, list) else found.get("vulns", [found]):
        yield _checked(advisory)


def _checked(advisory: Any) -> dict[str, Any]:
    if not isinstance(advisory, dict) or not isinstance(advisory.get("id"), str):
        raise UnreadableFile("an entry is no advisory in the OSV format: it has no id")
    return advisory


def find(pinned: Iterable[Pinned], advisories: Iterable[dict[str, Any]]) -> list[Finding]:
    """What is affected, the most urgent first."""
    by_name: dict[str, list[Pinned]] = {}
    for package in pinned:
        by_name.setdefault(package.name, []).append(package)
    found = []
    for advisory in advisories:
        if advisory.get("withdrawn"):
            continue
        for affected in advisory.get("affected", []):
            about = affected.get("package", {})
            if str(about.get("ecosystem", "")).partition(":")[0] != "PyPI":
                continue
            for package in by_name.get(canonicalize_name(about.get("name", "")), []):
                if is_affected(package.version, affected):
                    found.append(_finding(package, advisory, affected))
    order = list(DEADLINES)
    unique = {(finding.id, finding.pinned.name, finding.pinned.version): finding for finding in found}
    return sorted(unique.values(), key=lambda finding: (order.index(finding.severity), finding.pinned.name, finding.id))


def is_affected(version: str, affected: dict[str, Any]) -> bool:
    """Whether the version is named, or lies in a range. Where neither is stated every version is affected."""
    ranges = [one for one in affected.get("ranges", []) if one.get("type") != "GIT"]
    if not ranges and not affected.get("versions"):
        return True
    try:
        ours = Version(version)
        return any(_same(ours, other) for other in affected.get("versions", [])) or any(
            _in_range(ours, one.get("events", [])) for one in ranges
        )
    except InvalidVersion:
        return True


def _same(ours: Version, other: str) -> bool:
    try:
        return ours == Version(other)
    except InvalidVersion:
        return str(ours) == other  # among many listed versions old ones may be odd; ours is not


def _in_range(ours: Version, events: list[dict[str, str]]) -> bool:
    """As the OSV format says: the last event at or before our version decides."""
    affected = False
    for kind, limit in sorted(((*event.items(),)[0] for event in events), key=lambda item: _place(*item)):
        if kind == "introduced" and (limit == "0" or ours >= Version(limit)):
            affected = True
        elif (kind == "fixed" and ours >= Version(limit)) or (kind == "last_affected" and ours > Version(limit)):
            affected = False
    return affected


def _place(kind: str, limit: str) -> tuple[Version, int]:
    return Version(limit), kind != "introduced"


def _finding(pinned: Pinned, advisory: dict[str, Any], affected: dict[str, Any]) -> Finding:
    severity = severity_of(advisory, affected)
    published = advisory.get("published") or advisory.get("modified")
    fixed = [
        event["fixed"]
        for one in affected.get("ranges", [])
        if one.get("type") != "GIT"
        for event in one.get("events", [])
        if "fixed" in event
    ]
    due = dt.datetime.fromisoformat(published) + DEADLINES[severity] if published else None
    return Finding(pinned, advisory["id"], severity, due, tuple(fixed), advisory.get("summary", ""))


def severity_of(advisory: dict[str, Any], affected: dict[str, Any]) -> str:
    """critical, high, medium or low: the worst that is stated."""
    said = [str(one.get("database_specific", {}).get("severity", "")).lower() for one in (advisory, affected)]
    levels = [_WORDS[word] for word in said if word in _WORDS]
    for stated in [*advisory.get("severity", []), *affected.get("severity", [])]:
        score = _score(stated.get("type", ""), stated.get("score", ""))
        levels += [] if score is None else [next(level for least, level in _SCORES if score >= least)]
    return min(levels, key=list(DEADLINES).index, default="high")


def _score(kind: str, vector: str) -> float | None:
    reader = {"CVSS_V2": CVSS2, "CVSS_V3": CVSS3, "CVSS_V4": CVSS4}.get(kind)
    if reader is None:
        return None
    try:
        return float(reader(vector).scores()[0])
    except CVSSError:
        return None


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or not arguments[0]:
        print("make advisories FILE=advisories.zip")
        return 2
    try:
        findings = find(read_locks(), read_advisories(Path(arguments[0])))
    except UnreadableFile as error:
        print(error)
        return 2
    for finding in findings:
        where = " (development only)" if finding.pinned.development else ""
        until = f"{finding.due:%Y-%m-%d %H:%M} UTC" if finding.due else "at once: no date is stated"
        print(f"{finding.severity.upper()} {finding.pinned.name} {finding.pinned.version}{where}: {finding.id}")
        print(f"  {finding.summary}\n  until {until}; mended in: {', '.join(finding.fixed) or 'no version yet'}")
    print(f"{len(findings)} advisories speak of what is pinned." if findings else "Nothing that is pinned is affected.")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
