"""A day as a calendar file: what RFC 5545 asks of it."""

from __future__ import annotations

import datetime as dt

from portal.services.cabinet.calendar_files import calendar_file

NOW = dt.datetime(2026, 11, 23, 5, 0, tzinfo=dt.UTC)


def lines(**changes: str) -> list[str]:
    values = {"title": "Жолдаманың соңғы күні", "text": "Апарыңыз", "place": "Орал, Үлгі көшесі, 14", **changes}
    file = calendar_file(
        "A-1@qyzmet.test", day=dt.date(2026, 12, 31), address="https://qyzmet.test/kk", now=NOW, **values
    )
    assert file.endswith(b"\r\n")
    assert b"\n" not in file.replace(b"\r\n", b"")
    assert max(map(len, file.split(b"\r\n"))) <= 75
    return file.decode().replace("\r\n ", "").split("\r\n")


def test_a_whole_day_with_a_reminder_on_the_morning_before():
    said = lines()
    assert said[0] == "BEGIN:VCALENDAR"
    assert {"DTSTART;VALUE=DATE:20261231", "DTEND;VALUE=DATE:20270101", "DTSTAMP:20261123T050000Z"} <= set(said)
    assert "TRIGGER:-PT15H" in said
    assert said[-2] == "END:VCALENDAR"


def test_long_letters_are_folded_by_bytes_and_never_inside_a_letter():
    text = "Баланың туу туралы куәлігі мен жеке куәлігіңізді ала барыңыз. " * 5
    assert f"DESCRIPTION:{text}" in lines(text=text)


def test_signs_of_the_format_are_escaped():
    assert r"SUMMARY:a\, b\; c\\d\ne" in lines(title="a, b; c\\d\ne")


def test_what_is_not_known_is_no_line():
    assert not [line for line in lines(text="", place="") if line.startswith(("LOCATION", "DESCRIPTION:\r"))]
