"""Identifiers of pupils, schools and providers: checked, never generated."""

from __future__ import annotations

import re
from typing import NewType

Upn = NewType("Upn", str)
"""A unique pupil number: check letter, authority, school, year, serial.

A temporary one ends in a letter.
"""

Urn = NewType("Urn", str)
"""A school's unique reference number: six digits."""

Ukprn = NewType("Ukprn", str)
"""A UK provider reference number: eight digits, the first a 1."""


LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
CHARACTERS = LETTERS + "0123456789"
SHAPE = rf"[{LETTERS}]\d{{11}}[{CHARACTERS}]"


NO_UPN = "a UPN is a letter and twelve digits, the last of which is a letter in a temporary one"


WRONG_CHECK = (
    "its first letter does not fit the rest: check each letter and digit, as one may be mistyped"
)


def is_like_upn(text: str) -> bool:
    """Return whether a text has the form of a UPN, right or wrong."""
    return bool(re.fullmatch(r"[A-Z]\d{11}[A-Z\d]", text, re.ASCII))


def is_right_upn(upn: str) -> bool:
    """Return whether a UPN is valid, without loading the library that `upn_problem` uses.

    The library takes as long to load as two commands to run; the tests hold the two together.
    """
    number = upn.replace(" ", "").upper()
    return (
        bool(re.fullmatch(SHAPE, number, re.ASCII))
        and number[0]
        == LETTERS[
            sum(weight * CHARACTERS.index(one) for weight, one in enumerate(number[1:], 2)) % 23
        ]
    )


def upn_problem(upn: str) -> str:
    """Return what is wrong with a UPN, or nothing; an authority that nobody knows is no problem."""
    if not is_like_upn(upn):
        return NO_UPN
    from stdnum.exceptions import InvalidChecksum, InvalidComponent, ValidationError
    from stdnum.gb import upn as library

    try:
        library.validate(upn)
    except (
        InvalidChecksum,
        InvalidComponent,
    ):  # for an unknown authority, before the check letter is looked at
        return "" if upn[0] == library.calc_check_digit(upn[1:]) else WRONG_CHECK
    except ValidationError:
        return NO_UPN
    return ""


def is_temporary(upn: str) -> bool:
    """Return whether a UPN is a temporary one: it ends in a letter."""
    return upn[-1:].isalpha()


def read_upn(given: object) -> Upn:
    """Return a UPN as typed, spaces and case aside; raise ValueError if it is not valid.

    The program itself shows a temporary one with “(temporary)” behind it.
    """
    upn = close_up(given).upper().removesuffix("(TEMPORARY)")
    if problem := upn_problem(upn):
        raise ValueError(f"that UPN is not valid: {problem}")
    return Upn(upn)


def read_urn(given: object) -> Urn:
    """Return a URN; raise ValueError, which shows what one looks like, if it is not valid."""
    return Urn(_digits(given, r"[1-9]\d{5}", "a URN is six digits"))


def read_ukprn(given: object) -> Ukprn:
    """Return a UKPRN; raise ValueError, which shows what one looks like, if it is not valid."""
    return Ukprn(_digits(given, r"1\d{7}", "a UKPRN is eight digits, the first a 1"))


def _digits(given: object, pattern: str, problem: str) -> str:
    text = close_up(given)
    if not re.fullmatch(pattern, text, re.ASCII):
        raise ValueError(problem)
    return text


def close_up(given: object) -> str:
    """Return what was typed without the space around it and the spaces in it.

    A line break in it stays, so that two lines of a spreadsheet are not read as one number.
    """
    return str(given).strip().replace(" ", "").replace("\u00a0", "")
