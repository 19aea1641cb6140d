"""The program's beginning and end: its limits, its input and output, its verdict."""

from __future__ import annotations

import importlib
import json
import resource
import sys
import warnings
from typing import Any

from .refused import Refused


def main() -> None:
    """Limits as JSON in the first argument; see rebuilding.rebuild()."""
    limits = json.loads(sys.argv[1])
    warnings.simplefilter("ignore")
    rebuilding = importlib.import_module(".pdf" if limits["id"] == "pdf" else ".picture", __package__)
    _limit(limits["memory"], limits["seconds"], 4 * limits["most_bytes"])
    with open(0, "rb", closefd=False) as file, open(1, "wb", closefd=False) as out:
        try:
            verdict: dict[str, Any] = {"pages": rebuilding.rebuild(file, out, limits)}
        except Refused as refused:
            verdict = refused.verdict
        except (MemoryError, RecursionError):
            verdict = {"refused": "too_complex"}
        except Exception:  # whatever a parser stumbled over, the file is to blame
            verdict = {"refused": "broken"}
    sys.stderr.write("\n" + json.dumps(verdict) + "\n")


def _limit(memory: int, seconds: int, file_size: int) -> None:
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, file_size),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 16),
    ):
        resource.setrlimit(what, (most, most))
