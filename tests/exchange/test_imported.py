"""Rows of a sheet and what they say."""

from __future__ import annotations

from datetime import date

import pytest

from ap_cli.domain.imported import ImportedPlace, ImportedRow
from ap_cli.exchange.cell_words import NOT_IN_CARE, PREVIOUSLY
from ap_cli.exchange.columns import match_columns
from ap_cli.exchange.fields import all_fields
from ap_cli.exchange.imported import HEADING_AGAIN, NOTE, NOTHING_READ, TOTALS, RowReader
from ap_cli.exchange.row_answers import (
    DAYS_UNREAD,
    NO_PLACE_YET,
    NO_PLAN,
    NO_PROVIDER_YET,
    NO_UPN,
    OTHER_STATUS,
)

TODAY = date(2026, 3, 2)


def read(headings: list[str], *cells: object, **options: object) -> ImportedRow:
    """What one row below these headings says."""
    columns = match_columns(headings, [], TODAY)
    return RowReader(columns, TODAY, **options).read("Sheet1", 4, cells)  # type: ignore[arg-type]


def test_a_row_may_have_a_pupil_a_provider_and_a_placement() -> None:
    row = read(
        ["Pupil", "DOB", "Provider", "Start", "Hours"],
        "Test Pupil",
        "05/03/2011",
        "Hollow Oak",
        "05/01/2026",
        12,
    )
    assert row == ImportedRow(
        "Sheet1", 4, {"name": "Test Pupil", "born": "05/03/2011"},
        (ImportedPlace({"name": "Hollow Oak"}, {"starts": "05/01/2026", "hours": "12"}),),
    )  # fmt: skip


def test_a_row_with_column_pairs_has_two_places_that_share_what_has_no_number() -> None:
    headings = ["Pupil", "Route", "AP1", "AP1 start", "AP2", "AP2 start"]
    row = read(
        [*headings], "Test Pupil", "school-arranged", "Oak", "05/01/2026", "Elm", "06/01/2026"
    )
    assert row.places == (
        ImportedPlace({"name": "Oak"}, {"route": "school-arranged", "starts": "05/01/2026"}),
        ImportedPlace({"name": "Elm"}, {"route": "school-arranged", "starts": "06/01/2026"}),
    )
    assert (
        len(
            read(
                [*headings], "Test Pupil", "school-arranged", "Oak", "05/01/2026", None, None
            ).places
        )
        == 1
    )


def test_a_lead_is_the_provider_s_or_the_placement_s_only_where_the_heading_says_so() -> None:
    headings = ["Pupil", "AP", "Safeguarding lead", "AP Lead"]
    (place,) = read(headings, "Test Pupil", "Oak", "Ann Sample", "Bea Example").places
    assert (place.provider["lead"], place.placement["owner"]) == ("Ann Sample", "Bea Example")
    for heading in ("School lead", "Case lead"):
        (place,) = read(["Pupil", "AP", heading], "Test Pupil", "Oak", "Bea Example").places
        assert place.placement == {"owner": "Bea Example"}
    for heading in ("Lead", "AP1 lead", "DSL", "Provider's lead"):
        column = match_columns(["Pupil", "AP", "Start", heading], [], TODAY)[3]
        assert column.is_sure is heading.startswith(("DSL", "Provider")), heading
    (owner,) = match_columns(["Lead"], [], TODAY, nouns=("placement",))
    assert owner.field is not None and owner.field.name == "placement.owner"


def test_first_name_and_surname_make_a_name() -> None:
    assert read(["Surname", "Forename"], "Pupil", "Test").pupil == {"name": "Test Pupil"}


@pytest.mark.parametrize(
    ("cell", "pupil"),
    [
        ("P-0007", {"reference": 7}),
        ("p7", {"reference": 7}),
        ("A123456789012", {"upn": "A123456789012"}),
        ("PR-0007", {"name": "PR-0007"}),
    ],
)
def test_a_reference_or_upn_may_stand_where_a_name_could(
    cell: str, pupil: dict[str, object]
) -> None:
    assert read(["Pupil"], cell).pupil == pupil


