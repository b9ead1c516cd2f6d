"""`ap import` of an old file after its children, providers and placements were corrected here."""

from __future__ import annotations

from shlex import split
from typing import Any

import pytest

from ..conftest import Program

A, B = "V855123424000", "J855123424001"
HEADS = "Name,DOB,UPN,School,AP,Kind of provider,provider.address,Start,Hours,Route"
ROW = {
    "Name": "Sam Testson", "DOB": "05/03/2011", "UPN": "", "School": "Elm Test Academy",
    "AP": "West's Test Farm", "Kind of provider": "Non-school AP", "provider.address": "",
    "Start": "05/01/2026", "Hours": "12", "Route": "off-site direction",
}  # fmt: skip


def written(ap: Program, *rows: dict[str, str], more: tuple[str, ...] = ()) -> str:
    """A file of rows that are like ROW but for these cells; its name."""
    heads = [*HEADS.split(","), *more]
    lines = [",".join(f'"{(ROW | one).get(head, "")}"' for head in heads) for one in rows]
    (ap.folder / "a.csv").write_text("\n".join([",".join(heads), *lines]) + "\n")
    return "a.csv"


def numbers(ap: Program) -> list[int]:
    """How many pupils, providers and placements there are."""
    return [len(ap.json(noun, "list")) for noun in ("pupil", "provider", "placement")]


def kept(row: dict[str, Any]) -> list[str]:
    """The facts that a row does not change, as somebody has changed them since."""
    return sorted(one["field"] for one in row["kept"])


@pytest.mark.parametrize(
    ("edits", "fields"),
    [
        ([("pupil", "P-0001", "--name", "Ada Sample")], ["pupil.name"]),
        (
            [("pupil", "P-0001", "--name", "Ada Sample"), ("pupil", "P-0001", "--born", "2011-04-01")],
            ["pupil.born", "pupil.name"],
        ),
        (
            [("pupil", "P-0001", "--name", "Ada Sample", "--born", "2011-04-01")],
            ["pupil.born", "pupil.name"],
        ),
        ([("provider", "PR-0001", "--name", "Sunrise Centre")], ["provider.name"]),
        ([("provider", "PR-0001", "--name", "West Test Farm and Stables")], ["provider.name"]),
        ([("placement", "PL-0001", "--starts", "2026-01-12")], ["placement.starts"]),
    ],
    ids=["name", "name, then birth date", "both at once", "provider", "like it", "first day"],
)  # fmt: skip
@pytest.mark.parametrize("upn", ["", A], ids=["without UPN", "with UPN"])
def test_nobody_is_doubled_by_the_old_file_and_no_correction_is_undone(
    ap: Program, edits: list[tuple[str, ...]], fields: list[str], upn: str
) -> None:
    file = written(ap, {"UPN": upn})
    ap.ok("import", file)
    for noun, *edit in edits:
        ap.ok(noun, "edit", *edit)
    before = [ap.json(noun, "list") for noun in ("pupil", "provider", "placement")]
    for _ in range(2):
        (row,) = ap.json("import", file)
        assert row["outcome"] == "same" and kept(row) == fields
    assert [ap.json(noun, "list") for noun in ("pupil", "provider", "placement")] == before


def test_a_twin_who_comes_under_the_name_that_was_corrected_is_another_child(ap: Program) -> None:
    ap.ok("import", written(ap, {}))
    ap.ok("pupil", "edit", "P-0001", "--name", "Ada Testson")
    ap.ok("import", written(ap, {}, {"Name": "Ada Testson"}))
    assert numbers(ap) == [2, 1, 2]


def test_a_name_that_was_taken_back_with_undo_was_never_the_child_s(ap: Program) -> None:
    ap.ok("import", written(ap, {}))
    ap.ok("pupil", "edit", "P-0001", "--name", "Ada Sample")
    ap.ok("undo", "--yes")
    ap.ok("import", written(ap, {"Name": "Ada Sample"}))
    assert numbers(ap)[0] == 2


