"""Our Streebog and GOST signatures against the standard's examples, and against libgcrypt on random ones."""

from __future__ import annotations

import secrets

import pytest

from portal.services.eds import gost
from portal.services.eds.algorithms import GOST_KINDS
from portal.services.eds.ber import read
from portal.services.eds.curves import GOST_256, GOST_512, Curve, affine, sum_of_multiples, times_generator
from portal.services.eds.streebog import streebog
from tests import eds_people, libgcrypt

M1 = b"012345678901234567890123456789012345678901234567890123456789012"
M2 = "Се ветри, Стрибожи внуци, веютъ с моря стрелами на храбрыя плъкы Игоревы".encode("cp1251")
CURVES = pytest.mark.parametrize("curve", [GOST_256, GOST_512], ids=["256", "512"])


@pytest.mark.parametrize(
    ("message", "bits", "expected"),
    [
        # RFC 6986, chapter 10, where digests are printed with the last byte first
        (M1, 512, "1b54d01a4af5b9d5cc3d86d68d285462b19abc2475222f35c085122be4ba1ffa"
                  "00ad30f8767b3a82384c6574f024c311e2a481332b08ef7f41797891c1646f48"),
        (M1, 256, "9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500"),
        (M2, 512, "1e88e62226bfca6f9994f1f2d51569e0daf8475a3b0fe61a5300eee46d961376"
                  "035fe83549ada2b8620fcd7c496ce5b33f0cb9dddc2b6460143b03dabac9fb28"),
        (M2, 256, "9dd2fe4e90409e5da87f53976d7405b0c0cac628fc669a741d50063c557e8f50"),
    ],
)  # fmt: skip
def test_streebog_gives_the_examples_of_the_standard(message: bytes, bits: int, expected: str) -> None:
    assert streebog(message, bits).hex() == expected


@pytest.mark.parametrize("bits", [256, 512])
def test_streebog_agrees_with_libgcrypt_at_every_length(bits: int) -> None:
    for length in [*range(0, 200), 1000, 4099]:
        data = secrets.token_bytes(length)
        assert streebog(data, bits) == libgcrypt.streebog(data, bits), length


@CURVES
def test_the_generator_is_on_its_curve_and_has_its_order(curve: Curve) -> None:
    generator = (curve.x, curve.y)
    assert curve.has(generator)
    assert sum_of_multiples(curve, 0, curve.q, generator) is None
    assert sum_of_multiples(curve, 1, curve.q - 1, generator) is None
    assert sum_of_multiples(curve, 2, curve.q - 1, generator) == generator


@CURVES
def test_sums_agree_with_adding_one_by_one(curve: Curve) -> None:
    generator = (curve.x, curve.y)
    for first, second in [(1, 0), (0, 1), (1, 1), (7, 9), (63, 64), (64, 1), (65, 4096)]:
        expected = affine(curve, [times_generator(curve, first + second)])[0]
        assert sum_of_multiples(curve, first, second, generator) == expected


@CURVES
def test_libgcrypt_agrees_with_us_on_random_keys(curve: Curve) -> None:
    size, kind = curve.bits // 8, next(kind for kind in GOST_KINDS if kind.curve is curve)
    for _ in range(12):
        key = eds_people.make_key(f"gost{curve.bits}")
        digest = secrets.token_bytes(size)
        data = secrets.token_bytes(40)
        signature = key.sign(data)
        point = gost.public_point(curve, read(read(key.key_info).parts[1].bits()).content)
        assert point is not None
        r, s = int.from_bytes(signature[:size], "little"), int.from_bytes(signature[size:], "little")
        for what in (streebog(data, kind.curve.bits), digest):
            ours = gost.is_signed(curve, point, what, signature)
            theirs = libgcrypt.verifies(curve.bits, *point, int.from_bytes(what, "little"), r, s)
            assert ours == theirs == (what is not digest)


@CURVES
def test_numbers_outside_of_their_range_sign_nothing(curve: Curve) -> None:
    size, q = curve.bits // 8, curve.q
    key, data = eds_people.make_key(f"gost{curve.bits}"), b"text"
    digest = streebog(data, curve.bits)
    point = gost.public_point(curve, read(read(key.key_info).parts[1].bits()).content)
    assert point is not None
    good = key.sign(data)
    r, s = int.from_bytes(good[:size], "little"), int.from_bytes(good[size:], "little")
    most = 2**curve.bits - 1
    for one, other in [(0, s), (r, 0), (q, s), (r, q), (0, 0), (r, q - s), (s, r), (r, min(s + q, most))]:
        assert not gost.is_signed(curve, point, digest, one.to_bytes(size, "little") + other.to_bytes(size, "little"))
    for wrong in (b"", good[:-1], good + b"\0", good[::-1], bytes(2 * size), b"\xff" * 2 * size):
        assert not gost.is_signed(curve, point, digest, wrong)


@CURVES
def test_a_point_outside_of_the_curve_is_no_key(curve: Curve) -> None:
    size = curve.bits // 8
    good = curve.x.to_bytes(size, "little") + curve.y.to_bytes(size, "little")
    assert gost.public_point(curve, good) == (curve.x, curve.y)
    for wrong in (b"", good[:-1], good + b"\0", bytes(2 * size), b"\xff" * 2 * size, good[size:] + good[:size]):
        assert gost.public_point(curve, wrong) is None
