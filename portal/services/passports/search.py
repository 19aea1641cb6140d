"""Finding a service by what people type: three languages, look-alikes, Latin spelling, small slips. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable

from ..folding import fold, readings, words_of
from ..languages import LANGUAGES
from .schema import Passport

LONGEST_QUERY = 100  # letters; nobody types more, and comparing costs time
MOST_WORDS = 8
# Pages that people look for as if they were services, by the words that they are asked for with.
_PAGES = {
    "complaint": "шағым шағымдану шағымданамын арыз наразылық жалоба жалобы жаловаться пожаловаться обжалование "
    "обжаловать претензия complaint complain appeal",
    "status": "статус күйі тексеру тексергім проверить проверка status check",
}

Word = tuple[str, ...]  # the readings of one typed word


def search_services(services: Iterable[Passport], query: str) -> list[Passport]:
    """The services in which every word of the query is found, in their order; all of them for an empty query.

    A word is found where a word of the service begins with it, or it with that one (endings differ: «балабақшаға»), or
    where it stands inside («бақша»); only when that finds nothing, also where the two differ by a slip or two, and
    where the words were meant as one.
    """
    services = list(services)
    words = _read(query)
    if not words:
        return services
    vocabularies = [(service, _vocabulary(service)) for service in services]
    for is_found in (_begins, _stands_inside, _resembles):
        for asked in (words, [_as_one(words)]):
            found = [service for service, known in vocabularies if all(_is(word, known, is_found) for word in asked)]
            if found:
                return found
    return []


def search_pages(query: str) -> list[str]:
    """The pages beside the services that a word of the query asks for: "complaint", "status"."""
    words = _read(query)
    for is_found in (_begins, _resembles):
        found = [id for id, known in _KNOWN_PAGES.items() if any(_is(word, known, is_found) for word in words)]
        if found:
            return found
    return []


_KNOWN_PAGES = {id: set(fold(words).split()) for id, words in _PAGES.items()}


def _read(query: str) -> list[Word]:
    return [readings(word) for word in words_of(query[:LONGEST_QUERY])[:MOST_WORDS]]


def _as_one(words: list[Word]) -> Word:
    return ("".join(word[0] for word in words),)


def _is(word: Word, known: set[str], is_found: Callable[[str, set[str]], bool]) -> bool:
    return any(is_found(reading, known) for reading in word)


def _vocabulary(service: Passport) -> set[str]:
    texts = [text.in_(lang) for text in (service.title, service.short_title, service.summary) for lang in LANGUAGES]
    return set(fold(" ".join([*texts, *service.keywords])).split())


def _begins(word: str, known: set[str]) -> bool:
    stem = max(4, len(word) * 2 // 3)  # «бала» (child) is not yet «балабақша» (kindergarten)
    return any(other.startswith(word) or (len(other) >= stem and word.startswith(other)) for other in known)


def _stands_inside(word: str, known: set[str]) -> bool:
    return _begins(word, known) or (len(word) >= 4 and any(word in other for other in known))


def _resembles(word: str, known: set[str]) -> bool:
    if _stands_inside(word, known):
        return True
    return len(word) >= 4 and bool(difflib.get_close_matches(word, known, n=1, cutoff=0.72))
