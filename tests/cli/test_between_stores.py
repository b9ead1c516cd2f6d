"""What one store exports and another takes in: a school's placements in the council's store."""

from __future__ import annotations

import csv
import re
import shlex
import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from ap_cli.exchange.whose import LETTERS, heading_of_store
from ap_cli.store.queries.identity import id_of_store

from ..conftest import Program, Ran
from .test_import import reasons

ON = "2026-11-29"
COMMISSIONERS = ("Example Academy", "Exampleshire Council")
FROM_ANOTHER = "the file is from another store, and its references are not read"


@pytest.fixture(scope="module")
def _demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    ap = Program(tmp_path_factory.mktemp("demo"), on=ON)
    ap.ok("demo", "--db", str(ap.store))
    return ap.folder


@pytest.fixture
def school(_demo: Path, tmp_path: Path) -> Program:
    """The sample school."""
    shutil.copytree(_demo, tmp_path / "school")
    return Program(tmp_path / "school", on=ON)


@pytest.fixture
def council(tmp_path: Path) -> Program:
    """The store of a council, with a child of its own under the school's first reference."""
    (tmp_path / "council").mkdir()
    council = Program(tmp_path / "council", on=ON)
    for name in COMMISSIONERS:
        council.ok("init", "--commissioner", name, "--kind", "local-authority")
    council.ok("pupil", "add", "Other Child", "--born", "2011-02-03")
    council.ok("provider", "add", "Other Works", "--kind", "non-school")
    return council


def sent(of: Program, to: Program, kind: str, format: str) -> str:
    """Export from one store into the folder of another; the name of the file."""
    file = f"{kind}-of-{of.folder.name}.{format}"
    of.ok("export", kind, "--out", str(to.folder / file))
    return file


def outcomes(ran: Ran) -> set[str]:
    return {row["outcome"] for row in ran.data}


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_a_school_s_placements_come_into_the_council_s_store_and_go_back_as_the_same(
    school: Program, council: Program, format: str
) -> None:
    file = sent(school, council, "placements", format)
    first = council.ok("import", file, "--json")
    assert outcomes(first) == {"new"} and FROM_ANOTHER in first.err
    assert outcomes(council.ok("import", file, "--json")) == {"same"}
    (other,) = council.json("pupil", "show", "P-0001", "--names")
    assert other["name"] == "Other Child"
    back = sent(council, school, "placements", format)
    assert outcomes(school.ok("import", back, "--json")) == {"same"}
    assert len(council.json("placement", "list")) == len(school.json("placement", "list"))


@pytest.mark.parametrize("kind", ["pupils", "providers"])
@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_pupils_and_providers_of_a_school_are_taken_in(
    school: Program, council: Program, kind: str, format: str
) -> None:
    file = sent(school, council, kind, format)
    assert outcomes(council.ok("import", file, kind, "--json")) == {"new"}
    assert outcomes(council.ok("import", file, kind, "--json")) == {"same"}


def test_attendance_goes_to_the_same_child_and_not_to_the_same_reference(ap: Program) -> None:
    (ap.folder / "other").mkdir()
    other = Program(ap.folder / "other")
    for program, names in ((ap, ("Test Pupil",)), (other, ("Other Child", "Test Pupil"))):
        rows = (
            f"{name},05/03/2011,Hollow Oak Farm,non-school,05/01/2026,12,off-site direction\n"
            for name in names
        )
        (program.folder / "a.csv").write_text(PLACED + "".join(rows))
        program.ok("import", "a.csv")
    ap.ok("attendance", "record", "PL-0001", "2026-02-25", "am", "B")
    file = sent(ap, other, "attendance", "csv")
    ran = other.ok("attendance", "import", file)
    assert "1 mark added" in ran.out and FROM_ANOTHER in ran.err
    assert other.ok("export", "attendance", "PL-0001").out.count("\n") == 1
    assert "2026-02-25" in other.ok("export", "attendance", "PL-0002").out
    again = ap.ok("attendance", "import", str(other.folder / file))
    assert "0 marks added, 1 there already" in again.out and FROM_ANOTHER not in again.err


