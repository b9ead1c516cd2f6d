"""The lists of placements, pupils and providers: filtered by words, sorted, a row a line on a terminal."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from ap_cli.errors import ApError
from ap_cli.render.lists import Column, fit_columns, whole_width
from ap_cli.services.filters import Due, read_due, read_words

from ..conftest import POSIX, Program
from ..interview.terminal import Terminal, plain

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("args", "first"),
    [
        (("--names", "--columns", "ref,pupil"), ["PL-0001", "P-0001", "Test Pupil"]),
        (("--names", "--columns", "name,pupil"), ["Test Pupil", "P-0001"]),
        (("--names", "--columns", "ref,state"), ["PL-0001", "live"]),
        (("--columns", "ref,pupil"), ["PL-0001", "P-0001"]),
    ],
)
def test_a_pupil_has_the_name_if_names_are_asked_for(
    placed: Program, args: tuple[str, ...], first: list[str]
) -> None:
    assert placed.ok("placement", "list", *args).out.splitlines()[0].split("\t") == first


@pytest.fixture
def three(placed: Program) -> Program:
    """Two pupils of two schools at two providers; one placement is live, one planned, one ended."""
    placed.ok("pupil", "edit", "P-0001", "--home-school", "Elm Academy")
    placed.ok(
        *("placement", "edit", "PL-0001", "--owner", "T. Sample", "--tier", "2", "--cost", "120.50")
    )
    placed.ok("provider", "add", "Example Workshop", "--kind", "non-school")
    placed.ok(
        "pupil", "add", "Second Sample", "--born", "2011-05-05", "--home-school", "Oak School"
    )
    new = ("placement", "new", "--no-input", "--route", "school-arranged", "--hours")
    placed.ok(*new, "6:10", "--pupil", "P-2", "--provider", "PR-2", "--starts", "2026-06-01")
    placed.ok(*new, "6", "--pupil", "P-2", "--provider", "PR-1", "--starts", "2025-11-03")
    placed.ok(
        *("placement", "end", "PL-3", "--day", "2026-01-30", "--reason", "moved"),
        *("--destination", "home-school"),
    )
    return placed


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", "1 2 3"),
        ("live", "1"),
        ("planned", "2"),
        ("ended", "3"),
        ("LIVE planned", "1 2"),
        ("provider:PR-1", "1 3"),
        ("provider:pr1 live", "1"),
        ("provider:farm provider:workshop", "1 2 3"),
        ("pupil:P-2", "2 3"),
        ("pupil:sample --names", "2 3"),
        ("school:elm", "1"),
        ("school:none", ""),
        ("tier:2", "1"),
        ("owner:sample", "1"),
        ("owner:none", "2 3"),
        ("due:late", "1"),
        ("due:<2w", "1"),
        ("due:2w", "1"),
        ("due:>2w", "2"),
        ("farm", "1 3"),
        ("hollow oak", "1 3"),
        ("oak", "1 2 3"),
        ("oak school", "2 3"),
        ("PL-2", "2"),
        ("pl0002", "2"),
        ("p2", "2 3"),
        ("sample --names", "2 3"),
    ],
)
def test_words_say_which_placements_are_listed(three: Program, words: str, found: str) -> None:
    rows = three.json("placement", "list", *words.split())
    assert [row["ref"] for row in rows] == [f"PL-000{number}" for number in found.split()]


@pytest.mark.parametrize(
    ("command", "found"),
    [
        ("pupil list live", "P-0001"),
        ("pupil list ended", "P-0002"),
        ("pupil list provider:PR-1", "P-0001"),
        ("pupil list provider:PR-1 ended", "P-0002"),
        ("pupil list school:oak", "P-0002"),
        ("pupil list farm", "P-0001"),
        ("pupil list p1", "P-0001"),
        ("pupil list live planned", "P-0001 P-0002"),
        ("pupil list --sort -born", "P-0002 P-0001"),
        ("provider list", "PR-0001 PR-0002"),
        ("provider list live", "PR-0001"),
        ("provider list pupil:P-2", "PR-0002"),
        ("provider list elm", "PR-0001"),
        ("provider list provider:work", "PR-0002"),
        ("provider list owner:sample", "PR-0001"),
    ],
)
def test_the_same_words_say_which_pupils_and_providers(
    three: Program, command: str, found: str
) -> None:
    assert [row["ref"] for row in three.json(*command.split())] == found.split()


@pytest.mark.parametrize(
    ("word", "said"),
    [
        (
            "shcool:elm",
            "this list does not know “shcool”; did you mean school?: type live, planned",
        ),
        ("school:", "school:elm"),
        ("tier:4", "choose one of 1, 1a, 1b, 2, 3"),
        ("due:soon", "type due:2w for the next two weeks"),
        ("due:1m", "due:10d"),
    ],
)
def test_a_word_that_a_list_does_not_take_is_refused_with_what_works(word: str, said: str) -> None:
    with pytest.raises(ApError) as refused:
        read_words([word], TODAY)
    assert said in str(refused.value)


def test_a_text_with_a_colon_and_a_space_is_a_text() -> None:
    assert read_words(["St Test: the Academy"], TODAY).texts == ("St Test: the Academy",)


def test_due_in_a_time_ends_on_its_last_day_and_late_ends_yesterday() -> None:
    assert read_due("2w", TODAY) == read_due("<2W", TODAY) == Due(date.min, date(2026, 3, 16))
    assert read_due(">2w", TODAY) == Due(date(2026, 3, 16), date.max)
    assert read_due("late", TODAY) == read_due("overdue", TODAY) == Due(date.min, date(2026, 3, 1))


def test_a_list_in_csv_has_the_columns_of_people(three: Program) -> None:
    rows = list(csv.DictReader(io.StringIO(three.ok("placement", "list", "--csv").out)))
    first = rows[0]
    assert (first["provider"], first["provider_name"]) == ("PR-0001", "Hollow Oak Farm")
    assert (first["hours_a_week"], first["cost_a_week"]) == ("19", "120.50")
    assert (rows[1]["hours_a_week"], rows[1]["cost_a_week"]) == ("6.17", "")
    assert (first["school"], first["state"], first["review"]) == (
        "Elm Academy",
        "live",
        "2026-02-13",
    )
    assert "name" not in first and "Test Pupil" not in str(rows)
    named = three.ok("placement", "list", "--csv", "--names").out
    assert next(csv.DictReader(io.StringIO(named)))["name"] == "Test Pupil"


def test_columns_and_order_are_of_choice_and_a_name_may_be_short(three: Program) -> None:
    listed = three.ok("placement", "list", "--columns", "ref,hours,cost,route", "--sort", "starts")
    assert listed.out.splitlines() == [
        "PL-0003\t6\t–\tschool-arranged",
        "PL-0001\t19\t£120.50\toff-site-direction",
        "PL-0002\t6:10\t–\tschool-arranged",
    ]
    for option in ("--columns", "--sort"):
        refused = three("placement", "list", option, "untl")
        assert refused.code == 2 and "did you mean until?" in refused.err
    everything = three.ok("placement", "list", "--csv", "--columns", "all").out.splitlines()[0]
    assert {"weekly_minutes", "exit_strategy", "hours_a_week"} <= set(everything.split(","))


def test_a_list_stays_whole_in_json_with_the_names_of_places(three: Program) -> None:
    row = three.json("placement", "list", "--columns", "ref")[0]
    assert (row["weekly_minutes"], row["weekly_pence"]) == (19 * 60, 12050)
    assert (row["provider_name"], row["school"]) == ("Hollow Oak Farm", "Elm Academy")
    assert "name" not in row


def test_an_empty_list_says_what_to_try(three: Program) -> None:
    assert three.ok("placement", "list", "lvie").out == (
        "no placement matches: did you mean live?\n"
    )
    assert "ap pupil list has them all" in three.ok("pupil", "list", "zzz").out


def test_a_list_of_a_state_that_no_placement_is_in_says_so(placed: Program) -> None:
    none = placed.ok("placement", "list", "ended").out
    assert none == "no placement is ended: ap placement list has them all\n"


def on_a_terminal(ap: Program, *args: str) -> list[str]:
    """The lines of a list on a terminal of 80 columns, without what it says of term dates."""
    terminal = Terminal(ap, *args, rows=24)
    assert terminal.ends() == 0
    lines = plain(terminal.transcript.getvalue()).splitlines()
    ends = [at for at, line in enumerate(lines) if line.startswith("term dates are known to")]
    return lines[: ends[0]] if ends else lines


@POSIX
def test_on_a_terminal_a_row_is_a_line_with_short_names_and_days_and_totals(
    three: Program,
) -> None:
    heading, *rows, totals = on_a_terminal(three, "placement", "list")
    assert heading.split() == ["Ref", "Pupil", "Provider", "Hours", "Until", "State"]
    assert rows[0].startswith("PL-0001  Test P.    Hollow Oak")
    assert "Fri 18 Dec " in rows[0]
    assert totals == "3 placements: 1 live, 1 planned, 1 ended; 19 hours a week, £120.50 a week"
    assert all(len(line) <= 80 for line in (heading, *rows))


@POSIX
def test_a_reference_beside_a_name_has_a_heading_of_its_own(three: Program) -> None:
    heading, first, *_ = on_a_terminal(three, "placement", "list", "--columns", "ref,pupil")
    assert heading.split() == ["Ref", "Pupil", "ref", "Pupil"]
    assert first.split() == ["PL-0001", "P-0001", "Test", "P."]


@POSIX
def test_a_list_has_the_same_columns_whatever_is_in_it(three: Program) -> None:
    for words in ([], ["live"], ["hollow"], ["provider:PR-1", "live"]):
        heading, *_ = on_a_terminal(three, "placement", "list", *words)
        assert heading.split() == ["Ref", "Pupil", "Provider", "Hours", "Until", "State"], words


@POSIX
def test_a_day_of_another_year_has_its_year(three: Program) -> None:
    chosen = ("--columns", "ref,starts,state")
    _, *rows, totals = on_a_terminal(three, "placement", "list", "P-2", *chosen)
    assert len(rows) == 2 and totals == "2 placements: 1 planned, 1 ended"
    assert "Mon 1 Jun " in rows[0] and "Mon 3 Nov 2025" in rows[1], "another year than this one"


@POSIX
def test_pupils_and_providers_are_a_line_each_too(three: Program) -> None:
    pupils = on_a_terminal(three, "pupil", "list")
    assert pupils[0].split()[:3] == ["Ref", "Pupil", "Born"] and len(pupils) == 4
    assert "Test P." in pupils[1] and "27 Jun 2010" in pupils[1] and "Test Pupil" not in pupils[1]
    assert pupils[-1] == "2 pupils, 1 placed now"
    assert "Test Pupil" in on_a_terminal(three, "pupil", "list", "--names")[1]
    assert on_a_terminal(three, "provider", "list")[-1] == "2 providers, 1 with pupils now"


COLUMNS = (
    Column("ref", "Ref"),
    Column("name", "Name", cut=True),
    Column("wide", "Wide", leave=1),
    Column("thin", "Thin", leave=2),
)
ROW = (("PL-0001", "n" * 30, "w" * 20, "t" * 4),)


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (67, {0: 7, 1: 30, 2: 20, 3: 4}),
        (66, {0: 7, 1: 29, 2: 20, 3: 4}),
        (53, {0: 7, 1: 16, 2: 20, 3: 4}),
        (52, {0: 7, 1: 21, 2: 20}),
        (46, {0: 7, 1: 30, 3: 4}),
        (30, {0: 7, 1: 21}),
        (17, {0: 7, 1: 8}),
        (9, {0: 7, 1: 8}),
    ],
)
def test_what_can_be_cut_is_cut_before_a_column_is_left_out(
    width: int, shown: dict[int, int]
) -> None:
    widths = fit_columns(COLUMNS, ROW, width)
    assert widths == shown and (whole_width(widths) <= width or width < 17)
