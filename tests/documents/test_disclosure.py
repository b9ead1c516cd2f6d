"""Which numbers of children can be shown: the boundary at five, sums, differences, and an attacker."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

import pytest

from ap_cli.documents.disclosure import Alike, hide_parts, is_few, is_part_shown

from .children import NONE, some


@pytest.mark.parametrize(("number", "few"), [(0, False), (1, True), (4, True), (5, False)])
def test_few_are_one_to_four(number: int, few: bool) -> None:
    assert is_few(some(1, number)) is few


@pytest.mark.parametrize(
    ("number", "shown"), [(0, True), (4, False), (5, True), (8, True), (9, False), (13, True)]
)
def test_a_part_is_shown_if_it_and_the_rest_are_five(number: int, shown: bool) -> None:
    assert is_part_shown(some(1, 13), some(1, number)) is shown


@pytest.mark.parametrize(
    ("second", "shown"),
    [
        (some(1, 5), True),  # 5 of the first 10, and 5
        (some(1, 6), False),  # 4 of the first 10 are left
        (some(6, 15), True),  # 5 in both, 5 in either alone
        (some(7, 15), False),  # 4 in both
        (some(11, 20), True),
        (NONE, True),
    ],
)
def test_what_follows_from_one_day_is_shown_if_five_are_alike_in_all_of_it(
    second: frozenset[str], shown: bool
) -> None:
    alike = Alike(some(1, 20))
    assert alike.is_whole
    assert alike.show([some(1, 10)])
    assert not alike.is_whole
    assert alike.show([second]) is shown


def test_what_is_not_shown_leaves_no_trace_in_what_may_be_shown_next() -> None:
    alike = Alike(some(1, 10))
    assert not alike.show([some(1, 4)])
    assert alike.is_whole
    assert alike.show([some(1, 5)])
    alike.note([some(1, 1)])
    assert not alike.show([NONE])


def split(*sizes: int) -> list[frozenset[str]]:
    """Parts of these sizes that have no child in common."""
    ends = [sum(sizes[: place + 1]) for place in range(len(sizes))]
    return [some(end - size + 1, end) for size, end in zip(sizes, ends, strict=True)]


def shown(*sizes: int) -> list[int | str] | None:
    """The sizes of parts as they are shown."""
    hidden = hide_parts(some(1, sum(sizes)), split(*sizes))
    if hidden is None:
        return None
    return ["-" if place in hidden else size for place, size in enumerate(sizes)]


@pytest.mark.parametrize(
    ("sizes", "told"),
    [
        ((9, 5), [9, 5]),
        ((0, 13), [0, 13]),
        ((9, 4), None),  # 13 less 9 would tell the 4
        ((5, 1), None),
        ((9, 6, 4), [9, "-", "-"]),  # of the larger ones the least
        ((9, 6, 6, 4), [9, "-", "-", "-"]),  # which of the sixes is shown would tell
        ((9, 3, 1), None),  # the two have four children together
        ((9, 3, 2), [9, "-", "-"]),  # and here five
        ((9, 1, 1, 1, 1, 1), None),  # five parts of five are one each
        ((9, 2, 1, 1, 1), [9, "-", "-", "-", "-"]),
        ((9, 4, 4), None),  # who knows this rule would know that neither is larger than 4
        ((4, 0), None),
        ((5, 0), [5, 0]),
        ((2, 2), None),
    ],
)
def test_no_part_can_be_worked_out_from_the_others(
    sizes: tuple[int, ...], told: list[int | str] | None
) -> None:
    assert shown(*sizes) == told


def test_a_part_beside_which_few_are_left_is_hidden_also_if_some_are_in_both() -> None:
    # 11 of 13 for one reason, 8 for another: 2 are not there for the first
    hidden = hide_parts(some(1, 13), [some(1, 11), some(6, 13), some(1, 5)])
    assert hidden is not None and 0 in hidden


def test_how_few_are_in_several_parts_is_not_told() -> None:
    one_in_both, five_in_both = [some(1, 7), some(7, 13)], [some(1, 10), some(6, 15)]
    assert hide_parts(some(1, 13), one_in_both) is None  # 7 and 7 of 13
    assert hide_parts(some(1, 15), five_in_both) == frozenset()


def tables(parts: int, whole: int) -> Iterator[tuple[int, ...]]:
    """Every way to part a whole."""
    return (sizes for sizes in product(range(whole + 1), repeat=parts) if sum(sizes) == whole)


@pytest.mark.parametrize(("parts", "most"), [(2, 30), (3, 20), (4, 17), (5, 12)])
def test_who_knows_the_whole_and_how_it_is_hidden_works_out_no_hidden_part(
    parts: int, most: int
) -> None:
    for whole in range(5, most + 1):
        seen = defaultdict(list)
        for sizes in tables(parts, whole):
            seen[tuple(shown(*sizes) or ["-"] * parts)].append(sizes)
        for told, possible in seen.items():
            for place, text in enumerate(told):
                values = {sizes[place] for sizes in possible}
                assert values == {text} or (text == "-" and len(values) > 1), (told, possible)
