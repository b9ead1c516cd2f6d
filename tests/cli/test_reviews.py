"""`ap reviews due`: which reviews are due, and by when."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ap_cli.demo.making import make
from ap_cli.render.result import View
from ap_cli.render.reviews import review_lines
from ap_cli.render.rows import Page
from ap_cli.services.filters import read_words
from ap_cli.services.lists import placements_by_reference, placements_of
from ap_cli.services.survey import MANY
from ap_cli.services.unsafe import list_unsafe_among
from ap_cli.store.address import Address
from ap_cli.store.opening import Store, open_store

from ..conftest import COMPLETE, Program


def test_a_record_on_a_day_does_not_know_what_happened_later(placed: Program) -> None:
    placed.ok("record", "review", "PL-0001", *COMPLETE)
    assert placed.json("reviews", "due", on="2026-02-20")[0]["due"] == "2026-02-13"


def test_within_includes_its_last_day_and_overdue_ones_always(placed: Program) -> None:
    def found(*args: str, on: str) -> list[Any]:
        return placed.json("reviews", "due", *args, on=on)

    assert found("--within", "7d", on="2026-02-06") and not found("--within", "7d", on="2026-02-05")
    assert found("--within", "1w", on="2026-02-06") and found(
        "--within", "half-term", on="2026-01-06"
    )
    assert (
        found("--within", "1d", on="2026-03-02")
        and not found("--overdue", on="2026-02-13")
        and found("--overdue", on="2026-02-14")
    )


def test_reviews_are_grouped_into_overdue_this_week_and_next(placed: Program) -> None:
    assert placed("reviews", "due", on="2026-02-09").out.startswith("This week 1\n")
    assert placed("reviews", "due", on="2026-02-08").out.startswith("Next 1\n")
    assert placed("reviews", "due").out == (
        "Overdue 1\n  PL-0001  P-0001  13 February 2026, 17 days late:"
        " the last school day of spring 1 2026\n"
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("farm", 1),
        ("school:elm", 1),
        ("elm PL-1", 1),
        ("owner:sample live", 1),
        ("due:late", 1),
        ("planned", 0),
        ("school:oak", 0),
        ("due:>2w", 0),
        ("zzz", 0),
    ],
)
def test_words_choose_among_the_reviews_due(placed: Program, words: str, found: int) -> None:
    placed.ok("pupil", "edit", "P-0001", "--home-school", "Elm Academy")
    placed.ok("placement", "edit", "PL-0001", "--owner", "T. Sample")
    rows = placed.json("reviews", "due", *words.split())
    assert len(rows) == found
    assert all(row["school"] == "Elm Academy" and row["provider"] == "PR-0001" for row in rows)


def test_no_review_of_an_ended_placement_is_due_and_that_word_is_refused(placed: Program) -> None:
    refused = placed("reviews", "due", "ended")
    assert refused.code == 2 and "type live, planned, provider:PR-3" in refused.err


def test_words_never_hide_that_a_child_of_theirs_may_be_unsafe(placed: Program) -> None:
    placed.ok("record", "concern", "PL-0001", "--what", "a bruise")
    for words in (["farm"], ["due:2w"], ["farm", "--within", "0d"], ["--within", "0d"], []):
        (row,) = placed.json("reviews", "due", *words, on="2026-03-02")
        assert row["unsafe"] and row["provider_name"] == "Hollow Oak Farm"
    assert placed.json("reviews", "due", "school:elm") == []


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Store:
    opened = open_store(Address(tmp_path_factory.mktemp("sample") / "ap.db"))
    make(opened, TODAY)
    return opened


def test_names_are_read_only_of_those_that_are_shown(sample: Store) -> None:
    """As in `ap reviews due` without words: of a placement that may be unsafe and is not due."""
    assert placements_of(sample, TODAY, []) == {}
    found = placements_of(sample, TODAY, ["PL-0003", "PL-0001"])
    assert list(found) == ["PL-0001", "PL-0003"]
    everyone = placements_by_reference(sample, TODAY, read_words((), TODAY), True, [])
    assert found.items() <= everyone.items()


def test_many_unsafe_placements_at_once_are_found_as_each_by_itself(sample: Store) -> None:
    numbers = [number for (number,) in sample.rows("SELECT id FROM placement ORDER BY id")]
    rules = ("AP506", "AP513")
    one_by_one: dict[str, str] = {}
    for number in numbers:
        one_by_one |= list_unsafe_among(sample, [number], rules, TODAY)
    assert one_by_one
    assert list_unsafe_among(sample, numbers * -(-MANY // len(numbers)), rules, TODAY) == one_by_one


TODAY = date(2026, 3, 2)
OVERDUE, THIS_WEEK, NEXT = date(2026, 2, 13), date(2026, 3, 4), date(2026, 3, 27)


def rows_of(number: int, schools: int, unsafe: int = 0) -> list[dict[str, Any]]:
    """So many reviews at so many schools, a third of them overdue; the first ones unsafe."""
    return [
        {
            "placement": f"PL-{at:04d}",
            "pupil": f"P-{at:04d}",
            "name": "Test P.",
            "due": (due := (OVERDUE, THIS_WEEK, NEXT)[at % 3]),
            "overdue": due < TODAY,
            "days": (due - TODAY).days,
            "why": "the last school day of spring 1 2026",
            "unsafe": "the pupil is not safe, by the review of 27 February 2026 (E-0001)"
            if at < unsafe
            else None,
            "school": f"Elm Academy {at % schools + 1}",
            "provider": f"PR-{at % 2 + 1:04d}",
            "provider_name": f"Hollow Oak Farm {at % 2 + 1}",
        }
        for at in range(number)
    ]


def screen(
    rows: list[dict[str, Any]], columns: int, height: int = 24, page: Page | None = None
) -> list[str]:
    return list(review_lines(TODAY, page or Page())(rows, View(columns, False, height)))


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (60, 20), (120, 40)])
@pytest.mark.parametrize("unsafe", [0, 2, 30])
@pytest.mark.parametrize("schools", [2, 15, 41])
def test_300_reviews_fit_a_screen(columns: int, rows: int, unsafe: int, schools: int) -> None:
    shown = screen(rows_of(300, schools, unsafe), columns, rows)
    assert len(shown) <= min(rows, 24) - 4
    assert all(len(line) <= columns for line in shown)
    above = f"A child may be unsafe (concern or review): {unsafe} placements"
    assert (above in shown) == bool(unsafe)
    assert shown[-1] == "One school: ap reviews due NAME     Every child: --list"


def test_counts_begin_with_the_school_that_has_most_overdue() -> None:
    rows = [row for row in rows_of(60, 15) if row["school"] != "Elm Academy 1"]
    rows += [row | {"school": "Oak School"} for row in rows_of(12, 1)]
    total, first, *_ = screen(rows, 80)
    assert total.split() == ["68", "reviews", "Overdue", "20", "This", "week", "24", "Next", "24"]
    assert first.split() == ["Oak", "School", "4,", "oldest", "Fri", "13", "Feb", "4", "4"]


def test_a_list_asked_for_whole_or_of_one_school_names_every_child() -> None:
    assert len(screen(rows_of(60, 15), 80, page=Page(all=True))) == 60 + 3
    one_school = Page(grouped=False)
    assert len(screen(rows_of(17, 1), 80, page=one_school)) == 17 + 3
    page = screen(rows_of(60, 1), 80, page=one_school)
    assert len(page) == 20 and page[-1] == "42 more: --from 19, or --list for all"
    counted = screen(rows_of(60, 1), 80)
    assert len(counted) == 4 and counted[1].startswith("  Hollow Oak Farm 1")
    assert counted[-1].startswith("One provider: ")


def test_a_review_is_a_row_with_its_day_and_how_late_it_is() -> None:
    assert screen(rows_of(3, 1, unsafe=1), 80) == [
        "A child may be unsafe (concern or review): 1 placement",
        "  PL-0000  Test P.  the pupil is not safe, by the review of 27 February 2026 (E…",
        "This week 1",
        "  PL-0001  Test P.  Hollow Oak Farm 2  Wed 4 Mar   in 2 days   the last school …",
        "Next 1",
        "  PL-0002  Test P.  Hollow Oak Farm 1  Fri 27 Mar  in 25 days  the last school …",
    ]


def test_a_screen_reader_hears_counts_in_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCESSIBLE", "1")
    total, first, *_ = screen(rows_of(60, 3), 80)
    assert total == "60 reviews, Overdue 20, This week 20, Next 20"
    assert first == "Elm Academy 1: Overdue 20, oldest Fri 13 Feb"
