"""Every word of the pages in Kazakh and Russian: all of them, none left over, none that speaks English.

`make translations` brings the catalogues up to date with the sources.
"""

from __future__ import annotations

import datetime as dt
import gc
import importlib
import os
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

import portal.services
from portal.models import Locality
from portal.services.complaints import signed_words
from portal.services.kinds import Words
from portal.services.languages import date_from, date_until, format_date
from portal.services.preschool import queue_words
from portal.services.preschool.position import Position
from portal.web.catalogues import compile_stale

ROOT = Path(__file__).resolve().parents[2]
TRANSLATIONS = ROOT / "translations"
LANGUAGES = ("kk", "ru")
SAME_IN_EVERY_LANGUAGE = {"Qyzmet", "SMS", "PDF", "QR"}

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
WORD = re.compile(r"[^\W\d_]+")
MIXED = re.compile(r"[A-Za-z].*[Ѐ-ӿ]|[Ѐ-ӿ].*[A-Za-z]")
KAZAKH_LETTER = re.compile(r"[әғқңөұүһі]", re.IGNORECASE)
ENDING = r"(?:[гқғк][ае]|[дт][ае]н?|н[ае]н|[ндт][ыі]|[ндт][ыі]ң|[мбп]ен)"  # Kazakh case endings
GLUED = re.compile(rf"%\(\w+\)[sd](?:[Ѐ-ӿ]|-{ENDING}\b)")

Key = str | tuple[str, ...]


def key_of(message: Message) -> Key:
    return tuple(message.id) if message.pluralizable else message.id


