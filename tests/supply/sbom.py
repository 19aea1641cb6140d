"""`python -m tests.supply.sbom [FILE]`: what the portal is made of, as CycloneDX 1.6 in JSON.

The packages of the lock file with the hashes of their files, and what lies in the repository itself. Licences are those
that the installed packages state; where a package is not installed here, none is said.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from .lock import ROOT, RUNTIME, Pinned, read_lock

TARGET = ROOT / "build" / "sbom.cdx.json"


@dataclass(frozen=True)
class Vendored:
    """Somebody else's work that lies in the repository."""

    file: str
    name: str
    version: str
    license: str
    kind: ComponentType


VENDORED = (
    Vendored("portal/static/htmx-2.0.11.min.js", "htmx", "2.0.11", "0BSD", ComponentType.LIBRARY),
    Vendored("portal/papers/fonts/NotoSans-Regular.ttf", "Noto Sans Regular", "2.004", "OFL-1.1", ComponentType.FILE),
    Vendored("portal/papers/fonts/NotoSans-Bold.ttf", "Noto Sans Bold", "2.004", "OFL-1.1", ComponentType.FILE),
    Vendored("portal/papers/fonts/DejaVuSans.ttf", "DejaVu Sans", "2.37", "Bitstream-Vera", ComponentType.FILE),
)


def make_sbom() -> str:
    """The bill of materials as JSON text."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    root = Component(
        name=project["name"],
        version=project["version"],
        type=ComponentType.APPLICATION,
        licenses=[LicenseFactory().make_from_string(project["license"])],
        bom_ref=project["name"],
    )
    bom = Bom(components=[*map(_package, read_lock(RUNTIME)), *map(_vendored, VENDORED)])
    bom.metadata.component = root
    bom.register_dependency(root, bom.components)
    return JsonV1Dot6(bom).output_as_string(indent=2)


def _package(pinned: Pinned) -> Component:
    url = PackageURL("pypi", None, pinned.name, pinned.version)
    stated = _stated_license(pinned)
    return Component(
        name=pinned.name,
        version=pinned.version,
        type=ComponentType.LIBRARY,
        purl=url,
        bom_ref=url.to_string(),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=content) for content in pinned.hashes],
        licenses=[LicenseFactory().make_from_string(stated)] if stated else [],
    )


def _stated_license(pinned: Pinned) -> str:
    try:
        found = importlib.metadata.metadata(pinned.name)
    except importlib.metadata.PackageNotFoundError:
        return ""
    if found["Version"] != pinned.version:
        return ""
    if expression := found.get("License-Expression"):
        return expression
    kinds = [kind for kind in found.get_all("Classifier", []) if kind.startswith("License :: ")]
    text = kinds[0].rpartition(" :: ")[2] if kinds else found.get("License", "")
    return text if len(text) < 100 else ""


def _vendored(work: Vendored) -> Component:
    content = (ROOT / work.file).read_bytes()
    return Component(
        name=work.name,
        version=work.version,
        type=work.kind,
        description=work.file,
        bom_ref=work.file,
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=hashlib.sha256(content).hexdigest())],
        licenses=[LicenseFactory().make_from_string(work.license)],
    )


def main(arguments: list[str]) -> None:
    target = Path(arguments[0]) if arguments else TARGET
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(make_sbom() + "\n", "utf-8")
    print(f"{target}: {len(read_lock(RUNTIME))} packages and {len(VENDORED)} vendored works")


if __name__ == "__main__":
    main(sys.argv[1:])
