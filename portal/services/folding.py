"""Words as a search compares them: Kazakh and Russian letters, their Latin look-alikes, and Latin spelling alike. Pure.

A name is written in many ways: «Демоқызы Гүлнар», «Демокызы Гульнар», "Demoqyzy Gulnar", "Demokyzy Gulnar", or with
Latin capitals among the Cyrillic ones, which nobody sees. Folded they are one. Folded texts are for comparing only.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+(?:[-'’ʼ`ʹ][^\W_]+)*")
_INSIDE = re.compile(r"[-'’ʼ`ʹ]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u0259\u0275]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_DOUBLED = re.compile(r"([^\W\d])\1+")

# Letters that look alike in print; a small h is the Kazakh һ, a capital one the Russian Н.
_LOOK_ALIKES = dict(zip("ABCEHKMOPTXYIaceopxyihkmtəƏɵƟ", "АВСЕНКМОРТХУІасеорхуіһкмтәӘөӨ", strict=True))
_LOOKS = str.maketrans(_LOOK_ALIKES)
# How names are spelt in Latin letters: passports, both Kazakh Latin alphabets, habits.
_SPELT = {
    "shch": "щ", "sch": "ш", "dzh": "ж", "zh": "ж", "kh": "х", "ch": "ч", "sh": "ш", "ts": "ц", "tz": "ц", "gh": "г",
    "dj": "ж", "ck": "к", "ph": "ф", "ye": "е", "yo": "е", "yu": "ю", "ya": "я", "iu": "ю", "ia": "я",
    "a": "а", "b": "б", "c": "к", "d": "д", "e": "е", "f": "ф", "g": "г", "h": "х", "i": "и", "j": "ж", "k": "к",
    "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "q": "к", "r": "р", "s": "с", "t": "т", "u": "у", "v": "в",
    "w": "у", "x": "кс", "y": "и", "z": "з", "ä": "а", "á": "а", "ə": "а", "ã": "а", "ö": "о", "ó": "о", "ɵ": "о",
    "ü": "у", "ú": "у", "ū": "у", "ñ": "н", "ń": "н", "ŋ": "н", "ğ": "г", "ǵ": "г", "ş": "ш", "ç": "ч", "ć": "ч",
    "č": "ч", "š": "ш", "ž": "ж", "ı": "и", "í": "и", "ì": "и", "ï": "и", "ý": "и", "é": "е", "è": "е", "ë": "е",
}  # fmt: skip
_SPELLING = re.compile("|".join(sorted(_SPELT, key=len, reverse=True)))
_SKELETON = str.maketrans({
    "ә": "а", "қ": "к", "ғ": "г", "ң": "н", "ө": "о", "ұ": "у", "ү": "у", "ў": "у", "һ": "х", "щ": "ш",
    "і": "и", "й": "и", "ы": "и", "ї": "и", "ё": "е", "э": "е", "є": "е", "я": "иа", "ю": "иу", "ь": "", "ъ": "",
})  # fmt: skip


def fold(text: str) -> str:
    """The words of the text, folded, a blank between them; in Latin letters as they are spelt."""
    return " ".join(fold_word(word) for word in words_of(text))


def words_of(text: str) -> list[str]:
    """The words as written; «Нұр-Сұлтан» is one."""
    return _WORD.findall(text)


def fold_word(word: str) -> str:
    """A single word, folded: with look-alikes where it mixes two scripts, else as it is spelt."""
    if not _LATIN.search(word):
        return _skeleton(word)
    return _skeleton(word.translate(_LOOKS) if _CYRILLIC.search(word) else _spelt(word))


def readings(word: str) -> tuple[str, ...]:
    """The word folded; in two ways where all its letters are Latin and each looks like a Cyrillic one."""
    folded = fold_word(word)
    letters = _INSIDE.sub("", word)
    if letters and all(letter in _LOOK_ALIKES for letter in letters):
        return tuple(dict.fromkeys((folded, _skeleton(letters.translate(_LOOKS)))))
    return (folded,)


def _spelt(word: str) -> str:
    return _SPELLING.sub(lambda found: _SPELT[found[0]], _INSIDE.sub("", word).casefold())


def _skeleton(word: str) -> str:
    letters = _INSIDE.sub("", word).casefold().translate(_SKELETON).replace("дж", "ж").replace("тс", "ц")
    return _DOUBLED.sub(r"\1", letters)
