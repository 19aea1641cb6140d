"""libgcrypt through ctypes: somebody else's GOST, to compare ours with."""

from __future__ import annotations

import ctypes
import ctypes.util
import functools

import pytest

_STREEBOG = {256: 309, 512: 310}
_CURVES = {256: "GOST2012-256-A", 512: "GOST2012-512-tc26-A"}
_BAD_SIGNATURE = 8  # GPG_ERR_BAD_SIGNATURE


@functools.cache
def library() -> ctypes.CDLL:
    """The library, or the test is skipped."""
    name = ctypes.util.find_library("gcrypt")
    if name is None:
        pytest.skip("libgcrypt not installed")
    loaded = ctypes.CDLL(name)
    loaded.gcry_check_version.restype = ctypes.c_char_p
    loaded.gcry_check_version(None)
    return loaded


def streebog(data: bytes, bits: int) -> bytes:
    made = ctypes.create_string_buffer(bits // 8)
    library().gcry_md_hash_buffer(_STREEBOG[bits], made, data, ctypes.c_size_t(len(data)))
    return made.raw


def verifies(bits: int, x: int, y: int, digest: int, r: int, s: int) -> bool:
    """Is (r, s) the signature of a digest, read as a number, by the public point?"""
    size = bits // 8
    point = b"\x04" + x.to_bytes(size, "big") + y.to_bytes(size, "big")
    key = _expression(f"(public-key (ecc (curve {_CURVES[bits]}) (flags gost) (q #{point.hex()}#)))")
    data = _expression(f"(data (flags raw) (value #{_number(digest)}#))")
    signature = _expression(f"(sig-val (gost (r #{_number(r)}#) (s #{_number(s)}#)))")
    code = int(library().gcry_pk_verify(signature, data, key)) & 0xFFFF
    assert code in (0, _BAD_SIGNATURE), code
    return code == 0


def _number(value: int) -> str:
    """In hexadecimal, never with the bit that would make it negative."""
    return value.to_bytes(value.bit_length() // 8 + 1, "big").hex()


def _expression(text: str) -> ctypes.c_void_p:
    made = ctypes.c_void_p()
    encoded = text.encode()
    failed = library().gcry_sexp_new(ctypes.byref(made), encoded, ctypes.c_size_t(len(encoded)), 1)
    assert not failed, text
    return made
