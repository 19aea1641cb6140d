"""The order of a queue: the passport's ratio, ranks that hold, counts of who is ahead."""

from __future__ import annotations

import random

import pytest

from portal.services.preschool.order import EXTRAORDINARY, FIRST, GENERAL, before, turn

LETTERS = {EXTRAORDINARY: "E", FIRST: "F", GENERAL: "g"}


def line_up(counts: dict[int, int], ratio: int) -> str:
    everybody = [(turn(kind, rank, ratio), LETTERS[kind]) for kind, count in counts.items() for rank in range(count)]
    return "".join(letter for _, letter in sorted(everybody))


@pytest.mark.parametrize(
    ("extraordinary", "first", "general", "ratio", "line"),
    [
        (0, 3, 6, 3, "FgggFgggF"),
        (2, 3, 6, 3, "EEFgggFgggF"),
        (0, 1, 9, 3, "Fggggggggg"),
        (0, 4, 1, 3, "FgFFF"),
        (0, 3, 6, 1, "FgFgFgggg"),
        (0, 3, 6, 0, "FFFgggggg"),
        (1, 0, 2, 3, "Egg"),
    ],
)
def test_one_first_priority_child_comes_for_so_many_of_the_general_queue(
    extraordinary: int, first: int, general: int, ratio: int, line: str
) -> None:
    assert line_up({EXTRAORDINARY: extraordinary, FIRST: first, GENERAL: general}, ratio) == line


def test_no_two_children_have_the_same_turn() -> None:
    for ratio in range(6):
        turns = [turn(kind, rank, ratio) for kind in LETTERS for rank in range(50)]
        assert len(set(turns)) == len(turns)


def test_who_is_ahead_is_counted_as_the_order_says() -> None:
    chance = random.Random(4)
    for _ in range(300):
        ratio = chance.randrange(5)
        counts = {kind: chance.randrange(12) for kind in LETTERS}
        kind = chance.choice([kind for kind in LETTERS if counts[kind]] or [GENERAL])
        rank = chance.randrange(max(counts[kind], 1))
        mine = turn(kind, rank, ratio)
        ahead = [sum(turn(other, n, ratio) < mine for n in range(counts[other])) for other in LETTERS]
        said = [counts[other] if most is None else min(most, counts[other])
                for other, most in zip(LETTERS, before(kind, rank, ratio), strict=True)]  # fmt: skip
        assert said == ahead