def test_a_birth_date_that_the_school_corrects_is_not_taken_over_unseen(
    school: Program, council: Program
) -> None:
    council.ok("import", sent(school, council, "placements", "csv"))
    school.ok("pupil", "edit", "P-0001", "--born", "2012-11-11")
    ran = council("import", sent(school, council, "placements", "csv"), "--json")
    assert ran.code == 2 and outcomes(ran) == {"same", "wrong"}
    (problem,) = set(reasons(ran))
    assert problem == (
        "this UPN is that of P-0002, born on 10 November 2012: check the row; if it is the same"
        " child, correct P-0002 with ap pupil edit P-0002 --born 2012-11-11, and import again"
    )


def rewritten(ap: Program, file: str, *wanted: str, **renamed: str) -> str:
    """A CSV with some of its columns alone, renamed as an office does; its name."""
    with (ap.folder / file).open(encoding="utf-8-sig", newline="") as read:
        rows = list(csv.DictReader(read))
    with (ap.folder / "own.csv").open("w", newline="") as out:
        writer = csv.writer(out)
        heads = [next(head for head in rows[0] if head.startswith(one)) for one in wanted]
        writer.writerow(heads if renamed.get("keep") else [one.split(" (")[0] for one in heads])
        writer.writerows([[row[head] for head in heads] for row in rows])
    return "own.csv"


OWN = (
    *("Pupil ref", "Pupil name", "UPN", "Date of birth", "Provider ref", "Provider name"),
    *("Kind of provider", "Starts", "Hours a week", "Route"),
)


def test_references_that_do_not_say_whose_they_are_are_refused_with_what_to_do(
    school: Program, council: Program
) -> None:
    file = rewritten(council, sent(school, council, "placements", "csv"), *OWN)
    ran = council("import", file)
    assert ran.code == 2 and "there is no pupil P-0002 in the store" in ran.out
    assert "did you mean" not in ran.out
    asked = '--map "Pupil ref=-" --map "Provider ref=-"'
    assert asked in ran.err
    flags = ("--map", "Pupil ref=-", "--map", "Provider ref=-")
    assert outcomes(council.ok("import", file, *flags, "--json")) == {"new"}
    found = council.ok("import", file, "--json")
    assert outcomes(found) == {"same"} and any(
        "found by UPN" in row["noted"][0] for row in found.data
    )


def test_who_is_known_by_name_and_birth_date_is_not_who_has_that_reference(ap: Program) -> None:
    ap.ok("pupil", "add", "Other Child", "--born", "2011-02-03")
    ap.ok("pupil", "add", "Test Pupil", "--born", "2011-03-05")
    told = "P-0001,Test Pupil,05/03/2011,Elm Academy\n"
    (ap.folder / "a.csv").write_text(f"Pupil ref,Name,DOB,School\n{told}")
    (row,) = ap.json("import", "a.csv", "pupils")
    assert row["refs"] == ["P-0002"] and row["outcome"] == "changed"
    assert "found by UPN, or name and date of birth" in row["noted"][0]


def test_a_child_of_this_store_is_not_offered_because_a_reference_is_the_same(ap: Program) -> None:
    ap.ok("pupil", "add", "Other Child", "--born", "2011-02-03")
    (ap.folder / "a.csv").write_text("Pupil ref,Name,School\nP-0001,Test Pupil,Elm Academy\n")
    ran = ap("import", "a.csv", "pupils", "--json")
    (told,) = reasons(ran)
    assert told.startswith("P-0001 has another name: check the row; if it is the same child")
    assert '--map "Pupil ref=-"' in ap("import", "a.csv", "pupils").err


def test_references_of_this_store_are_trusted_and_a_new_name_beside_one_is_refused(
    school: Program,
) -> None:
    school.ok("export", "providers", "--out", "k.csv")
    text = (school.folder / "k.csv").read_text("utf-8-sig")
    (school.folder / "k.csv").write_text(text.replace("Larkfield Centre", "Riverside Academy"))
    ran = school("import", "k.csv", "--json")
    assert reasons(ran) == ["PR-0003 has another name: check the reference"]
    assert "another store" not in school("import", "k.csv").err


