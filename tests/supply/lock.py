"""The lock files: what is installed, pinned, with the hashes of its files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
RUNTIME, DEVELOPMENT = ROOT / "requirements.txt", ROOT / "requirements-dev.txt"

_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True)
class Pinned:
    """One package. `hashes`: SHA-256 of every file that may be installed as it. `development`: not in the portal."""

    name: str
    version: str
    hashes: tuple[str, ...]
    development: bool = False


def read_lock(file: Path, development: bool = False) -> list[Pinned]:
    """Every package of a lock file. Raises ValueError at a line that pins no version or has no hash."""
    found = []
    for entry in file.read_text("utf-8").replace("\\\n", " ").splitlines():
        if not entry.strip() or entry.lstrip().startswith("#"):
            continue
        asked = Requirement(entry.split(" --hash")[0])
        versions = [wanted.version for wanted in asked.specifier if wanted.operator == "=="]
        hashes = tuple(_HASH.findall(entry))
        if len(versions) != 1 or not hashes:
            raise ValueError(f"{file.name}: {asked.name} is not pinned by a version and hashes")
        found.append(Pinned(canonicalize_name(asked.name), versions[0], hashes, development))
    return found


def read_locks() -> list[Pinned]:
    """What the portal runs on, then what only its tests and checks need."""
    runtime = read_lock(RUNTIME)
    known = {(pinned.name, pinned.version) for pinned in runtime}
    others = [pinned for pinned in read_lock(DEVELOPMENT, True) if (pinned.name, pinned.version) not in known]
    return runtime + others
