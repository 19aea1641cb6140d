"""Does a complaint mean this official? What was written of them against the name they work under. Pure.

People write whom they complain of as they heard it: in a case («Демоқызы Гүлнарға», «Ахметовой»), with initials, the
surname alone, the name and patronymic alone. Certain is who is named by surname and name. Likely is whom it may mean:
then somebody else decides whether it does.
"""

from __future__ import annotations

from typing import Literal

from .folding import fold, fold_word, readings, words_of

Match = Literal["certain", "likely", ""]
LONGEST_NAME = 300  # letters that are looked at

# To whom, from whom, whom, whose, at whom, with whom; then Russian names and surnames, those in -ский among them.
_KAZAKH = "ға ге қа ке на не дан ден тан тен нан нен ды ді ты ті ны ні дың дің тың тің ның нің да де та те мен бен пен"
_RUSSIAN = "а я у ю е и ы ой ою ей ею ом ем ым им ого ому ая ую ие ых"
_ENDINGS = tuple(fold_word(ending) for ending in f"{_KAZAKH} {_RUSSIAN}".split())
_VOWELS = "аеиоу"
_PATRONYMIC = ("кизи", "ули", "ович", "евич", "овна", "евна", "ична", "овича", "евича", "овни", "евни")
_POST_WORDS = """
    маман маманы мамандар бас жетекші аға басшы басшысы басшының бастық бастығы орынбасар орынбасары директор директоры
    инспектор инспекторы қызметкер қызметкері оператор операторы мұғалім меңгеруші меңгерушісі бөлім басқарма мырза
    ханым апай ағай лауазымды тұлға специалист главный ведущий старший начальник заместитель руководитель сотрудник
    сотрудница заведующая заведующий учитель госпожа господин должностное лицо отдел отдела specialist chief head
    officer director inspector operator deputy manager mr mrs ms miss
"""
_POSTS = frozenset(fold_word(post) for post in _POST_WORDS.split())


def match_official(name: str, written: str) -> Match:
    """How surely the words name this person. `name`: surname, name and perhaps patronymic, as staff are kept."""
    own = fold(name).split()[:3]
    words = words_of(written[:LONGEST_NAME])
    if not own or not words:
        return ""
    surname, first = own[0], own[1] if len(own) > 1 else ""
    by_surname = [at for at, word in enumerate(words) if _is(surname, word)]
    by_first = [at for at, word in enumerate(words) if first and _is(first, word)]
    if any(at != other for at in by_surname for other in by_first):
        return "certain"
    if by_first and any(_is_slip_of(surname, word) for word in words):
        return "likely"
    if any(not _is_somebody_else(first, words, at) for at in by_surname):
        return "likely"
    by_patronymic = len(own) > 2 and any(_is(own[2], word) for word in words)
    return "likely" if by_first and (by_patronymic or len(words) == 1) else ""


def is_same_word(own: str, written: str) -> bool:
    """Whether a folded word is this folded name, in any case of Kazakh or Russian."""
    if own == written:
        return True
    if len(own) < 3:
        return False
    stems = [own, own + "а"]
    if own[-1] in _VOWELS and len(own) > 3:
        stems.append(own[:-1])
    return any(written == stem or written in _declined(stem) for stem in stems)


def _declined(stem: str) -> set[str]:
    """Two like letters that meet are one, as in folded words."""
    return {stem + (ending[1:] if ending[0] == stem[-1] else ending) for ending in _ENDINGS}


def _is(own: str, word: str) -> bool:
    return any(is_same_word(own, reading) for reading in readings(word))


def _is_somebody_else(first: str, words: list[str], at: int) -> bool:
    """Whether beside the surname stands an initial or a name that is not theirs."""
    beside = [words[place] for place in (at + 1, at - 1) if 0 <= place < len(words)]
    initials = [word for word in beside if len(word) == 1 and word.isupper()]
    if at >= 2 and len(words[at - 1]) == len(words[at - 2]) == 1:
        initials = [words[at - 2]]  # «Г. С. Демоқызы»: the name's stands first
    if initials and first:
        return not any(reading[:1] == first[0] for reading in readings(initials[0]))
    if not first or "".join(words).isupper():
        return False
    names = [word for word in beside if word[0].isupper() and not _is_post(word)]
    return bool(names) and not any(_resembles(first, word) or _is(first, word) for word in names)


def _is_post(word: str) -> bool:
    folded = fold_word(word)
    return len(word) == 1 or folded in _POSTS or folded.endswith(_PATRONYMIC)


def _resembles(own: str, word: str) -> bool:
    """A slip of one letter, or the name cut short."""
    cut = any(len(reading) > 2 and own.startswith(reading) for reading in readings(word))
    return cut or _is_slip_of(own, word)


def _is_slip_of(own: str, word: str) -> bool:
    return len(own) > 4 and any(_is_one_slip(own, reading) for reading in readings(word))


def _is_one_slip(one: str, other: str) -> bool:
    """One letter more, less, other, or two in the wrong order."""
    if one == other:
        return True
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rests = one[start:], other[start:]
    swapped = rests[0][:2] == rests[1][:2][::-1] and rests[0][2:] == rests[1][2:]
    return rests[0][1:] == rests[1][1:] or rests[0][1:] == rests[1] or rests[0] == rests[1][1:] or swapped
