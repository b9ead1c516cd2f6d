"""Answers for all rows that leave a field empty: they fill gaps, and change nothing on record."""

from __future__ import annotations

import pytest

from ..conftest import Program
from .test_import import HEADS, line, rows, written

NO_ROUTE = {"route": ""}


def routes(ap: Program) -> list[str]:
    return [row["route"] for row in ap.json("placement", "list")]


def test_an_answer_for_all_rows_leaves_what_is_on_record(ap: Program) -> None:
    file = written(ap, line(), line("Ada Sample"))
    ap.ok("import", file)
    more = written(
        ap, *(line(name, **NO_ROUTE) for name in ("Test Pupil", "Ada Sample", "Ida Sample"))
    )
    ran = ap.ok("import", more, "--fill", "route=school-arranged", "--json")
    assert rows(ran) == [(2, "same"), (3, "same"), (4, "new")]
    assert routes(ap) == ["off-site-direction", "off-site-direction", "school-arranged"]


def test_what_a_row_says_itself_changes_the_record(ap: Program) -> None:
    ap.ok("import", written(ap, line()))
    said = written(ap, line(route="school-arranged"))
    assert rows(ap.ok("import", said, "--fill", "route=off-site-direction", "--json")) == [
        (2, "changed")
    ]
    assert routes(ap) == ["school-arranged"]


def test_an_answer_for_all_rows_fills_what_no_record_has(ap: Program) -> None:
    file = written(ap, line(), line("Ada Sample"))
    ap.ok("import", file)
    ap.ok("init", "--commissioner", "Example Academy", "--kind", "academy")
    named = ("--fill", "commissioner=Example Academy")
    assert rows(ap.ok("import", file, *named, "--json")) == [(2, "changed"), (3, "changed")]
    assert {row["commissioner"] for row in ap.json("placement", "list")} == {"C-0001"}


def test_an_answer_for_all_rows_leaves_a_child_and_a_provider_as_they_are(ap: Program) -> None:
    ap.ok("import", written(ap, line(plan="EHCP")))
    bare = written(ap, line(plan="", kind="", school=""))
    fills = ("ehcp=no", "kind=fe-college", "home_school=Oak Academy")
    given = [part for fill in fills for part in ("--fill", fill)]
    assert rows(ap.ok("import", bare, *given, "--json")) == [(2, "same")]


def test_of_two_places_of_a_row_only_the_empty_one_is_filled(ap: Program) -> None:
    heads = (*HEADS[:4], "AP1", "AP1 kind", "AP1 start", "AP1 hours", "AP1 route")
    heads += ("AP2", "AP2 kind", "AP2 start", "AP2 hours", "AP2 route")
    first, second = line(ap="Hollow Oak Farm"), line(ap="Elm Works")[4:]
    ap.ok("import", written(ap, (*first, *second), heads=heads))
    changed = (*line(route="school-arranged"), *line(ap="Elm Works", **NO_ROUTE)[4:])
    file = written(ap, changed, heads=heads)
    ran = ap.ok("import", file, "--fill", "route=section-19", "--json")
    assert rows(ran) == [(2, "changed")]
    assert routes(ap) == ["school-arranged", "off-site-direction"]


@pytest.mark.parametrize("wrong", [False, True])
def test_who_is_not_in_a_file_is_told_once_no_row_is_wrong(ap: Program, wrong: bool) -> None:
    ap.ok("import", written(ap, line(), line("Ada Sample")))
    third = [line("Ida Sample", "soon")] if wrong else []
    ran = ap("import", written(ap, line(), *third))
    assert ("In ap and not in this file: PL-0002" in ran.out) is not wrong


@pytest.mark.parametrize(("ref", "noted"), [("Placement ref (store 3f2a9c1e)", 1), ("Notes", 0)])
def test_who_commissions_another_store_s_placements_is_not_taken_in_silence(
    ap: Program, ref: str, noted: int
) -> None:
    ap.ok("init", "--commissioner", "Exampleshire Council", "--kind", "local-authority")
    file = written(ap, (*line(), "PL-0001"), heads=(*HEADS, ref))
    (row,) = ap.ok("import", file, "--json").data
    told = [one for one in row["noted"] if "“Exampleshire Council” is taken" in one]
    assert len(told) == noted


def test_what_is_noted_of_a_sheet_is_not_called_the_same(ap: Program) -> None:
    ap.ok("import", written(ap, line()))
    awaited = line("Ada Sample", ap="", start="")
    noted = ap.ok("import", written(ap, line(), awaited))
    again = ap.ok("import", written(ap, awaited))
    assert "no provider yet" in noted.out and "no provider yet" in again.out
    assert "nothing changes" in again.out and "ap has all of it already" not in again.out


def test_a_kept_route_is_named_in_a_log_and_a_kept_name_is_not(ap: Program) -> None:
    filled = ("--fill", "route=off-site-direction", "--fill", "owner=Ann Sample")
    ap.ok("import", written(ap, line(**NO_ROUTE)), *filled, "--mapping", "ours")
    again = ap.ok("import", written(ap, line("Ada Sample", **NO_ROUTE)), "--mapping", "ours")
    assert "placement.route=off-site-direction" in again.err
    assert "placement.owner=…" in again.err


@pytest.mark.parametrize(
    ("kind", "route"), [("academy", "off-site-direction"), ("local-authority", "section-19")]
)
def test_the_example_of_a_route_is_one_that_who_commissions_has(
    ap: Program, kind: str, route: str
) -> None:
    ap.ok("init", "--commissioner", "Test Commissioner", "--kind", kind)
    ran = ap("import", written(ap, line(**NO_ROUTE)))
    assert ran.code == 2 and f'--fill "route={route}"' in ran.err