@pytest.mark.parametrize(
    ("cell", "pupil"),
    [
        ("E", {"ehcp": "yes"}), ("K", {"ehcp": "no", "sen_support": "yes"}), ("N", {"ehcp": "no", "sen_support": "no"}),
        ("EHCP applied for", {"ehcp": "no"}),
    ],
)  # fmt: skip
def test_sen_status_says_whether_there_is_a_plan_and_whether_there_is_support(
    cell: str, pupil: dict[str, object]
) -> None:
    assert read(["SEN"], cell).pupil == pupil


@pytest.mark.parametrize(
    ("plan", "status", "pupil"),
    [
        ("yes", "E", {"ehcp": "yes"}), ("EHCP applied for", "K", {"ehcp": "no", "sen_support": "yes"}),
        ("01/09/2024", "E", {"ehcp": "01/09/2024"}), ("no", "N", {"ehcp": "no", "sen_support": "no"}),
        ("K", None, {"ehcp": "no", "sen_support": "yes"}), ("SEN support", "K", {"ehcp": "no", "sen_support": "yes"}),
    ],
)  # fmt: skip
def test_a_plan_and_a_sen_status_that_agree_are_both_read(
    plan: str, status: str | None, pupil: dict[str, object]
) -> None:
    for heads, cells in ((["EHCP", "SEN"], (plan, status)), (["SEN", "EHCP"], (status, plan))):
        row = read(["Pupil", *heads], "Test Pupil", *cells)
        assert (row.pupil, row.wrong) == ({"name": "Test Pupil"} | pupil, ())


@pytest.mark.parametrize(
    ("plan", "status"), [("EHCP applied for", "E"), ("N", "E"), ("Y", "K"), ("Y", "N"), ("K", "N")]
)
def test_a_plan_and_a_sen_status_that_contradict_each_other_are_wrong(
    plan: str, status: str
) -> None:
    for heads, cells in ((["EHCP", "SEN"], (plan, status)), (["SEN", "EHCP"], (status, plan))):
        (told,) = read(["Pupil", *heads], "Test Pupil", *cells).wrong
        assert OTHER_STATUS in told


@pytest.mark.parametrize(
    ("cell", "noted"),
    [("PLAC", (PREVIOUSLY,)), ("Previously looked after", (PREVIOUSLY,)), ("Ex LAC", (PREVIOUSLY,)),
     ("CP", (NOT_IN_CARE,)), ("no", ())],
)  # fmt: skip
def test_who_was_looked_after_before_is_not_now_and_that_is_noted(
    cell: str, noted: tuple[str, ...]
) -> None:
    row = read(["Pupil", "LAC"], "Test Pupil", cell)
    assert (row.pupil["looked_after"], row.noted) == ("no", noted)


@pytest.mark.parametrize(
    ("cell", "noted"),
    [("SEMH", ("“semh” was read as behaviour",)), ("Behaviour", ()),
     ("EBSA; anxiety", ("“ebsa” was read as health", "“anxiety” was read as health"))],
)  # fmt: skip
def test_a_reason_that_is_read_as_a_wider_one_is_noted(cell: str, noted: tuple[str, ...]) -> None:
    row = read(["Pupil", "AP", "Start", "Reason"], "Test Pupil", "Oak", "05/01/2026", cell)
    assert (row.noted, row.wrong) == (noted, ())


def test_hours_a_day_make_a_week_by_the_days_of_the_row() -> None:
    def hours(*cells: object) -> object:
        (place,) = read(["Provider", "Hours per day", "Days"], "Oak", *cells).places
        return place.placement.get("hours")

    assert hours(5, "Mon/Tue/Wed") == "15:00"
    assert hours(5, 3) == "15:00"
    assert hours("5.5", "3 days") == "16:30"


def test_hours_a_day_without_days_are_wrong() -> None:
    row = read(["Provider", "Hours per day", "Days"], "Oak", 5, None)
    assert row.wrong == (
        "column B, hours a day: 5 hours a day: write which days as well, or the hours of a week",
    )


def test_a_wrong_cell_names_its_column_and_what_to_write() -> None:
    row = read(["Pupil", "DOB"], "Test Pupil", "31/02/2011")
    assert row.wrong == (
        "column B, date of birth: “31/02/2011” is not a day: February 2011 has 28 days",
    )


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (("Total", None, 12), TOTALS),
        (("Grand total", None, 12), TOTALS),
        ((None, "x", None), NOTHING_READ),
        (("Pupil", "Yr", "Hours"), HEADING_AGAIN),
    ],
)
def test_rows_that_are_none_are_passed_over_and_say_why(
    cells: tuple[object, ...], why: str
) -> None:
    assert read(["Pupil", "Yr", "Hours"], *cells).passed == why


