"""Bech32 (BIP 173): bytes as letters and digits that are hard to mistake, with a checksum."""

from __future__ import annotations

from collections.abc import Iterable

LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
"""What stands for each five bits: without 1, b, i and o."""

GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
CHECKED = 6
"""How many letters the checksum has: it finds each mistake in up to four letters."""


def encode(prefix: str, content: bytes) -> str:
    """Return bytes as text in small letters: the prefix, a 1, the content and the checksum."""
    values = _regroup(content, 8, 5, pad=True)
    residue = _residue([*_expand(prefix), *values, *[0] * CHECKED]) ^ 1
    checksum = [(residue >> 5 * (CHECKED - 1 - place)) & 31 for place in range(CHECKED)]
    return f"{prefix}1{''.join(LETTERS[value] for value in [*values, *checksum])}"


def decode(prefix: str, text: str) -> bytes:
    """Return the bytes of a text, in small or large letters; raise ValueError if it is mistyped."""
    written = text.lower()
    beginning = f"{prefix}1"
    if not written.startswith(beginning):
        raise ValueError("another beginning")
    values = [LETTERS.index(letter) for letter in written.removeprefix(beginning)]
    if len(values) < CHECKED or _residue([*_expand(prefix), *values]) != 1:
        raise ValueError("the checksum does not fit")
    return bytes(_regroup(values[:-CHECKED], 5, 8, pad=False))


def _expand(prefix: str) -> list[int]:
    """Return a prefix as the checksum takes it in."""
    return [*(ord(each) >> 5 for each in prefix), 0, *(ord(each) & 31 for each in prefix)]


def _residue(values: Iterable[int]) -> int:
    """Return what is left of values of five bits after division by the generator."""
    residue = 1
    for value in values:
        top = residue >> 25
        residue = (residue & 0x1FFFFFF) << 5 ^ value
        for bit, each in enumerate(GENERATOR):
            if top >> bit & 1:
                residue ^= each
    return residue


def _regroup(values: Iterable[int], width: int, to: int, pad: bool) -> list[int]:
    """Return values of so many bits as values of another width.

    What is left over at the end is filled with zeros, or, without `pad`, left out.
    """
    held, bits, found = 0, 0, []
    for value in values:
        held = held << width | value
        bits += width
        while bits >= to:
            bits -= to
            found.append(held >> bits & (1 << to) - 1)
        held &= (1 << bits) - 1
    if pad and bits:
        found.append(held << (to - bits) & (1 << to) - 1)
    return found
