"""Names in any letters, compared."""

from __future__ import annotations

import pytest

from portal.services.folding import fold, fold_word, readings
from portal.services.name_match import is_same_word, match_official


@pytest.mark.parametrize(
    "spellings",
    [
        ("Демоқызы", "ДЕМОКЫЗЫ", "Демокызы", "Demoqyzy", "demokyzy", "Дeмoқызы", "ДЕМОҚЫЗЫ"),
        ("Гүлнар", "Гульнар", "Гулнар", "Gulnar", "GULNAR", "Gúlnar", "Gülnar"),
        ("Әлия", "Алия", "Aliya", "Alia", "Älia"),
        ("Жақсылық", "Джаксылык", "Zhaqsylyq", "Jaqsylyq", "Zhaksylyk", "ЖАҚСЫЛЫҚ"),
        ("Өмірбек", "Омирбек", "Omirbek", "Ömirbek", "Ɵмірбек"),
        ("Шыңғыс", "Шынгыс", "Shyngys"),
        ("Нұр-Сұлтан", "Нурсултан", "Nursultan", "Nur-Sultan"),
        ("Есенов", "Yessenov", "Esenov", "Ессенов"),
        ("Наталья", "Natalya", "Наталия", "Nataliya"),
        ("Алёна", "Алена", "Alena", "Alyona"),
        ("Щукин", "Shchukin", "Schukin"),
        ("Айгүл", "Айгуль", "Aigul", "Aygul"),
        ("Хасан", "Һасан", "Hasan", "Khasan", "Xасан"),
        ("Юлия", "Yuliya", "Iulia"),
    ],
)
def test_one_name_in_many_spellings_is_folded_to_one(spellings: tuple[str, ...]):
    folded = {fold(spelling).replace(" ", "") for spelling in spellings}
    assert len(folded) == 1, folded


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ахметова", "Ахмедова"), ("Серік", "Серікқызы"), ("Асан", "Әсел"), ("Марат", "Мұрат"), ("2026", "202")],
)
def test_different_names_stay_different(one: str, other: str):
    assert fold(one) != fold(other)


def test_capitals_that_look_cyrillic_are_read_both_ways():
    assert fold("САТА") in readings("CATA")
    assert fold("Kata") in readings("KATA")
    assert readings("Демо") == ("демо",)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Гүлнар", "Гүлнарға Гүлнардан Гүлнарды Гүлнардың Гүлнармен Гульнаре Гульнару Гульнарой Гульнара"),
        ("Айгүл", "Айгүлге Айгүлден Айгүлді Айгүлдің Айгуле Айгулей"),
        ("Ахметова", "Ахметовой Ахметову Ахметоваға Ахметоваға Ахметованың Ахметова"),
        (
            "Ахметов",
            "Ахметову Ахметова Ахметовым Ахметове Ахметовке".replace(" Ахметовке", "") + " Ахметовтің Ахметовқа",
        ),
        (
            "Демоқызы",
            ["Демоқызына", "Демоқызынан", "Демоқызының", "Демоқызыға"][0].replace("на", "ға")
            + " Демоқызыны Демоқызының",
        ),
        ("Абайский", "Абайского Абайскому Абайским Абайская Абайской"),
        ("Мария", "Марии Марию Марией Мариямен"),
        ("Алексей", "Алексея Алексею Алексеем Алексейге"),
        ("Игорь", "Игоря Игорю Игорем"),
        ("Асқат", "Асқатқа Асқаттан Асқатты Асқаттың Аскату Аскатом"),
    ],
)
def test_a_name_is_known_in_every_case(name: str, written: str):
    assert [word for word in written.split() if not is_same_word(fold_word(name), fold_word(word))] == []


@pytest.mark.parametrize(
    ("name", "written"),
    [("Асан", "Асанов"), ("Асан", "Асанова"), ("Ахмет", "Ахметова"), ("Гүл", "Гүлнар"), ("Ли", "Лина"),
     ("Иса", "Исаев"), ("Серік", "Серікқызы"), ("Серік", "Серікбай"), ("Ахметова", "Ахмедова"), ("Нұрлан", "Нұрлыбек")],
)  # fmt: skip
def test_another_name_is_no_case_of_it(name: str, written: str):
    assert not is_same_word(fold_word(name), fold_word(written))


OFFICER = "Демоқызы Гүлнар Серікқызы"


@pytest.mark.parametrize(
    "written",
    [
        "Демоқызы Гүлнар", "Гүлнар Демоқызы", "ДЕМОКЫЗЫ ГУЛНАР", "Demoqyzy Gulnar", "Demokyzy Gulnara",
        "Демоқызы Гүлнарға", "Демокызы Гульнар", "мұғалім Гүлнар Демоқызы", "Демоқызы, Гүлнар.",
        "на специалиста Демокызы Гульнару", "Маман Демоқызы Гүлнардың әрекетіне", "Дeмоқызы Гүлнap",
        "Гүлнар Серікқызы Демоқызы",
    ],
)  # fmt: skip
def test_whoever_is_named_by_surname_and_name_is_certain(written: str):
    assert match_official(OFFICER, written) == "certain"


@pytest.mark.parametrize(
    "written",
    [
        "Демоқызы", "демокызы", "DEMOQYZY", "Г. Демоқызы", "Демоқызы Г.", "Демоқызы Г.С.", "Г. С. Демоқызы",
        "G. Demoqyzy", "маман Демоқызыға", "Бас маман Демоқызы", "Гүлнар Серікқызы", "Гульнаре Сериккызы",
        "Демокзы Гүлнар", "Гүлнар", "ДЕМОҚЫЗЫ ДӨРЕКІ СӨЙЛЕДІ", "демоқызы дөрекі сөйледі", "Госпожа Демокызы",
    ],
)  # fmt: skip
def test_whoever_may_be_meant_is_likely(written: str):
    assert match_official(OFFICER, written) == "likely"


@pytest.mark.parametrize(
    "written",
    [
        "", "маман", "директор Гүлнар", "Демоқызы Айгүл", "А. Демоқызы", "Демоқызы А.", "Ахметова Гүлнар", "Серікқызы",
        "бөлім басшысы", "Демо Гүлнар", "Гүлжан Серікқызы", "Г.", "Ахметова Г.", "Айгүл Демоқызы",
    ],
)  # fmt: skip
def test_whoever_is_not_meant_is_left_alone(written: str):
    assert match_official(OFFICER, written) == ""


def test_a_namesake_is_told_by_the_initial():
    assert match_official("Ахметов Серік", "С. Ахметову") == "likely"
    assert match_official("Ахметов Марат", "С. Ахметову") == ""


def test_a_long_text_of_anything_costs_little():
    assert match_official(OFFICER, "Демоқыз " * 10_000) in ("", "likely")
    assert match_official("", OFFICER) == ""
