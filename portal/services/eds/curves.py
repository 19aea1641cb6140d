"""The two curves of KZ GOST 34.10-2015 and the arithmetic on them.

The parameters are those of RFC 7836 (id-tc26-gost-3410-2012-256-paramSetA in its Weierstrass form,
id-tc26-gost-3410-12-512-paramSetA); the formulas those of the Explicit-Formulas Database for Jacobian coordinates.
Everything here works on public values only, in a time that depends on them: it is for checking, not for keys.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

Point = tuple[int, int]  # affine; the point at infinity is None
Jacobian = tuple[int, int, int]  # z = 0 is the point at infinity

_INFINITY: Jacobian = (1, 1, 0)
_COMB = 6  # bits of the generator's multiplier taken at once
_WINDOW = 5  # bits of another point's multiplier, signed


@dataclass(frozen=True)
class Curve:
    """y² = x³ + ax + b modulo p, with a generator (x, y) of the prime order q."""

    bits: int
    p: int
    a: int
    b: int
    q: int
    x: int
    y: int

    @functools.cached_property
    def c(self) -> int:
        """2^bits - p, a small number."""
        return (1 << self.bits) - self.p

    @functools.cached_property
    def mask(self) -> int:
        """As many ones as there are bits."""
        return (1 << self.bits) - 1

    def has(self, point: Point) -> bool:
        """Is it a point of the curve, written with coordinates below p?"""
        x, y = point
        return 0 <= x < self.p and 0 <= y < self.p and (y * y - (x * x + self.a) * x - self.b) % self.p == 0


GOST_256 = Curve(
    bits=256,
    p=0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFD97,
    a=0xC2173F1513981673AF4892C23035A27CE25E2013BF95AA33B22C656F277E7335,
    b=0x295F9BAE7428ED9CCC20E7C359A9D41A22FCCD9108E17BF7BA9337A6F8AE9513,
    q=0x400000000000000000000000000000000FD8CDDFC87B6635C115AF556C360C67,
    x=0x91E38443A5E82C0D880923425712B2BB658B9196932E02C78B2582FE742DAA28,
    y=0x32879423AB1A0375895786C4BB46E9565FDE0B5344766740AF268ADB32322E5C,
)
GOST_512 = Curve(
    bits=512,
    p=2**512 - 569,
    a=2**512 - 572,
    b=int(
        "e8c2505dedfc86ddc1bd0b2b6667f1da34b82574761cb0e879bd081cfd0b6265"
        "ee3cb090f30d27614cb4574010da90dd862ef9d4ebee4761503190785a71c760",
        16,
    ),
    q=int(
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
        "27e69532f48d89116ff22b8d4e0560609b4b38abfad2b85dcacdb1411f10b275",
        16,
    ),
    x=3,
    y=int(
        "7503cfe87a836ae3a61b8816e25450e6ce5e1c93acf1abc1778064fdcbefa921"
        "df1626be4fd036e93d75e6a50e3a41e98028fe5fc235f5b889a589cb5215f2a4",
        16,
    ),
)


def double(curve: Curve, point: Jacobian, times: int = 1) -> Jacobian:
    """P doubled so many times.

    Both primes are 2^n - c with a small c, so that v and (v >> n) * c + (v & mask) are the same number modulo p: that
    takes a fifth of a division. Once leaves a few bits too many, harmless before one more product; twice leaves none.
    """
    n, c, mask, a = curve.bits, curve.c, curve.mask, curve.a
    minus_three = curve.p - a == 3
    x, y, z = point
    for _ in range(times):
        yy = y * y
        yy = (yy >> n) * c + (yy & mask)
        zz = z * z
        zz = (zz >> n) * c + (zz & mask)
        s = 4 * x * yy
        s = (s >> n) * c + (s & mask)
        if minus_three:
            m = 3 * (x - zz) * (x + zz)
        else:
            m = zz * zz
            m = 3 * x * x + a * ((m >> n) * c + (m & mask))
        m = (m >> n) * c + (m & mask)
        x = m * m - 2 * s
        x = (x >> n) * c + (x & mask)
        x = (x >> n) * c + (x & mask)
        z = 2 * y * z
        z = (z >> n) * c + (z & mask)
        z = (z >> n) * c + (z & mask)
        y = m * (s - x) - 8 * yy * yy
        y = (y >> n) * c + (y & mask)
        y = (y >> n) * c + (y & mask)
    return x, y, z


def add(curve: Curve, one: Jacobian, other: Point) -> Jacobian:
    """P + Q, the second one affine."""
    n, c, mask, p = curve.bits, curve.c, curve.mask, curve.p
    x1, y1, z1 = one
    x2, y2 = other
    if not z1 % p:
        return x2, y2, 1
    zz = z1 * z1 % p
    zzz = z1 * zz
    h = (x2 * zz - x1) % p
    r = (y2 * ((zzz >> n) * c + (zzz & mask)) - y1) % p
    if not h:
        return _INFINITY if r else double(curve, one)
    hh = h * h
    hh = (hh >> n) * c + (hh & mask)
    hhh = h * hh
    hhh = (hhh >> n) * c + (hhh & mask)
    v = x1 * hh
    v = (v >> n) * c + (v & mask)
    x3 = (r * r - hhh - 2 * v) % p
    return x3, (r * (v - x3) - y1 * hhh) % p, z1 * h % p


def affine(curve: Curve, points: Sequence[Jacobian]) -> list[Point]:
    """The points with coordinates of their own, by one inversion for all. None of them is at infinity."""
    p = curve.p
    product, before = 1, []
    for _x, _y, z in points:
        before.append(product)
        product = product * z % p
    inverse = pow(product, -1, p)
    found: list[Point] = []
    for (x, y, z), earlier in zip(reversed(points), reversed(before), strict=True):
        z_inverse = inverse * earlier % p
        inverse = inverse * z % p
        square = z_inverse * z_inverse % p
        found.append((x * square % p, y * square * z_inverse % p))
    return found[::-1]


@functools.lru_cache(maxsize=2)
def _comb(curve: Curve) -> list[list[Point]]:
    """For each group of bits the multiples of the generator that it can stand for."""
    rows: list[list[Jacobian]] = []
    start: Point = (curve.x, curve.y)
    for _place in range(0, curve.bits, _COMB):
        row: list[Jacobian] = [(*start, 1)]
        for _ in range(2**_COMB - 1):
            row.append(add(curve, row[-1], start))
        start = affine(curve, [row.pop()])[0]
        rows.append(row)
    flat = affine(curve, [point for row in rows for point in row])
    width = 2**_COMB - 1
    return [flat[at : at + width] for at in range(0, len(flat), width)]


def times_generator(curve: Curve, factor: int) -> Jacobian:
    """factor * G, 0 <= factor < q."""
    total = _INFINITY
    for row in _comb(curve):
        digit = factor & (2**_COMB - 1)
        factor >>= _COMB
        if digit:
            total = add(curve, total, row[digit - 1])
    return total


def _signed_digits(factor: int) -> list[int]:
    """The factor in base two with odd digits of a few bits, far apart; the lowest first."""
    digits = []
    while factor:
        digit = 0
        if factor & 1:
            digit = factor & (2**_WINDOW - 1)
            if digit >= 2 ** (_WINDOW - 1):
                digit -= 2**_WINDOW
            factor -= digit
        digits.append(digit)
        factor >>= 1
    return digits


@functools.lru_cache(maxsize=64)  # an authority's key is met again and again
def _odd_multiples(curve: Curve, point: Point) -> list[Point]:
    """P, 3P, 5P …"""
    twice = affine(curve, [double(curve, (*point, 1))])[0]
    found: list[Jacobian] = [(*point, 1)]
    for _ in range(2 ** (_WINDOW - 2) - 1):
        found.append(add(curve, found[-1], twice))
    return affine(curve, found)


def sum_of_multiples(curve: Curve, of_generator: int, factor: int, point: Point) -> Point | None:
    """of_generator * G + factor * P; None where that is the point at infinity."""
    multiples = _odd_multiples(curve, point)
    total = _INFINITY
    waiting = 0  # doublings
    for digit in reversed(_signed_digits(factor)):
        waiting += 1
        if digit:
            x, y = multiples[abs(digit) // 2]
            total = add(curve, double(curve, total, waiting), (x, y if digit > 0 else curve.p - y))
            waiting = 0
    total = double(curve, total, waiting)
    fixed = times_generator(curve, of_generator)
    if fixed[2] % curve.p:
        total = add(curve, total, affine(curve, [fixed])[0])
    return affine(curve, [total])[0] if total[2] % curve.p else None