def test_the_headings_of_references_name_the_store_in_each_import_alone(school: Program) -> None:
    with school.opened() as store:
        id = id_of_store(store)
    head = school.ok("export", "placements").out.split(",")[0]
    assert head == heading_of_store("Placement ref", id) and id[:LETTERS] in head
    assert school.ok("export", "entries").out.startswith("Ref,")


def test_a_commissioner_s_reference_of_another_store_is_not_taken_for_this_one_s(
    school: Program, council: Program
) -> None:
    file = sent(school, council, "placements", "csv")
    text = (council.folder / file).read_text("utf-8-sig").replace("Example Academy", "C-0001")
    (council.folder / file).write_text(text)
    ran = council("import", file, "--json")
    assert "“C-0001” is no commissioner in ap: add it with ap init" in reasons(ran)[0]


def test_an_unknown_commissioner_is_named_and_can_be_left_out(
    school: Program, council: Program
) -> None:
    school.ok("init", "--commissioner", "Elm Academy", "--kind", "academy")
    school.ok("placement", "edit", "PL-0001", "--commissioner", "C-0003")
    file = sent(school, council, "placements", "csv")
    ran = council("import", file, "--json")
    assert set(reasons(ran)) == {
        "“Elm Academy” is no commissioner in ap: add it with ap init --commissioner"
    }
    assert (
        "if one in ap commissions all of them, leave the column out and name it, with --map"
        ' "Commissioner=-" --fill "commissioner=NAME"' in ran.err
    )
    left_out = council.ok("import", file, "--map", "Commissioner=-", "--json")
    assert all("nobody is said to commission it" in row["noted"][0] for row in left_out.data)
    assert "commissioner=NAME" in left_out.err


PLACED = "Name,DOB,Provider,Kind of provider,Start,Hours,Route\n"
ROW = "Test Pupil,05/03/2011,Hollow Oak Farm,non-school,05/01/2026,12,off-site direction\n"
BY_THE_COUNCIL = ROW.replace("off-site direction", "section 19")


def test_rows_without_a_commissioner_are_given_one_by_its_name(council: Program) -> None:
    (council.folder / "a.csv").write_text(PLACED + BY_THE_COUNCIL)
    filled = ("--fill", "commissioner=exampleshire council")
    assert council.ok("import", "a.csv", *filled, "--json").data[0]["noted"] == []
    assert council.json("placement", "show", "PL-0001")[0]["commissioner"] == "C-0002"


def test_a_commissioner_that_is_not_there_is_refused_before_anything_is_read(
    council: Program,
) -> None:
    (council.folder / "a.csv").write_text(PLACED + ROW)
    ran = council("import", "a.csv", "--fill", "commissioner=Nobody", "--dry-run")
    assert ran.code == 2 and "choose one of Example Academy, Exampleshire Council" in ran.err


def test_the_only_commissioner_is_that_of_every_row_without_a_note(ap: Program) -> None:
    ap.ok("init", "--commissioner", "Test Council", "--kind", "local-authority")
    (ap.folder / "a.csv").write_text(PLACED + BY_THE_COUNCIL)
    assert ap.ok("import", "a.csv", "--json").data[0]["noted"] == []
    assert ap.json("placement", "show", "PL-0001")[0]["commissioner"] == "C-0001"