def test_another_upn_beside_one_name_and_birth_date_is_asked_about(ap: Program) -> None:
    ap.ok("import", written(ap, {"UPN": A}))
    ran = ap("import", written(ap, {"UPN": B}))
    assert ran.code == 2 and numbers(ap) == [1, 1, 1]
    assert "this may be P-0001 with another UPN: write P-0001 in a column “Pupil ref”" in ran.out
    ap.ok("import", written(ap, {"UPN": B, "Pupil ref": "P-0001"}, more=("Pupil ref",)))
    assert numbers(ap) == [1, 1, 1]
    assert ap.json("import", written(ap, {"UPN": A}))[0]["refs"][0] == "P-0001"


def test_another_child_of_name_and_birth_date_comes_in_as_new_or_beside_the_first(
    ap: Program,
) -> None:
    ap.ok("import", written(ap, {"UPN": A}))
    file = written(ap, {"UPN": B, "Pupil ref": "new"}, more=("Pupil ref",))
    ap.ok("import", file)
    assert ap.json("import", file)[0]["outcome"] == "same" and numbers(ap)[0] == 2


def test_two_rows_of_one_name_and_birth_date_with_two_upns_are_two_children(ap: Program) -> None:
    ap.ok("import", written(ap, {"UPN": A}, {"UPN": B}))
    assert numbers(ap) == [2, 1, 2]


def test_a_upn_that_is_called_former_tells_who_it_is(ap: Program) -> None:
    ap.ok("import", written(ap, {"UPN": A}))
    ap.ok("import", written(ap, {"UPN": B, "Former UPNs": A}, more=("Former UPNs",)))
    assert numbers(ap) == [1, 1, 1]


def test_a_upn_that_the_record_once_had_tells_who_it_is(ap: Program) -> None:
    ap.ok("import", written(ap, {"UPN": A}))
    ap.ok("pupil", "edit", "P-0001", "--upn", B)
    ap.ok("pupil", "edit", "P-0001", "--not-known", "former_upn")
    (row,) = ap.json("import", written(ap, {"UPN": A}))
    assert row["outcome"] == "same" and kept(row) == ["pupil.upn"]


@pytest.mark.parametrize(
    ("edit", "cell"),
    [
        (("pupil", "edit", "P-0001", "--name", "Sam Tester"), {"Name": "TESTSON, Sam"}),
        (
            ("provider", "edit", "PR-0001", "--name", "Sunrise"),
            {"AP": "WESTS TEST FARM LTD"},
        ),
        (
            ("pupil", "edit", "P-0001", "--home-school", "Ash School"),
            {"School": "ELM TEST ACADEMY."},
        ),
    ],
    ids=["child", "provider", "school"],
)
def test_case_and_points_alone_are_no_news(
    ap: Program, edit: tuple[str, ...], cell: dict[str, str]
) -> None:
    ap.ok("import", written(ap, {}))
    ap.ok(*edit)
    (row,) = ap.json("import", written(ap, cell))
    assert row["outcome"] == "same" and len(row["kept"]) == 1


@pytest.mark.parametrize("noun", ["pupil", "provider"])
def test_who_was_joined_with_another_leads_to_the_one_that_is_left(ap: Program, noun: str) -> None:
    file = written(ap, {"provider.address": "1 Elm Lane"})
    ap.ok("import", file)
    ap.ok("provider", "add", "Sunrise Centre", "--kind", "non-school", "--address", "2 Far Lane")
    ap.ok("pupil", "add", "Ada Sample", "--born", "2011-04-01", "--home-school", "Ash School")
    prefix = {"pupil": "P", "provider": "PR"}[noun]
    ap.ok(noun, "merge", f"{prefix}-0001", "--into", f"{prefix}-0002", "--yes")
    before = [ap.json(one, "list") for one in ("pupil", "provider", "placement")]
    ran = ap.ok("import", file)
    assert ran.out.splitlines()[:2] == ["1 row: 1 same", "nothing changes"]
    assert f"{prefix}-0001 was merged into it on 2 March 2026 by" in ran.out
    assert [ap.json(one, "list") for one in ("pupil", "provider", "placement")] == before
    ap.ok("undo", "--yes")
    (row,) = ap.json("import", file)
    assert row["outcome"] == "same" and row["kept"] == []


