"""One thing has one name, in each language, on pages, in SMS, papers and letters: names that were dropped stay away."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from portal.services.messages.message_kinds import MESSAGES

ROOT = Path(__file__).resolve().parents[2]
STANDS_ALONE = r"(?<![А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІіA-Za-z])"
KAZAKH = {  # what is not said: what is said instead
    r"\d+ сан\b|сан(нан|ы) (тұрады|қате)|алты сан|төрт сан": "цифр",
    r"шағымданушы": "шағым беруші",
    r"тіркелгі|аккаунт": "есептік жазба",
    r"құпиясөз": "пароль",
    r"жай-күй|^жағдайы$|^күйі|өтініш(тің)? барысын": "мәртебесі",
    r"^\(?болса\)?$": "бар болса",
    r"аяқталмаған өтініш": "жіберілмеген өтініш",
    r"балаға өтініш": "бала үшін өтініш",
    r"келесі саты": "келесі орган",
    r"шешетін орган": "шешім қабылдайтын орган",
    r"қызметкер (былай|қарауға|сізге|түзетусіз)|растай алмағанды қызметкер": "маман",
    r"сіз емес пе|немесімен": "сіз емессіз бе; несімен",
    r"қолма-қол": "өз қолыңызбен",
    r"код жүреді": "код қолданылады",
    r"бұл сіз екен": "сіз екен",
    r"кіру телефон": "кіру коды келетін телефон",
    r"кінә бізден": "бұл – біздің кінәміз",
    r"өз мәлімдеуі": "өз айтуы",
    r"жұмысқа ал": "қарауға ал",
    r"қайта көріңіз": "қайталап көріңіз",
    r"кімге шағымданасыз": "кімнің үстінен шағымданасыз",
    r"мемлекеттік корпорацияның хқко": "халыққа қызмет көрсету орталығы (ХҚКО)",
    r"паспорт бойынша басқа адам": "портал ережесі бойынша",
    r"апаратын жер": "тапсыратын жер",
    r"жарамды соңғы күн": "жарамды болатын соңғы күн",
    r"мұндай шағым жазылады|заң бойынша қарайтын шағымдары": "шағым кімге беріледі",
    r"құжат істе қалай берілсе": "құжат азаматқа дәл осы күйінде беріледі",
    r"sha-256 сомасы": "бақылау қосындысы",
    r"себебін жойсаңыз": "кемшілігін түзетсеңіз",
    r"сіз таңдадыңыз": "таңдағаныңыз",
    r"не жібергенім": "жіберген мәліметтерім",
    r"sms-пен": "SMS арқылы",
    r"қолхаттың код": "қолхат коды",
    r"қағазды қарады": "құжатты қарады",
    r"(?:бұл жерде|мұнда) заң": "мұндайда заң",
    r"жоғары орган(ға|ына) (өтті|кетті)": "басқа органға берілді: уәкілетті орган – жоғары тұрған орган емес",
    r"мобильді азаматтар базасы(?<!«мобильді азаматтар базасы)": "«Мобильді азаматтар базасы»",
}
RUSSIAN = {
    r"заявител\w+ жалобы": "заявитель",
    r"регистр(ы|ов|ах|ам)\b": "реестр",
    r"ответа в срок нет": "ответ не дан в срок",
    r"подтвердил себя": "подтвердил свою личность",
    r"узнать вас": "убедиться, что это вы",
    r"орган знает": "орган уведомлён",
    r"на ремонте": "идут технические работы",
    r"очередь за вами": "место сохранено",
    r"сотрудник (пишет|взял|написал|продолжает|подтвердил)": "специалист",
}
ENGLISH = {
    r"\bsatisf(y|ied|ies)\b": "upheld",
    r"complain of\b": "your complaint is about",
    r"was this good": "how was the service",
    r"is not for you": "you do not have access",
    r"nameless": "anonymous",
    r"sessions? (of yours )?(is|are) over": "ended",
    r"file (is|was not) taken": "imported",
}
ABBREVIATED_AFTER: set[str] = set()  # what stands below one that spells it out


def texts_of(lang: str) -> list[tuple[str, str]]:
    """(where, text): the catalogues' translations, and every text in the code and in passports' questions."""
    found: list[tuple[str, str]] = []
    with (ROOT / "translations" / ("kk" if lang == "en" else lang) / "LC_MESSAGES" / "messages.po").open("rb") as file:
        for message in read_po(file):
            if message.id:
                ids = message.id if isinstance(message.id, tuple) else (message.id,)
                said = message.string if isinstance(message.string, tuple) else (message.string,)
                found += [(ids[0], text) for text in (ids if lang == "en" else said)]
    quoted = re.compile(r'"((?:[^"\\\n]|\\.)+)"')
    for path in sorted((ROOT / "portal" / "services").rglob("*.py")):
        code = re.sub(r'""".*?"""', "", path.read_text(encoding="utf-8"), flags=re.S)
        found += [(path.name, text) for text in quoted.findall(code) if lang != "en" and re.search("[Ѐ-ӿ]", text)]
    found += [(kind.id, kind.sms.in_(lang)) for kind in MESSAGES if kind.sms]
    for path in sorted((ROOT / "portal" / "passports").glob("*.yaml")):  # the official text comes after the questions
        questions = path.read_text(encoding="utf-8").partition("\nsteps:")[2].partition("\ntext:")[0]
        found += [(path.name, line) for line in re.findall(rf"^ +{lang}: (.+)$", questions, re.M)]
    return found


@pytest.mark.parametrize(("lang", "table"), [("kk", KAZAKH), ("ru", RUSSIAN), ("en", ENGLISH)])
def test_one_thing_has_one_name(lang, table):
    dropped = [
        (re.compile(STANDS_ALONE + f"(?:{old})" if lang != "en" else old, re.I), new) for old, new in table.items()
    ]
    wrong = [(where, text, new) for where, text in texts_of(lang) for old, new in dropped if old.search(text)]
    assert wrong == []


def test_the_table_finds_what_it_forbids():
    samples = [
        "12 сан, жеке куәлікте",
        "Шағымданушыға сұрақ",
        "(болса)",
        "келесі сатыға",
        "Бұл сіз екеніңізді",
        "Жағдайы",
    ]
    for sample in samples:
        assert any(re.search(STANDS_ALONE + f"(?:{old})", sample, re.I) for old in KAZAKH), sample


def test_the_front_office_is_spelled_out_where_it_stands_first():
    short = [
        where
        for where, text in texts_of("kk")
        if "ХҚКО" in text and not re.search("халыққа қызмет көрсету орталы", text, re.I)
    ]
    assert set(short) <= ABBREVIATED_AFTER
