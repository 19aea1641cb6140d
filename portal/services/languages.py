"""Three languages: names, dates as people write them, sorting. Pure."""

from __future__ import annotations

import datetime as dt

from .local_time import local

LANGUAGES = ("kk", "ru", "en")
NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}

# fmt: off
_MONTHS = {
    "kk": ("қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым",
           "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан"),
    "ru": ("января", "февраля", "марта", "апреля", "мая", "июня",
           "июля", "августа", "сентября", "октября", "ноября", "декабря"),
    "en": ("January", "February", "March", "April", "May", "June",
           "July", "August", "September", "October", "November", "December"),
}
_FROM = ("қаңтардан", "ақпаннан", "наурыздан", "сәуірден", "мамырдан", "маусымнан",
         "шілдеден", "тамыздан", "қыркүйектен", "қазаннан", "қарашадан", "желтоқсаннан")
_UNTIL = ("қаңтарға", "ақпанға", "наурызға", "сәуірге", "мамырға", "маусымға",
          "шілдеге", "тамызға", "қыркүйекке", "қазанға", "қарашаға", "желтоқсанға")
_WEEKDAYS = {
    "kk": ("дүйсенбі", "сейсенбі", "сәрсенбі", "бейсенбі", "жұма", "сенбі", "жексенбі"),
    "ru": ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
# fmt: on
_ALPHABET = {letter: place for place, letter in enumerate("аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя")}


def format_date(day: dt.date, lang: str) -> str:
    """A date as official papers write it: «2026 жылғы 22 қараша», "22 ноября 2026 года", "22 November 2026"."""
    if isinstance(day, dt.datetime):
        day = local(day).date()
    month = _MONTHS[lang][day.month - 1]
    if lang == "kk":
        return f"{day.year} жылғы {day.day} {month}"
    return f"{day.day} {month} {day.year}" + (" года" if lang == "ru" else "")


def format_day(day: dt.date, lang: str) -> str:
    """A near day, of which the year is plain: «2 желтоқсан», "2 декабря", "2 December"."""
    if isinstance(day, dt.datetime):
        day = local(day).date()
    return f"{day.day} {_MONTHS[lang][day.month - 1]}"


def date_from(day: dt.date, lang: str) -> str:
    """A date with "from" beside it: «2026 жылғы 1 қыркүйектен бастап», «с 1 сентября 2026 года»."""
    if lang == "kk":  # the month takes the ending: never a value before «бастап», «дейін»
        return f"{day.year} жылғы {day.day} {_FROM[day.month - 1]} бастап"
    return ("с " if lang == "ru" else "from ") + format_date(day, lang)


def date_until(day: dt.date, lang: str) -> str:
    """A date with "until" beside it: «2026 жылғы 1 қыркүйекке дейін», «до 1 сентября 2026 года»."""
    if lang == "kk":
        return f"{day.year} жылғы {day.day} {_UNTIL[day.month - 1]} дейін"
    return ("до " if lang == "ru" else "until ") + format_date(day, lang)


def format_time(moment: dt.datetime | dt.time) -> str:
    """Hours and minutes, 24 hours, on the country's clock: "09:05"."""
    if isinstance(moment, dt.datetime):
        moment = local(moment)
    return moment.strftime("%H:%M")


def format_moment(moment: dt.datetime, lang: str) -> str:
    """Date and time: «2026 жылғы 22 қараша, 09:05»."""
    return f"{format_date(moment, lang)}, {format_time(moment)}"


def weekday(day: dt.date, lang: str) -> str:
    """The name of the day of the week, in lower case where the language has it so."""
    return _WEEKDAYS[lang][day.weekday()]


def sort_key(text: str) -> tuple[tuple[int, int | str], ...]:
    """A key that sorts by the Kazakh alphabet (a superset of the Russian one); other signs come first, as they are."""
    return tuple((1, _ALPHABET[c]) if c in _ALPHABET else (0, c) for c in text.casefold())
