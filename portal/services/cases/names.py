"""What a case is found by in the work list: names, the child's IIN, a phone for contact, the number's last signs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...models import Case, CaseName
from ..folding import fold, fold_word, readings, words_of

LONGEST_NAME = 100  # letters of a name that tell it apart
TAIL = 4  # signs at the end of a number, as people read them out
_SIGNS = " абвгдежзиклмнопрстуфхцчшщъыьэюяй0123456789"
_OTHER = "99"
_CODES = {sign: str(place) for place, sign in enumerate(_SIGNS, start=10)}
_SIGN_OF = {code: sign for sign, code in _CODES.items()}


def name_key(name: str) -> str:
    """The name as the index holds it: two digits a folded letter.

    Digits stand in one order in every database, whatever its collation makes of letters, spaces and hyphens: so the
    names that begin alike stand together, and a prefix is a range.
    """
    return _key(fold(name))


def keys_of(query: str) -> list[str]:
    """The keys that a typed name may mean: two where capital letters could be Latin or Cyrillic."""
    words = words_of(query[: 2 * LONGEST_NAME])
    spelt = (fold_word(word) for word in words)
    looked = (readings(word)[-1] for word in words)
    return list(dict.fromkeys(_key(" ".join(way)) for way in (spelt, looked)))


def words_in(key: str) -> list[str]:
    """The folded words that a key was made of."""
    return "".join(_SIGN_OF.get(key[at : at + 2], "?") for at in range(0, len(key), 2)).split()


def find_keys(number: str, names: Iterable[str], numbers: Iterable[str]) -> list[str]:
    """Every key of a case. Each name stands there by surname and by first name, so that either is a beginning."""
    keys = [key for name in names for order in _orders(name) for key in keys_of(order)]
    return list(dict.fromkeys(filter(None, [*keys, *map(name_key, numbers), tail_key(number)])))


def tail_key(number: str) -> str:
    """The key of a number's last signs: no name is like it, for it begins with a sign of its own."""
    return _OTHER + _key(fold_word(number[-TAIL:]))


def write_names(case: Case, names: Iterable[str], numbers: Iterable[str] = ()) -> None:
    """Write what a case is found by anew, in the caller's transaction: names of people, their IINs, phones."""
    keys = find_keys(case.number, names, numbers)
    CaseName.delete().where(CaseName.case == case).execute()
    CaseName.insert_many([{"case": case, "body": case.body_id, "name": key} for key in keys]).execute()


def move_names(case: Case) -> None:
    """The case has come to another body, in the caller's transaction: its staff find it now."""
    CaseName.update(body=case.body_id).where(CaseName.case == case).execute()


def _orders(name: str) -> Iterator[str]:
    """Surname first as written; then by the first name, with the surname or the patronymic behind it."""
    words = words_of(name[: 2 * LONGEST_NAME])
    yield " ".join(words)
    if len(words) > 1:
        yield " ".join([words[1], words[0], *words[2:]])
    if len(words) > 2:
        yield " ".join([*words[1:], words[0]])


def _key(folded: Iterable[str]) -> str:
    return "".join(_CODES.get(sign, _OTHER) for sign in "".join(folded)[:LONGEST_NAME])
