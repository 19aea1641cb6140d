"""What a kind of paper is: what it says, how that is laid out, how it is called, when it is sealed and ends. Pure.

A snapshot of a paper's data is kept: ready strings in the paper's language; dates and moments are ISO texts, moments
with their zone. Whatever else happens, the paper says that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from ..kinds import Words
from .labels import APPLICATION_NUMBER
from .parts import Layout


class PaperData(Protocol):
    """What every paper says: the number of its case, the body that issues it. A frozen dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def number(self) -> str: ...

    @property
    def body(self) -> str: ...


Data = TypeVar("Data", bound=PaperData)


@dataclass(frozen=True)
class PaperKind(Generic[Data]):
    """`title` stands on the paper, `name` in lists; `lay` takes the data, the language and the portal's address.

    Every paper bears the organisation's seal: `sealed_at_once` by the worker as soon as it is issued, else when
    somebody first asks for the file. A newer one replaces an older one of the same case, and those that it `replaces`.
    `decides`: it ends when the case is decided anew; `ends_with_case`: when the case is withdrawn.
    """

    id: str
    title: Words
    name: Words
    data: type[Data]
    lay: Callable[[Data, str, str], Layout]
    sealed_at_once: bool = False
    decides: bool = False
    ends_with_case: bool = False
    replaces: tuple[str, ...] = ()
    number_label: Words = APPLICATION_NUMBER

    def read(self, kept: dict[str, Any]) -> Data:
        """The data of a kept snapshot."""
        return self.data(**{name: _tupled(value) for name, value in kept.items()})


def snapshot(data: PaperData) -> dict[str, Any]:
    """The data as it is kept: JSON values only."""
    return asdict(data)


def _tupled(value: Any) -> Any:
    return tuple(_tupled(item) for item in value) if isinstance(value, list) else value