@pytest.mark.parametrize("cell", ["Total", "Sub-total:", "TOTALS 12", "Count (3)", "End of list"])
def test_a_row_of_totals_has_a_word_for_it_and_nothing_else_in_its_first_cell(cell: str) -> None:
    assert read(["Pupil", "DOB", "Hours"], cell, None, 12).passed == TOTALS


@pytest.mark.parametrize(
    "cell",
    ["Number of pupils: 119", "Left:", "2 pupils", "J. Blank, 27/11/2026", "Page 1 of 3",
     "Updated: by A. Tester"],
)  # fmt: skip
def test_a_line_alone_in_its_row_that_is_about_no_child_is_passed_over(cell: str) -> None:
    headings = ["Pupil", "DOB", "Hours"]
    assert read(headings, cell, None, None).passed == NOTE
    assert read(headings, cell, "05/03/2011", None).passed == ""
    assert read(headings, "Test Pupil", None, None).passed == ""


@pytest.mark.parametrize(
    "cell", ["Summer Tester", "Countess Child", "Meaney Tom", "Averagely ok", "Sum Sample"]
)
def test_a_child_whose_name_begins_like_a_total_is_read(cell: str) -> None:
    row = read(["Pupil", "DOB", "Hours"], cell, None, 12)
    assert row.passed == "" and row.pupil == {"name": cell}


def test_a_child_called_like_a_total_is_read_by_what_a_total_does_not_have() -> None:
    born = read(["Pupil", "DOB"], "Sum", "05/03/2011")
    assert born.passed == "" and born.pupil == {"name": "Sum", "born": "05/03/2011"}
    assert read(["Surname", "Forename"], "Sum", "Test").pupil == {"name": "Test Sum"}
    assert read(["Pupil", "Start"], "Mean", "05/01/2026").passed == ""
    assert read(["Surname", "Forename", "Hours"], "Sum", "-", 12).passed == TOTALS


def test_an_answer_for_every_row_fills_only_what_a_row_leaves_empty() -> None:
    fills = {"placement.route": "school-arranged"}
    headings = ["Pupil", "Provider", "Route"]
    (filled,) = read(headings, "Test Pupil", "Oak", None, fills=fills).places
    assert filled.placement == {}
    (filled,) = read(
        [*headings, "Start"], "Test Pupil", "Oak", None, "05/01/2026", fills=fills
    ).places
    assert filled.placement["route"] == "school-arranged"
    (kept,) = read(headings, "Test Pupil", "Oak", "pex", fills=fills).places
    assert kept.placement["route"] == "permanent-exclusion"


@pytest.mark.parametrize("cell", ["None", "nil", "No AP", "Home", "n/a", "N/A", "-", "–"])
def test_what_says_that_there_is_no_provider_makes_none_and_no_placement(cell: str) -> None:
    headings = ["Pupil", "Provider", "Start", "Hours", "Reason"]
    row = read(headings, "Test Pupil", cell, None, "0.5", "behaviour")
    assert row == ImportedRow("Sheet1", 4, {"name": "Test Pupil"})
    (begun,) = read(headings, "Test Pupil", cell, "05/01/2026", None, None).places
    assert begun == ImportedPlace({}, {"starts": "05/01/2026"})  # which asks for the provider


@pytest.mark.parametrize("cell", ["Nile Farm", "Home Farm", "No Limits", "Nilsson"])
def test_a_provider_whose_name_begins_so_is_one(cell: str) -> None:
    (place,) = read(["Pupil", "Provider", "Hours"], "Test Pupil", cell, 12).places
    assert place.provider == {"name": cell}