def test_a_site_is_known_by_its_address_whatever_its_number(ap: Program) -> None:
    ap.ok("provider", "add", "Hollow Oak Farm", "--kind", "non-school", "--address", "9 Far Field")
    heads = "Name,DOB,Provider,Provider address,Placement site,Start,Hours,Route\n"
    row = 'Test Pupil,05/03/2011,Hollow Oak Farm,"1 Elm Lane\n9 Far Field",{},05/01/2026,6,ap\n'
    row = row.replace(",ap\n", ",off-site direction\n")
    (ap.folder / "a.csv").write_text(heads + row.format("1 elm lane"))
    ap.ok("import", "a.csv")
    assert ap.json("placement", "show", "PL-0001")[0]["site"] == 2
    (ap.folder / "a.csv").write_text(heads + row.format("7 Nowhere"))
    (problem,) = reasons(ap("import", "a.csv", "--json"))
    assert problem.startswith("the provider has no such site") and "7 Nowhere" not in problem


def test_the_only_commissioner_is_named_where_a_file_has_another_and_its_column_is_called_so(
    ap: Program,
) -> None:
    ap.ok("init", "--commissioner", "Exampleshire Council", "--kind", "local-authority")
    heads, row = PLACED.replace("\n", ",Commissioned by\n"), ROW.replace("\n", ",Elm Academy\n")
    (ap.folder / "a.csv").write_text(heads + row)
    ran = ap("import", "a.csv")
    told = 'leave the column out with --map "Commissioned by=-"'
    assert ran.code == 2 and f"if Exampleshire Council commissions them, {told}" in ran.err
    taken = ap.ok("import", "a.csv", "--map", "Commissioned by=-", "--json").data[0]
    assert taken["outcome"] == "new" and "ap init" not in str(taken)
    assert ap.json("placement", "show", "PL-0001")[0]["commissioner"] == "C-0001"


def corrected(school: Program, council: Program) -> str:
    """An export after the school corrected a birth date, a first day, and the day of an end."""
    council.ok("import", sent(school, council, "placements", "csv"))
    school.ok("pupil", "edit", "P-0001", "--born", "2012-11-11")
    school.ok("placement", "edit", "PL-0016", "--starts", "2027-03-08")
    school.ok("placement", "edit", "PL-0003", "--ends", "2027-02-19")
    school.ok("placement", "end", "PL-0018", "--correct", "--day", "2026-03-30")
    return sent(school, council, "placements", "csv")


def commands(of: Ran) -> list[list[str]]:
    """The commands with which the reasons of a report say how a record is corrected, once each."""
    found = re.findall(
        r"ap ((?:pupil|placement) (?:edit|end) .+?)(?:[,;]|$)", "; ".join(reasons(of))
    )
    return [shlex.split(one) for one in dict.fromkeys(found)]


def test_what_a_school_corrects_comes_into_the_council_s_store_by_the_commands_that_are_said(
    school: Program, council: Program
) -> None:
    file = corrected(school, council)
    ran = council("import", file, "--json")
    assert ran.code == 2 and outcomes(ran) == {"same", "changed", "wrong"}
    found = commands(ran)
    assert sorted(one[:2] for one in found) == [
        ["placement", "edit"], ["placement", "end"], ["pupil", "edit"],
    ]  # fmt: skip
    for one in found:
        council.ok(*one)
    assert outcomes(council.ok("import", file, "--json")) == {"same", "changed"}
    assert outcomes(council.ok("import", file, "--json")) == {"same"}
    back = sent(council, school, "placements", "csv")
    assert outcomes(school.ok("import", back, "--json")) == {"same"}


def test_a_row_of_another_store_names_the_record_it_means_in_a_column_of_this_store_s(
    school: Program, council: Program
) -> None:
    file = corrected(school, council)
    with (council.folder / file).open(encoding="utf-8-sig", newline="") as read:
        heads, *rows = csv.reader(read)
    mine = {
        row["row"]: re.findall(r"PL-\d+", row["wrong"][0])[0]
        for row in council("import", file, "--json").data
        if row["wrong"] and "may be PL-" in row["wrong"][0]
    }
    assert len(mine) == 1
    with (council.folder / file).open("w", newline="") as out:
        told = [mine.get(at, "") for at in range(2, len(rows) + 2)]
        lines = [[*row, ref] for row, ref in zip(rows, told, strict=True)]
        csv.writer(out).writerows([[*heads, "Placement ref"], *lines])
    ran = council("import", file, "--skip-wrong", "--json")
    (number,) = mine
    assert ran.data[number - 2]["outcome"] == "changed"
    assert ran.data[number - 2]["changed"] == ["placement.starts"]
    assert council.json("placement", "show", mine[number])[0]["starts"] == "2027-03-08"


