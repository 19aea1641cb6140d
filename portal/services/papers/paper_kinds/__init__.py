"""The kinds of paper, a file each."""

from typing import Any

from ...kinds import Kinds
from ..paper_kind import PaperKind

PAPERS: Kinds[PaperKind[Any]] = Kinds("paper")
PAPERS.load(__path__, __name__)
