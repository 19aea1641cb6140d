"""Finding a service by what people type: any language, Kazakh letters or their look-alikes, small slips. Pure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from ..languages import LANGUAGES, fold
from .schema import Passport

LONGEST_QUERY = 100  # letters; nobody types more, and comparing costs time
MOST_WORDS = 8
_WORD = re.compile(r"\w+")


def search_services(services: Iterable[Passport], query: str) -> list[Passport]:
    """The services in which every word of the query is found, in their order; all of them for an empty query.

    A word is found where a word of the service begins with it, or it with that one (endings differ: «балабақшаға»);
    only when that finds nothing, also where the two differ by a slip or two.
    """
    services = list(services)
    words = _WORD.findall(fold(query[:LONGEST_QUERY]))[:MOST_WORDS]
    if not words:
        return services
    vocabularies = [(service, _vocabulary(service)) for service in services]
    for is_found in (_begins, _resembles):
        found = [service for service, known in vocabularies if all(is_found(word, known) for word in words)]
        if found:
            return found
    return []


def _vocabulary(service: Passport) -> set[str]:
    texts = [text.in_(lang) for text in (service.title, service.short_title, service.summary) for lang in LANGUAGES]
    return set(_WORD.findall(fold(" ".join([*texts, *service.keywords]))))


def _begins(word: str, known: set[str]) -> bool:
    stem = max(4, len(word) * 2 // 3)  # «бала» (child) is not yet «балабақша» (kindergarten)
    return any(other.startswith(word) or (len(other) >= stem and word.startswith(other)) for other in known)


def _resembles(word: str, known: set[str]) -> bool:
    return len(word) >= 4 and bool(difflib.get_close_matches(word, known, n=1, cutoff=0.8))
