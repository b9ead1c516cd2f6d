"""What readers of an anonymous report can work out, also if they know how numbers are hidden."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product
from operator import mul
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from ap_cli.documents.anonymous import make_anonymous
from ap_cli.services.term_children import Children, Part, TermChildren

from .children import NOBODY, NONE, lengths, parts, reviews, some
from .test_anonymous import WHO, figures
from .test_reports import REPORT


def group() -> st.SearchStrategy[Children]:
    """Some of sixteen children."""
    return st.frozensets(st.integers(1, 16).map(lambda number: f"P-{number:04}"))


@st.composite
def placed(draw: st.DrawFn) -> TermChildren:
    """Children in groups that overlap as they can in a term."""
    live, began, ended = draw(group()), draw(group()), draw(group())

    def spread(whole: Children, names: Sequence[str], several: bool) -> tuple[Part, ...]:
        most = 2 if several else 1
        of = {
            child: draw(st.sets(st.integers(0, len(names) - 1), min_size=1, max_size=most))
            for child in sorted(whole)
        }
        return tuple(
            Part(name, frozenset(child for child in whole if place in of[child]))
            for place, name in enumerate(names)
        )

    several = draw(st.booleans())
    reasons = spread(live, ("behaviour", "health", "unmet-need"), several)
    return replace(
        WHO,
        live=live,
        began=began,
        ended=ended,
        providers=tuple(spread(live, ("PR-0001", "PR-0002"), several)),
        reasons=tuple(part for part in reasons if part.children),
        lengths=spread(live, [part.what for part in WHO.lengths], several),
        extents=spread(live, [part.what for part in WHO.extents], several),
        destinations=spread(ended, ("home-school", "none"), several),
        reviews=spread(draw(group()), [part.what for part in WHO.reviews], several=False),
        without_end=live & draw(group()),
        visited_before=began & draw(group()),
        safety=parts(("Absences", "Concerns"), draw(group()), draw(group())),
    )


class Shown(NamedTuple):
    """A number in a report: its line, the children it is of, and the whole they are a part of."""

    line: str
    children: Children
    whole: Children


def list_shown(who: TermChildren) -> Iterator[Shown]:
    """List the numbers of a report by reading its figures as anybody would."""
    said = figures(who)
    left = who.ended - who.live
    if re.match(r"\d", said["Placed on 2 March 2026"]):
        yield Shown("live", who.live, who.live)
    if re.search(r"at \d+ provider", said["Placed on 2 March 2026"]):
        yield from (Shown("providers", part.children, who.live) for part in who.providers)
    yield from list_lines(who, said, left)
    yield from list_reviewed(who, said)
    yield from list_bars(who, said, left)


def list_lines(who: TermChildren, said: dict[str, str], left: Children) -> Iterator[Shown]:
    """List the numbers of the lines but those of reviews."""
    began = who.began & who.live
    for line, label, number, group, whole in (
        ("began", "Placements this term", r"(\d+) of \d+ child(?:ren)? began", began, who.live),
        ("left", "Placements this term", r"(\d+) child(?:ren)? left", left, left),
        ("no end", "Without a last day", r"^(\d+)", who.without_end, who.live),
        ("visited", "Visited before the start", r"^(\d+)", who.visited_before & began, began),
        ("week", "Part-time timetables", r"^(\d+)", who.extents[0].children, who.live),
        ("week", "Part-time timetables", r"for (\d+)", who.extents[2].children, who.live),
    ):
        if found := re.search(number, said[label]):
            assert int(found[1]) == len(group)
            yield Shown(line, group, whole)


def list_reviewed(who: TermChildren, said: dict[str, str]) -> Iterator[Shown]:
    """List the numbers of the line of reviews."""
    reviewed = said["Reviews held in time"]
    due = frozenset().union(*(part.children for part in who.reviews)) & who.live
    if reviewed == "none was due" or re.match(rf"{len(due)} ", reviewed):
        yield Shown("due", due, who.live)
    for part in who.reviews:
        if found := re.search(rf"(\d+) {part.what}", reviewed):
            assert int(found[1]) == len(part.children & due)
            yield Shown("reviews", part.children & due, due)


def list_bars(who: TermChildren, said: dict[str, str], left: Children) -> Iterator[Shown]:
    """List the numbers of the bars."""
    labels = {"No next place yet": "none", "Home school": "home-school", "Unmet need": "unmet-need"}
    bars = {labels.get(name, name).lower(): value for name, value in said.items()}
    for table, whole in TABLES.items():
        of = who.live if whole == "live" else left
        for part in getattr(who, table):
            if bars.get(part.what.lower(), "-").isdecimal():
                assert int(bars[part.what.lower()]) == len(part.children & of)
                yield Shown(table, part.children & of, of)


TABLES = {"reasons": "live", "lengths": "live", "safety": "live", "destinations": "left"}


def is_few(children: Children) -> bool:
    return 0 < len(children) < 5


@settings(max_examples=400)
@given(placed())
def test_each_number_and_the_rest_of_its_whole_are_five_and_wholes_share_no_child(
    who: TermChildren,
) -> None:
    found = list(list_shown(who))
    of = {each.line: each.children for each in found}
    assert not of.get("live", NONE) & of.get("left", NONE)
    for each in found:
        assert not is_few(each.children) and not is_few(each.whole - each.children), each
        assert each.whole in of.values(), each


@settings(max_examples=400)
@given(placed())
def test_of_what_follows_from_one_day_no_few_children_are_alike(who: TermChildren) -> None:
    found = list(list_shown(who))
    bars = [each.children for each in found if each.line == "lengths"]
    others = [each.children for each in found if each.line in ("began", "due")]
    others = [each for each in others if each not in (NONE, who.live)]
    if not others:  # then nothing is known but the lengths
        return
    assert len(bars) in (0, len(who.lengths))  # some hidden could be told by the others
    alike: dict[tuple[bool, ...], set[str]] = defaultdict(set)
    for child in who.live:
        alike[tuple(child in each for each in (*bars, *others))].add(child)
    assert not any(map(is_few, map(frozenset, alike.values())))


@settings(max_examples=300)
@given(placed())
def test_what_a_table_hides_has_five_children_and_two_parts(who: TermChildren) -> None:
    found = list(list_shown(who))
    left = who.ended - who.live
    for table, whole in (("reasons", who.live), ("lengths", who.live), ("destinations", left)):
        groups: list[Children] = [part.children & whole for part in getattr(who, table)]
        shown = [each.children for each in found if each.line == table]
        hidden = [children for children in groups if children and children not in shown]
        if shown and hidden:
            assert len(hidden) > 1 and len(frozenset().union(*hidden)) >= 5
            assert not 0 < len(whole.difference(*shown)) < 5


WORLDS = {
    "changes": ("began and left", "left", "old", "new", "new, left one"),
    "reviews": ("left", "old", "old, review due", "new, review due", "new"),
    "safety": ("left", "old", "old, unsafe", "new, unsafe", "new"),
}
"""Kinds of children in the sixth week of a term: the old ones have been there for longer."""


def make_world(kinds: Sequence[str], numbers: Sequence[int]) -> TermChildren:
    """So many children of each kind."""
    of, first = {}, 1
    for kind, number in zip(kinds, numbers, strict=True):
        of[kind] = some(first, first + number - 1)
        first += number

    def those(word: str, *but: str) -> Children:
        found = (of[kind] for kind in of if word in kind and kind not in but)
        return frozenset().union(*found)

    new, old, ended = those("new"), those("old"), those("left")
    return replace(
        NOBODY,
        live=new | old,
        began=new | those("began"),
        ended=ended,
        lengths=lengths(new, old),
        reviews=reviews(those("due")),
        safety=parts(("Absences",), those("unsafe")) if those("unsafe") else (),
        destinations=parts(("none",), ended) if ended else (),
    )


def worlds(kinds: Sequence[str]) -> Iterator[tuple[int, ...]]:
    """List every number of children of each kind: up to 15 placed, and up to 6 of a kind that left."""
    gone = [kind for kind in kinds if kind.endswith("left")]
    for left in product(range(7), repeat=len(gone)):
        for placed in product(range(16), repeat=len(kinds) - len(gone)):
            if sum(placed) < 16:
                yield (*left, *placed)


@pytest.mark.parametrize("kinds", WORLDS.values(), ids=WORLDS)
def test_who_knows_the_rule_and_the_report_is_sure_of_no_one_to_four_children(
    kinds: tuple[str, ...],
) -> None:
    # each report is read by who tried all that could be behind it
    seen: dict[str, list[tuple[int, ...]]] = defaultdict(list)
    for numbers in worlds(kinds):
        made = make_anonymous(replace(REPORT, who=make_world(kinds, numbers)))
        seen[str(made.blocks)].append(numbers)
    assert len(seen) > 100
    for possible in seen.values():
        for mask in product((0, 1), repeat=len(kinds)):
            values = {sum(map(mul, numbers, mask)) for numbers in possible}
            assert len(values) > 1 or not values & {1, 2, 3, 4}, (mask, possible)
