"""`ap import` of a file that still says what somebody has changed since it came in."""

from __future__ import annotations

import pytest

from ..conftest import Program

END = ("--reason", "moved away", "--destination", "other-school")
HEADS = "Name,DOB,School,AP,Kind of provider,Start,End,Hours,Route"


def written(ap: Program, heads: str = HEADS, **more: str) -> str:
    """A file of one child in one place; its name."""
    cells = {
        "Name": "Test Pupil", "DOB": "05/03/2011", "School": "Elm Academy", "AP": "Hollow Oak Farm",
        "Kind of provider": "Non-school AP", "Start": "05/01/2026", "End": "10/07/2026",
        "Hours": "12", "Route": "off-site direction",
    } | more  # fmt: skip
    line = ",".join(cells[one] for one in heads.split(","))
    (ap.folder / "a.csv").write_text(f"{heads}\n{line}\n")
    return "a.csv"


def test_what_the_council_corrected_is_not_undone_by_the_same_file(ap: Program) -> None:
    file = written(ap)
    ap.ok("import", file)
    ap.ok("placement", "edit", "PL-0001", "--ends", "2026-07-12")
    ap.ok("placement", "edit", "PL-0001", "--hours", "15")
    ap.ok("pupil", "edit", "P-0001", "--home-school", "Ash School")
    for _ in range(2):
        ran = ap.ok("import", file)
        assert ran.out.splitlines()[:2] == ["1 row: 1 same", "nothing changes"]
        kept = "PL-0001 keeps ends 12 July 2026, changed here on 2 March 2026 by"
        assert kept in ran.out and "still says what it was before: 10 July 2026." in ran.out
        assert "P-0001 keeps home school “Ash School”, changed here on" in ran.out
        assert "PL-0001 keeps hours a week 15" in ran.out
        assert "If the file is right: ap placement edit PL-0001 --ends 2026-07-10" in ran.out
        assert "If the file is right: ap placement edit PL-0001 --hours 12" in ran.out
        assert "ap pupil edit P-0001 --home-school 'Elm Academy'" in ran.out
    (row,) = ap.json("import", file)
    assert [(one["field"], one["now"], one["file"]) for one in row["kept"]] == [
        ("pupil.home_school", "Ash School", "Elm Academy"),
        ("placement.ends", "2026-07-12", "2026-07-10"),
        ("placement.weekly_minutes", 900, 720),
    ]
    assert ap.json("placement", "show", "PL-0001")[0]["ends"] == "2026-07-12"


def test_what_the_school_changes_in_its_file_afterwards_is_news(ap: Program) -> None:
    ap.ok("import", written(ap))
    ap.ok("placement", "edit", "PL-0001", "--ends", "2026-07-12")
    (row,) = ap.json("import", written(ap, End="17/07/2026"))
    assert row["changes"] == [
        {
            "record": "PL-0001",
            "field": "placement.ends",
            "before": "2026-07-12",
            "after": "2026-07-17",
        }
    ]
    (row,) = ap.json("import", written(ap))
    assert row["outcome"] == "changed", "what an import wrote, another may change back"


def test_an_import_that_was_undone_can_be_made_again(ap: Program) -> None:
    ap.ok("import", written(ap))
    ap.ok("import", written(ap, End="17/07/2026"))
    ap.ok("undo", "--yes")
    (row,) = ap.json("import", written(ap, End="17/07/2026"))
    assert row["outcome"] == "changed" and row["kept"] == []
    ap.ok("undo", "--yes")
    ap.ok("placement", "edit", "PL-0001", "--ends", "2026-07-17")
    ap.ok("undo", "--yes")
    assert ap.json("import", written(ap, End="17/07/2026"))[0]["outcome"] == "changed"


def test_an_answer_that_was_taken_away_does_not_come_back(ap: Program) -> None:
    ap.ok("import", written(ap))
    ap.ok("placement", "edit", "PL-0001", "--not-known", "ends")
    (row,) = ap.json("import", written(ap))
    assert row["outcome"] == "same" and row["kept"][0]["now"] is None


def test_a_first_answer_by_hand_is_no_newer_than_the_first_of_a_file(ap: Program) -> None:
    ap.ok("import", written(ap, End=""))
    ap.ok("placement", "edit", "PL-0001", "--ends", "2026-07-12")
    assert ap.json("import", written(ap))[0]["outcome"] == "changed"


@pytest.mark.parametrize(
    ("edit", "field"),
    [
        (("placement", "edit", "PL-0001", "--starts", "2026-01-06"), "placement.starts"),
        (("pupil", "edit", "P-0001", "--name", "Theo Pupil"), "pupil.name"),
        (("pupil", "edit", "P-0001", "--born", "2011-03-06"), "pupil.born"),
        (("provider", "edit", "PR-0001", "--name", "Hollow Oak Farm Project"), "provider.name"),
    ],
    ids=["first day", "name", "birth date", "provider"],
)
def test_who_and_what_was_corrected_here_is_found_as_the_file_still_has_it(
    ap: Program, edit: tuple[str, ...], field: str
) -> None:
    ap.ok("import", written(ap))
    ap.ok(*edit)
    ran = ap.ok("import", written(ap), "--json")
    (row,) = ran.data
    assert row["outcome"] == "same" and [one["field"] for one in row["kept"]] == [field]
    for noun in ("pupil", "provider", "placement"):
        assert len(ap.json(noun, "list")) == 1
    told = ap.ok("import", written(ap))
    assert "Test Pupil" not in told.out + ran.out and "Theo" not in told.out + ran.out


def test_an_address_that_the_council_corrected_is_not_asked_about(ap: Program) -> None:
    heads = "AP,Kind of provider,Address"
    (ap.folder / "a.csv").write_text(f"{heads}\nHollow Oak Farm,Non-school AP,1 Elm Lane\n")
    ap.ok("import", "a.csv", "providers")
    ap.ok("provider", "edit", "PR-0001", "--address", "1: 9 Far Field")
    (row,) = ap.json("import", "a.csv", "providers")
    assert row["outcome"] == "same" and row["kept"][0]["field"] == "provider.sites"
    assert "keeps sites “1: 9 Far Field”" in ap.ok("import", "a.csv", "providers").out


def test_an_end_that_the_council_corrected_stays(ap: Program) -> None:
    heads = HEADS.replace("End", "Ended")
    file = written(ap, heads, Ended="13/02/2026")
    ap.ok("import", file)
    ap.ok("placement", "end", "PL-0001", "--correct", "--day", "2026-02-20", *END)
    (row,) = ap.json("import", file)
    assert row["outcome"] == "same" and row["kept"][0]["field"] == "placement.ended"
    assert ap("import", written(ap, heads, Ended="18/02/2026")).code == 2