def inspected(of: Program) -> dict[str, str]:
    """What the list for an inspector says of each provider."""
    lines = of.ok("report", "inspection", "--format", "table").out.splitlines()
    return {
        line.split(" (PR-")[0]: below.strip()
        for line, below in pairwise(lines)
        if line.endswith(")") and " (PR-" in line
    }


@pytest.fixture
def authority(tmp_path: Path) -> Program:
    """The store of a council that knows itself and the school."""
    (tmp_path / "authority").mkdir()
    authority = Program(tmp_path / "authority", on=ON)
    kinds = ("academy", "local-authority")
    for name, kind in zip(COMMISSIONERS, kinds, strict=True):
        authority.ok("init", "--commissioner", name, "--kind", kind)
    return authority


def test_of_a_school_s_placements_the_list_says_who_may_keep_visits(
    school: Program, authority: Program
) -> None:
    authority.ok("import", sent(school, authority, "placements", "csv"))
    said = "o visit on this record; Example Academy may keep some"
    assert said in inspected(authority)["Hollow Oak Farm"]
    rows = authority.json("report", "inspection")
    keepers = {row["provider"]: row["visits_kept_by"] for row in rows}
    assert keepers["Hollow Oak Farm"] == ["Example Academy"]
    # arranged by the council, and sent by the school
    assert keepers["Example Short Stay School"] == ["the store it came from"]
    authority.ok("config", "set", "me", "council")
    assert said in inspected(authority)["Example Short Stay School"]
    authority.ok("report", "inspection", "--out", "list.html")
    assert f"N{said}" in (authority.folder / "list.html").read_text("utf-8")


def test_a_visit_that_is_on_record_is_said_whoever_keeps_more(
    school: Program, authority: Program
) -> None:
    authority.ok("import", sent(school, authority, "placements", "csv"))
    (farm,) = (
        row["ref"] for row in authority.json("provider", "list") if row["name"] == "Hollow Oak Farm"
    )
    authority.ok("record", "visit", farm, "--day", "2026-11-02", "--by", "L. Sample")
    assert "visited 2 November 2026;" in inspected(authority)["Hollow Oak Farm"]


def test_of_placements_of_one_s_own_a_visit_that_is_missing_is_missing(school: Program) -> None:
    assert not any("may keep" in said for said in inspected(school).values())
    assert any("no visit on record" in said for said in inspected(school).values())


@pytest.mark.parametrize(("me", "said"), [("council", "may keep some"), ("school", "on record")])
def test_what_a_school_arranged_is_the_school_s_to_have_visited_if_you_are_the_council(
    council: Program, me: str, said: str
) -> None:
    council.ok("init", "--commissioner", "Other School", "--kind", "academy")
    new = ("--pupil", "P-0001", "--provider", "PR-0001", "--route", "off-site-direction")
    dates = ("--starts", "2026-11-02", "--hours", "12", "--commissioner", "C-0003")
    council.ok("placement", "new", "--no-input", *new, *dates)
    assert "no visit on record" in inspected(council)["Other Works"]
    council.ok("config", "set", "me", me)
    assert said in inspected(council)["Other Works"]


def test_a_sheet_of_one_s_own_is_from_no_other_store(school: Program, council: Program) -> None:
    text = (
        "Name,Date of birth,UPN,Provider,Route,Start date,Hours a week\n"
        "Test Pupil,27/06/2011,,Hollow Oak Farm,off-site direction,02/11/2026,12\n"
    )
    (council.folder / "own.csv").write_text(text, encoding="utf-8")
    council.ok("provider", "add", "Hollow Oak Farm", "--kind", "non-school")
    council.ok("import", "own.csv")
    assert "no visit on record" in inspected(council)["Hollow Oak Farm"]