def test_a_provider_to_come_leaves_the_pupil_alone_and_says_so() -> None:
    headings = ["Pupil", "Provider", "Start", "Hours"]
    row = read(headings, "Test Pupil", "TBC", "tbc", 12)
    assert (row.pupil, row.places, row.noted) == ({"name": "Test Pupil"}, (), (NO_PLACE_YET,))
    begun = read(headings, "Test Pupil", "TBC", "05/01/2026", 12)
    assert (begun.places, begun.noted, begun.wrong) == ((), (NO_PROVIDER_YET,), ())
    (known,) = read([*headings, "PL ref"], "Test Pupil", "TBC", "05/01/2026", 12, "PL-0001").places
    assert known.placement["hours"] == "12"
    empty = read(headings, "Test Pupil", None, None, 12)
    assert (empty.places, empty.noted, empty.wrong) == ((), (NO_PROVIDER_YET,), ())
    (forgotten,) = read(headings, "Test Pupil", None, "05/01/2026", 12).wrong
    assert "has no provider: name it" in forgotten  # it may be merged with the cell above


@pytest.mark.parametrize(("days", "noted"), [("2", (DAYS_UNREAD,)), ("2 days", (DAYS_UNREAD,)),
                                             ("Mon/Tue", ()), (None, ())])  # fmt: skip
def test_a_number_of_days_beside_the_hours_of_a_week_is_noted(
    days: str | None, noted: tuple[str, ...]
) -> None:
    row = read(["Pupil", "Provider", "Start", "Hours", "Days"], "Test Pupil", "Oak", "05/01/2026",
               12, days)  # fmt: skip
    assert row.noted == noted and not row.wrong


@pytest.mark.parametrize("cell", ["Temp", "none yet", "NEW"])
def test_a_upn_that_is_not_there_yet_is_none_and_noted(cell: str) -> None:
    row = read(["Pupil", "UPN"], "Test Pupil", cell)
    assert (row.pupil, row.noted, row.wrong) == ({"name": "Test Pupil"}, (NO_UPN,), ())


def test_one_of_two_providers_may_be_none() -> None:
    headings = ["Pupil", "Route", "AP1", "AP1 start", "AP2", "AP2 start"]
    row = read(headings, "Test Pupil", "school-arranged", "Oak", "05/01/2026", "None", None)
    assert [place.provider for place in row.places] == [{"name": "Oak"}]


@pytest.mark.parametrize("cell", ["ditto", "Ditto.", '"', "〃", "as above"])
def test_a_name_that_points_at_the_row_above_is_wrong(cell: str) -> None:
    for heading in ("Provider", "School", "Surname"):
        assert "write the name itself" in read(["UPN", heading], None, cell).wrong[0]
    assert not read(["Pupil", "Provider"], "Di Tto", "Dittonville").wrong


def test_only_the_records_that_are_wanted_are_read() -> None:
    row = read(["Pupil", "DOB", "Provider"], "Test Pupil", "31/02/2011", "Oak", nouns=("provider",))
    assert (
        row.pupil == {} and row.wrong == () and row.places == (ImportedPlace({"name": "Oak"}, {}),)
    )


def test_who_filled_a_form_in_is_parted_from_how_to_reach_them() -> None:
    row = read(["Provider", "Your name and contact details"], "Oak", "A. Tester, 0116 496 0000")
    assert row.places[0].placement == {
        "completed_by": "A. Tester",
        "completed_contact": "0116 496 0000",
    }


def test_a_cell_that_cannot_be_trusted_is_wrong() -> None:
    def bad(row: int, column: int) -> str:
        return "it holds an error" if (row, column) == (4, 1) else ""

    row = read(["Pupil", "DOB"], "Test Pupil", "05/03/2011", bad_cells=bad)
    assert row.wrong == ("column B, date of birth: it holds an error",)


@pytest.mark.parametrize(
    ("heading", "cell", "is_noted"),
    [
        ("EHCP", "EHCP applied for", True),
        ("SEN", "EHC plan refused", True),
        ("EHCP", "no", False),
        ("EHCP", "K", False),
        ("EHCP", "yes", False),
    ],
)
def test_a_plan_that_is_not_there_yet_is_noted(heading: str, cell: str, is_noted: bool) -> None:
    assert read([heading], cell).noted == (NO_PLAN,) * is_noted


def test_every_field_has_a_label_that_can_be_read() -> None:
    labels = {name: field.label for name, field in all_fields().items()}
    assert labels["provider.registered"] == "registered school"
    assert labels["pupil.on_roll_of_a_pru"] == "on roll of a PRU"
    assert len(set(labels.values())) == len(labels)
