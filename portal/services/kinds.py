"""Kinds of something, each in a file of its own: found by itself, known by its id, refused without its words. Pure.

A folder of kinds holds one module a kind, and each module its `KIND`; to add a kind is to add a file there. A room on a
higher floor, or a service of somebody's own, registers its kinds where it is loaded.
"""

from __future__ import annotations

import importlib
import pkgutil
import string
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from typing import Any, Generic, Protocol, TypeVar

from .languages import LANGUAGES


class WordsMissing(ValueError):
    """A language says nothing, or does not name the same values as the others."""


class UnknownKind(LookupError):
    """There is no kind of this id."""


class KindMisnamed(ValueError):
    """A kind stands in a file of another name, where nobody finds it."""


class KindExists(ValueError):
    """Two kinds cannot bear one id."""


@dataclass(frozen=True)
class Words:
    """One thing said in three languages, in whole sentences; `{name}` where a value stands. Raises WordsMissing."""

    kk: str
    ru: str
    en: str

    def __post_init__(self) -> None:
        said = astuple(self)
        if not all(isinstance(text, str) and text.strip() for text in said):
            raise WordsMissing(f"say it in {', '.join(LANGUAGES)}: {said}")
        if len({frozenset(self.values(text)) for text in said}) > 1:
            raise WordsMissing(f"the languages name different values: {said}")

    @staticmethod
    def values(text: str) -> list[str]:
        """The names of the values that a text holds."""
        return [name for _, name, _, _ in string.Formatter().parse(text) if name]

    def in_(self, lang: str) -> str:
        """The words as they stand. An unknown language is Kazakh."""
        return getattr(self, lang if lang in LANGUAGES else "kk")

    def say(self, lang: str, **values: object) -> str:
        """The words with their values. Raises KeyError for a missing one."""
        return self.in_(lang).format(**values)

    def tell(self, lang: str, known: Mapping[str, Any]) -> str:
        """The words with what is known: a value in three languages speaks the reader's, a missing one is left out."""
        return self.in_(lang).format_map(defaultdict(str, {name: _of(value, lang) for name, value in known.items()}))


def _of(value: Any, lang: str) -> Any:
    return value[lang] if isinstance(value, Mapping) and lang in value else value


class Kind(Protocol):
    """Anything that is known by an id."""

    @property
    def id(self) -> str: ...


K = TypeVar("K", bound=Kind)


class Kinds(Generic[K]):
    """All kinds of something, `noun`, by their ids."""

    def __init__(self, noun: str) -> None:
        self._noun = noun
        self._kinds: dict[str, K] = {}

    def register(self, kind: K) -> K:
        """Make a kind known. Raises KindExists."""
        if kind.id in self._kinds:
            raise KindExists(f"{self._noun} {kind.id}")
        self._kinds[kind.id] = kind
        return kind

    def load(self, folder: Iterable[str], package: str) -> None:
        """Register the KIND of every module of a package: its `__path__` and its `__name__`.

        Raises KindMisnamed, KindExists, and whatever is wrong with a kind.
        """
        for found in pkgutil.iter_modules(folder):
            kind = importlib.import_module(f"{package}.{found.name}").KIND
            if kind.id != found.name:
                raise KindMisnamed(f"{self._noun} {kind.id} stands in {found.name}.py")
            self.register(kind)

    def get(self, kind_id: str) -> K:
        """The kind of this id. Raises UnknownKind."""
        try:
            return self._kinds[kind_id]
        except KeyError:
            raise UnknownKind(f"{self._noun} {kind_id}") from None

    def find(self, kind_id: str) -> K | None:
        """The kind of this id, if there is one."""
        return self._kinds.get(kind_id)

    def __iter__(self) -> Iterator[K]:
        return iter(tuple(self._kinds.values()))
