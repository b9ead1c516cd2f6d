"""Seals: a link of the chain in a form short enough for minutes, with a check of its own."""

from __future__ import annotations

import re

from msgspec import Struct

from ..errors import ApError

HEAD_DIGITS, CHECK_DIGITS = 16, 4
TYPED = re.compile(
    rf"(\d+)\W*((?:[0-9a-f]\W*){{{HEAD_DIGITS}}})((?:[0-9a-f]\W*){{{CHECK_DIGITS}}})"
)
"""A seal however it was copied: in capitals, with blanks for hyphens, without either."""

MISREAD = str.maketrans("oil", "011")
"""Letters that no seal has, as the digits that they were read from."""


class Seal(Struct, frozen=True):
    """The seal of a change: its number, and the first digits of the hash of its link."""

    unit: int
    digits: str

    def __str__(self) -> str:
        digits = self.digits + check_digits(self.unit, self.digits)
        return "-".join([str(self.unit), *re.findall("....", digits)])


def make_seal(unit: int, head: str) -> Seal:
    """Return the seal of a change."""
    return Seal(unit, head[:HEAD_DIGITS])


def check_digits(unit: int, digits: str) -> str:
    """Return the digits that end a seal, by which a mistyped one is recognised."""
    from hashlib import sha256

    return sha256(f"{unit}-{digits}".encode()).hexdigest()[:CHECK_DIGITS]


def read_seal(typed: str) -> Seal:
    """Return a seal from how it was typed; raise ApError if it is mistyped."""
    seal = typed.strip().lower().split(":")[-1].strip()  # the whole line of the minutes will do
    found = TYPED.fullmatch(seal.translate(MISREAD))
    if found is None:
        raise ApError(
            "--seal: that is no seal: type it as `ap db seal` printed it, "
            "like 128-4f2a-9c01-77be-20d3-9b1e"
        )
    unit = int(found[1])
    digits, check = (re.sub(r"\W", "", part) for part in found.groups()[1:])
    if check != check_digits(unit, digits):
        raise ApError(
            "--seal: that seal is mistyped, so it says nothing about the store: "
            "compare it with the minutes, digit by digit"
        )
    return Seal(unit, digits)