def test_a_placement_that_ended_after_its_first_day_was_corrected_is_known(ap: Program) -> None:
    file = written(ap, {})
    ap.ok("import", file)
    ap.ok("placement", "edit", "PL-0001", "--starts", "2026-01-12")
    end = ("--day", "2026-02-13", "--reason", "moved away", "--destination", "other-school")
    ap.ok("placement", "end", "PL-0001", *end)
    (row,) = ap.json("import", file)
    assert row["outcome"] == "same" and kept(row) == ["placement.starts"]


def test_an_address_that_another_file_moved_is_older_news_in_the_first(ap: Program) -> None:
    file = written(ap, {"provider.address": "1 Elm Lane"})
    ap.ok("import", file)
    ap.ok("import", written(ap, {"provider.address": "1: 9 Far Field"}))
    (row,) = ap.json("import", written(ap, {"provider.address": "1 Elm Lane"}))
    assert row["outcome"] == "same" and kept(row) == ["provider.sites"]
    site = written(ap, {"placement.site": "1, Elm lane."}, more=("placement.site",))
    assert ap.json("import", site)[0]["outcome"] == "same"
    unknown = written(ap, {"placement.site": "2 Elm Lane"}, more=("placement.site",))
    assert ap("import", unknown).code == 2


def test_a_no_is_older_news_where_care_was_recorded_since_and_else_a_contradiction(
    ap: Program,
) -> None:
    file = written(ap, {"LAC": "N"}, more=("LAC",))
    ap.ok("import", file)
    ap.ok("pupil", "edit", "P-0001", "--looked-after", "2026-02-01")
    (row,) = ap.json("import", file)
    assert row["outcome"] == "same" and kept(row) == ["pupil.looked_after"]
    ap.ok("pupil", "add", "Ada Sample", "--born", "2011-04-01", "--looked-after", "2026-02-01")
    other = written(ap, {"LAC": "N", "Name": "Ada Sample", "DOB": "01/04/2011"}, more=("LAC",))
    ran = ap("import", other)
    assert ran.code == 2 and "looked after: yes on record" in ran.out


def test_new_beside_a_child_of_both_name_and_birth_date_says_who_is_meant(ap: Program) -> None:
    ap.ok("import", written(ap, {}))
    (row,) = ap.json("import", written(ap, {"Pupil ref": "new"}, more=("Pupil ref",)))
    assert row["outcome"] == "same" and row["noted"] == [
        "its child is found by name and date of birth: if it is another, add the UPN of each"
    ]


def test_another_provider_of_a_name_with_several_addresses_leaves_the_first_alone(
    ap: Program,
) -> None:
    ap.ok("provider", "add", "Hollow Oak", "--kind", "non-school", "--address", "1 Elm Lane")
    heads = "Provider,Kind of provider,Address,Provider ref"
    (ap.folder / "a.csv").write_text(f'{heads}\nHollow Oak,PRU,"9 Far Field\n8 Mud Lane",new\n')
    for outcome in ("new", "same"):
        (row,) = ap.json("import", "a.csv", "providers")
        assert row["outcome"] == outcome
    assert len(ap.json("provider", "list")) == 2
    assert "Far Field" not in str(ap.json("provider", "show", "PR-0001"))


def test_a_row_whose_provider_was_corrected_is_no_second_placement_without_a_word(
    ap: Program,
) -> None:
    ap.ok("import", written(ap, {}))
    ap.ok("provider", "add", "Elm Barn", "--kind", "non-school")
    ran = ap("import", written(ap, {"AP": "Elm Barn"}))
    assert ran.code == 2 and "ap placement edit PL-0001 --provider PR-0002" in ran.out
    ap.ok("placement", "edit", "PL-0001", "--provider", "PR-0002")
    assert ap.json("import", written(ap, {"AP": "Elm Barn"}))[0]["outcome"] == "same"
    (row,) = ap.json("import", written(ap, {}))
    assert row["outcome"] == "same" and kept(row) == ["placement.provider"]
    assert numbers(ap) == [1, 2, 1]


