"""Signatures that were tampered with: none is taken, none does any harm.

EDS_MUTATIONS says how many of each kind; the measure of the whole is 10,000.
"""

from __future__ import annotations

import os
import random

import pytest

from portal.services.demo.eds_signer import open_ended, sign
from portal.services.eds.checking import check
from portal.services.eds.files import check_file
from portal.services.eds.problems import SignatureRefused
from tests.eds_people import KINDS, NOW, world

TEXT = b'{"nonce":"a1b2","answers":{"child":"1"}}'
MANY = int(os.environ.get("EDS_MUTATIONS", "150"))


def mutate(data: bytes, dice: random.Random) -> bytes:
    """One change or a few: bits, bytes, pieces gone, doubled, moved or put in."""
    changed = bytearray(data)
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        at, size = dice.randrange(len(changed)), dice.choice((1, 1, 2, 4, 32))
        way = dice.randrange(7)
        if way == 0:
            changed[at] ^= 1 << dice.randrange(8)
        elif way == 1:
            changed[at] = dice.randrange(256)
        elif way == 2:
            del changed[at : at + size]
        elif way == 3:
            changed[at:at] = changed[at : at + size]
        elif way == 4:
            changed[at:at] = dice.randbytes(size)
        elif way == 5:
            del changed[at:]
        else:
            other, piece = dice.randrange(len(changed)), changed[at : at + size]
            changed[at : at + size] = changed[other : other + size]
            changed[other : other + size] = piece
        if not changed:
            break
    return bytes(changed)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("form", ["attached", "detached", "ber"])
def test_no_mutated_signature_is_taken_and_none_crashes(kind: str, form: str) -> None:
    made, dice = world(kind), random.Random(f"{kind} {form}")
    between = made.authority.holder.certificate
    data = sign(made.person, TEXT, NOW, attached=form != "detached", with_certificates=[between])
    if form == "ber":
        data = open_ended(data)
    assert check(data, TEXT, made.anchors, NOW).content == TEXT
    for number in range(MANY):
        changed = mutate(data, dice)
        if changed == data:
            continue
        for judge in (check, check_file) if number % 10 == 0 else (check,):
            with pytest.raises(SignatureRefused):
                judge(changed, TEXT, made.anchors, NOW)


@pytest.mark.parametrize("kind", KINDS)
def test_every_single_bit_counts(kind: str) -> None:
    """Of each byte of a detached signature one bit, in turn: nothing is there that nobody looks at."""
    made = world(kind)
    data = sign(made.person, TEXT, NOW, attached=False)
    step = 1 if MANY > 1000 else 3
    for at in range(0, len(data), step):
        changed = data[:at] + bytes((data[at] ^ 1 << at % 8,)) + data[at + 1 :]
        with pytest.raises(SignatureRefused):
            check(changed, TEXT, made.near_anchors, NOW)