def texts_of(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if message.pluralizable else (message.string,)


@pytest.fixture(scope="module", params=LANGUAGES)
def lang(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def catalogue(lang: str) -> Catalog:
    with (TRANSLATIONS / lang / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=lang)


@pytest.fixture(scope="module")
def translated(catalogue: Catalog) -> list[tuple[Key, str]]:
    """Every text with the English one it stands for, each plural form by itself."""
    return [(key_of(message), text) for message in catalogue if message.id for text in texts_of(message)]


@pytest.fixture(scope="module")
def in_sources() -> set[Key]:
    """The words that pages and forms say."""
    with (TRANSLATIONS / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    keywords = {**DEFAULT_KEYWORDS, "_l": None, "lazy_gettext": None}
    found = extract_from_dir(ROOT / "portal", methods, options, keywords)
    return {key for _, _, key, _, _ in found}


def test_every_word_of_the_sources_is_in_the_catalogue_and_no_other(catalogue, in_sources):
    assert {key_of(message) for message in catalogue if message.id} == in_sources
    assert not catalogue.obsolete


def test_every_word_is_translated(translated):
    assert [key for key, text in translated if not (text or "").strip()] == []


def test_nothing_is_a_guess(catalogue):
    assert not catalogue.fuzzy
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []


def test_values_stand_in_every_translation_as_in_the_english(translated):
    def values(text: str) -> list[str]:
        return sorted(PLACEHOLDER.findall(text))

    wrong = []
    for key, text in translated:
        english = key if isinstance(key, str) else key[-1]
        if values(text) != values(english) or text.count("%") != english.count("%"):
            wrong.append((english, text))
    assert wrong == []


def test_the_catalogue_has_the_plural_forms_of_its_language(catalogue, lang):
    assert catalogue.num_plurals == {"kk": 2, "ru": 3}[lang]
    assert all(len(texts_of(message)) == catalogue.num_plurals for message in catalogue if message.pluralizable)
    assert [errors for _, errors in catalogue.check()] == []


def test_a_noun_stays_singular_after_a_number_in_kazakh(catalogue, lang):
    if lang == "kk":
        assert [message.id for message in catalogue if message.pluralizable and len(set(message.string)) > 1] == []


def test_no_english_is_left(translated):
    left = [text for key, text in translated if text in (key if isinstance(key, tuple) else (key,))]
    assert set(left) <= SAME_IN_EVERY_LANGUAGE


def test_a_text_ends_as_the_english_one_does(translated):
    """A sentence stays a sentence, and what leads up to a list or a value keeps its colon."""

    def end(text: str) -> str:
        last = text.rstrip("”»)–")[-1:]
        return last if last in ".:?!;" else ""

    assert [(key, text) for key, text in translated if end(text) != end(key if isinstance(key, str) else key[-1])] == []


def test_no_case_ending_is_glued_to_a_value(translated):
    assert [text for _, text in translated if GLUED.search(text)] == []


# «бастап» and «кейін» govern the ablative, «дейін» the dative: a bare value or month before them is no Kazakh.
BARE = re.compile(
    r"(?:[})]s?|қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан)"
    r"\s+(?:бастап|дейін|шейін|кейін)"
)


def test_a_date_takes_its_ending_before_from_and_until(translated, lang):
    texts = [text for _, text in translated] + list(texts_in_code("kk"))
    texts += [path.read_text("utf-8") for path in (ROOT / "portal" / "passports").glob("*.yaml")]
    texts += [
        path.read_text("utf-8") for path in (ROOT / "portal" / "services").rglob("*.py") if path.name != "languages.py"
    ]
    assert [found[0] for text in texts for found in BARE.finditer(text)] == []


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_is_said_with_from_and_until(month):
    day = dt.date(2026, month, 1)
    bare = format_date(day, "kk").split()[-1]
    assert date_from(day, "kk").split()[-2].startswith(bare)
    assert re.fullmatch(rf"{bare}[нтд][ае]н", date_from(day, "kk").split()[-2])
    assert re.fullmatch(rf"{bare}[гғкқ][ае]", date_until(day, "kk").split()[-2])
    assert (date_from(day, "ru")[:2], date_until(day, "en")[:6]) == ("с ", "until ")


def test_no_russian_text_has_kazakh_letters(translated, lang):
    if lang == "ru":
        assert [text for _, text in translated if KAZAKH_LETTER.search(text)] == []


def test_no_word_mixes_latin_and_cyrillic_letters(translated, lang):
    texts = [text for _, text in translated] + list(texts_in_code(lang))
    assert [word for text in texts for word in WORD.findall(text) if MIXED.search(word)] == []


def test_no_passport_word_mixes_latin_and_cyrillic_letters():
    for path in sorted((ROOT / "portal" / "passports").glob("*.yaml")):
        mixed = [word for word in WORD.findall(path.read_text(encoding="utf-8")) if MIXED.search(word)]
        assert mixed == [], path.name


def every_words() -> list[Words]:
    """All the words that the code holds: every module is loaded, and nothing else makes any."""
    for module in pkgutil.walk_packages(portal.services.__path__, "portal.services."):
        importlib.import_module(module.name)
    return [thing for thing in gc.get_objects() if isinstance(thing, Words)]


def test_words_in_the_code_keep_the_rules_of_the_catalogues():
    everything = every_words()
    assert len(everything) > 200
    for words in everything:
        assert not re.search(rf"\{{\w+\}}(?:[Ѐ-ӿ]|-{ENDING}\b)", words.kk), words
        assert not KAZAKH_LETTER.search(words.ru), words


def texts_in_code(lang: str) -> Iterator[str]:
    """What papers, events and messages say."""
    yield from (words.in_(lang) for words in every_words())
    yield from signed_words.LABELS[lang].values()
    yield from (signed_words.ANSWER_PLACE[lang], signed_words.COURT[lang])
    yield from queue_words.INSTRUCTION[lang].values()
    yield from (*queue_words.CLASSES[lang], *queue_words.NEXT[lang])
    for at in (Position(0, 0, 0, Locality(), 2023), Position(1, 2, 3, Locality(), 2023)):
        for wanted in (dt.date(2026, 9, 1), dt.date(2027, 9, 1)):
            yield queue_words.explain(at, wanted, dt.date(2026, 9, 1), lang).removeprefix("None: ")
    yield queue_words.unconfirmed(("child", "privilege"), dt.date(2026, 9, 1), queue_words.KINDERGARTEN).in_(lang)
    yield queue_words.inactive(dt.date(2026, 9, 1)).in_(lang)
    for action in (queue_words.COME_BACK, queue_words.TURN_DOWN_PRIVILEGE, queue_words.TURN_DOWN_CHILD):
        yield from (said.in_(lang) for said in (action.title, action.hint, action.button, action.done))


def test_catalogues_are_compiled_when_missing_or_older_than_their_source(tmp_path):
    source = tmp_path / "kk" / "LC_MESSAGES" / "messages.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid "Day"\nmsgstr "Күні"\n', encoding="utf-8")
    target = source.with_suffix(".mo")
    assert compile_stale(tmp_path) == [target]
    assert compile_stale(tmp_path) == []
    later = target.stat().st_mtime + 10
    os.utime(source, (later, later))
    assert compile_stale(tmp_path) == [target]
    assert "Күні".encode() in target.read_bytes()
    assert sorted(path.name for path in source.parent.iterdir()) == ["messages.mo", "messages.po"]


@pytest.mark.parametrize(
    ("lang", "word"), [("kk", "Қызмет берушілер"), ("ru", "Услугодатели"), ("en", "Service providers")]
)
def test_a_page_speaks_the_language_of_its_address(client, lang, word):
    assert f"<h1>{word}</h1>" in client.get(f"/{lang}/providers").text
