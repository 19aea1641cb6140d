"""KZ GOST 34.10-2015: is this the signature of a digest by a public key?

It is GOST R 34.10-2012 with Kazakhstan's own identifiers and its own order of bytes: of the signature first r, then s,
each the lowest byte first; of the key first x, then y, likewise; the digest read the lowest byte first.
"""

from __future__ import annotations

from .curves import Curve, Point, sum_of_multiples


def public_point(curve: Curve, key: bytes) -> Point | None:
    """The point that a public key is; None where the bytes are no key of this curve."""
    size = curve.bits // 8
    if len(key) != 2 * size:
        return None
    point = int.from_bytes(key[:size], "little"), int.from_bytes(key[size:], "little")
    return point if curve.has(point) else None


def is_signed(curve: Curve, key: Point, digest: bytes, signature: bytes) -> bool:
    """Whether the signature is the key's of this digest; the key as `public_point` gave it."""
    size, q = curve.bits // 8, curve.q
    if len(signature) != 2 * size or len(digest) != size:
        return False
    r, s = int.from_bytes(signature[:size], "little"), int.from_bytes(signature[size:], "little")
    if not (0 < r < q and 0 < s < q):
        return False
    e = int.from_bytes(digest, "little") % q or 1
    v = pow(e, -1, q)
    found = sum_of_multiples(curve, s * v % q, -r * v % q, key)
    return found is not None and found[0] % q == r