def test_a_further_placement_elsewhere_is_said_in_the_file_or_has_both_rows(ap: Program) -> None:
    ap.ok("import", written(ap, {}))
    further = {"AP": "Elm Barn", "Placement ref": "new"}
    file = written(ap, further, more=("Placement ref",))
    ap.ok("import", file)
    assert ap.json("import", file)[0]["outcome"] == "same"
    ap.ok("import", written(ap, {}, {"AP": "Elm Barn"}, {"AP": "Oak Works"}))
    assert numbers(ap) == [1, 3, 3]


def test_the_day_of_an_end_is_corrected_as_told_and_its_gaps_stay_gaps(ap: Program) -> None:
    ap.ok("import", written(ap, {"Ended": "13/02/2026"}, more=("Ended",)))
    file = written(ap, {"Ended": "20/02/2026"}, more=("Ended",))
    assert "ap placement end PL-0001 --correct --day 2026-02-20" in ap("import", file).out
    ap.ok("placement", "end", "PL-0001", "--correct", "--day", "2026-02-20")
    shown = ap.json("placement", "show", "PL-0001")[0]
    assert shown["ended"] == "2026-02-20" and not shown["end_reason"] and not shown["destination"]
    assert ap.json("import", file)[0]["outcome"] == "same"
    old = written(ap, {"Ended": "13/02/2026"}, more=("Ended",))
    told = ap.ok("import", old).out
    command = "ap placement end PL-0001 --correct --day 2026-02-13"
    assert f"If the file is right: {command}" in told
    ap.ok(*command.split()[1:])
    assert ap.json("placement", "show", "PL-0001")[0]["ended"] == "2026-02-13"
    ran = ap("placement", "end", "PL-0001", "--correct", "--day", "2026-03-03")
    assert ran.code == 2 and "still to come" in ran.err


def test_a_first_end_still_needs_its_reason_and_destination(ap: Program) -> None:
    ap.ok("import", written(ap, {}))
    ran = ap("placement", "end", "PL-0001", "--day", "2026-02-20")
    assert ran.code == 4 and ran.err == "still needed: --reason, --destination\n"


@pytest.mark.parametrize(
    ("cells", "edit"),
    [
        ({"Hours": "12.5"}, ("placement", "PL-0001", "--hours", "15")),
        ({"LAC": "N"}, ("pupil", "P-0001", "--looked-after", "2026-02-01")),
        ({"EHCP": "01/09/2025"}, ("pupil", "P-0001", "--ehcp", "2025-10-01")),
        ({"Days": "Mon/Tue", "Hours": "6"}, ("placement", "PL-0001", "--at-provider", "thu-fri")),
        ({"School": "St. “Test” & Co's"}, ("pupil", "P-0001", "--home-school", "Ash School")),
        ({"AP": "West's; Farm"}, ("provider", "PR-0001", "--name", "Sunrise")),
        ({"provider.address": "1 Elm Lane"}, ("provider", "PR-0001", "--address", "1: 2 Far Lane")),
        ({"Start": "06/01/2026"}, ("placement", "PL-0001", "--starts", "2026-01-12")),
    ],
    ids=lambda one: next(iter(one)) if isinstance(one, dict) else "",
)
def test_the_command_that_takes_what_the_file_says_works_as_it_stands(
    ap: Program, cells: dict[str, str], edit: tuple[str, ...]
) -> None:
    file = written(ap, cells, more=tuple(one for one in cells if one not in HEADS.split(",")))
    ap.ok("import", file)
    ap.ok(edit[0], "edit", *edit[1:])
    told = ap.ok("import", file).out
    command = told.partition("If the file is right: ")[2].splitlines()[0]
    ap.ok(*split(command)[1:])
    (row,) = ap.json("import", file)
    assert row["outcome"] == "same" and row["kept"] == []
