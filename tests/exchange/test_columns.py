"""Which column holds what, by its name, its content, or a name like it."""

from __future__ import annotations

from datetime import date

import pytest

from ap_cli.domain.placement import Placement
from ap_cli.domain.provider import Provider
from ap_cli.domain.pupil import Pupil
from ap_cli.errors import ApError
from ap_cli.exchange.columns import CONTENT, LIKE, NAME, TOLD, Column, match_columns
from ap_cli.exchange.fields import SYNONYMS, all_fields, fields_by_heading, fold_heading
from ap_cli.forms.form import questions

TODAY = date(2026, 3, 2)


def matched(*headings: str, **options: object) -> dict[str, str | None]:
    """What each column holds, by its heading."""
    columns: tuple[Column, ...] = match_columns(headings, [], TODAY, **options)  # type: ignore[arg-type]
    return {column.heading: column.field.name if column.field else None for column in columns}


def test_every_question_of_a_form_can_be_imported_by_its_own_words() -> None:
    for noun in (Pupil, Provider, Placement):
        for question in questions(noun):
            name = f"{noun.NOUN}.{question.key}"
            if name in ("placement.pupil", "placement.provider"):
                continue
            assert matched(name) == {name: name}
            fields = fields_by_heading()[fold_heading(question.text)]
            assert all_fields()[name] in fields


def test_every_synonym_is_written_as_a_heading_is_compared_and_of_a_field_that_there_is() -> None:
    for name, words in SYNONYMS.items():
        assert name in all_fields()
        for word in words.split("; "):
            assert fold_heading(word) == word, (name, word)


def test_a_heading_means_one_field_unless_its_noun_decides() -> None:
    several = {
        name
        for name, fields in fields_by_heading().items()
        if len({f.noun for f in fields}) < len(fields)
    }
    assert not several


def test_columns_are_matched_as_offices_call_them() -> None:
    assert matched(
        "D.O.B.", "EHCP?", "LAC", "AP Name", "Start Date (dd/mm/yyyy)", "Hrs per week*", "Yr"
    ) == {
        "D.O.B.": "pupil.born",
        "EHCP?": "pupil.ehcp",
        "LAC": "pupil.looked_after",
        "AP Name": "provider.name",
        "Start Date (dd/mm/yyyy)": "placement.starts",
        "Hrs per week*": "placement.hours",
        "Yr": None,
    }


def test_a_heading_of_two_records_is_that_of_the_one_that_is_wanted() -> None:
    assert matched("Name") == {"Name": "pupil.name"}
    assert matched("Name", nouns=("provider",)) == {"Name": "provider.name"}


@pytest.mark.parametrize(
    "heading", ["Address", "Address (home)", "Phone", "Tel", "E-mail", "Contact number", "Phone 2"]
)
def test_an_address_beside_a_child_is_not_taken_for_the_provider_s(heading: str) -> None:
    assert matched("Pupil", "DOB", "AP", heading)[heading] is None
    assert matched("UPN", heading)[heading] is None
    assert (matched("Provider", heading)[heading] or "").startswith("provider.")


def test_an_address_that_says_whose_it_is_is_read_beside_a_child() -> None:
    found = matched("Pupil", "AP", "Provider address", "AP email")
    assert found["Provider address"] == "provider.address"
    assert found["AP email"] == "provider.contact_email"
    assert matched("Pupil", "Address", told={"Address": "provider.address"}) == {
        "Pupil": "pupil.name",
        "Address": "provider.address",
    }


def test_a_category_of_need_is_not_taken_for_the_reason_of_a_placement() -> None:
    assert matched("Primary need", "Need", "Reason for referral") == {
        "Primary need": None,
        "Need": None,
        "Reason for referral": "placement.reason",
    }


def test_why_beside_the_day_of_an_end_is_why_it_ended() -> None:
    columns = match_columns(["Name", "Left", "Why"], [], TODAY)
    assert columns[2].field is not None and columns[2].field.name == "placement.end_reason"
    assert [column.how for column in columns] == [NAME, LIKE, LIKE]
    told = match_columns(["Name", "Left", "Why"], [], TODAY, told={"Left": "ended"})
    assert told[2].field == columns[2].field and told[2].is_sure
    assert matched("Name", "Left", "Reason")["Reason"] == "placement.reason"
    assert matched("Name", "Why")["Why"] == "placement.reason"
    both = matched("Left", "Why", "Why it ended")
    assert (both["Why"], both["Why it ended"]) == ("placement.reason", "placement.end_reason")
    assert matched("Left", "Why", told={"Why": "reason"})["Why"] == "placement.reason"


def test_pairs_of_columns_are_told_apart_by_their_number() -> None:
    columns = match_columns(
        ["AP1 Provider", "AP 1 start", "Provider 2", "Start date AP2", "AP2", "School"],
        [],
        TODAY,
        told={"AP2": "-"},
    )
    assert [(column.field.name if column.field else None, column.group) for column in columns] == [
        ("provider.name", 1), ("placement.starts", 1), ("provider.name", 2), ("placement.starts", 2), (None, 2), ("pupil.home_school", 0),
    ]  # fmt: skip


def test_a_name_that_is_nearly_one_is_proposed_and_is_not_sure() -> None:
    (column,) = match_columns(["Transprot"], [], TODAY)
    assert column.field is not None and column.field.name == "placement.transport"
    assert column.how == LIKE and not column.is_sure


def test_dates_of_birth_and_upns_are_told_from_their_content() -> None:
    rows = [["05/03/2011", "A123456789012", "P-0001"]] * 3
    columns = match_columns(["When", "Number", "Who"], rows, TODAY)
    assert [(column.field.name, column.how) for column in columns if column.field] == [
        ("pupil.born", CONTENT), ("pupil.upn", CONTENT), ("pupil.reference", CONTENT),
    ]  # fmt: skip


@pytest.mark.parametrize(("days", "is_birth"), [(3, True), (2, False)])
def test_two_cells_are_too_few_to_tell_what_a_column_holds(days: int, is_birth: bool) -> None:
    (column,) = match_columns(["When"], [["05/03/2011"]] * days, TODAY)
    assert (column.field is not None) is is_birth


def test_two_columns_of_birth_dates_say_nothing_of_either() -> None:
    columns = match_columns(["One", "Two"], [["05/03/2011", "06/03/2011"]] * 4, TODAY)
    assert [column.field for column in columns] == [None, None]


def test_what_is_told_of_a_column_beats_its_name() -> None:
    columns = match_columns(
        ["School", "Start"], [], TODAY, told={"school": "placement.commissioner", "START": "-"}
    )
    assert [(column.field.name if column.field else None, column.how) for column in columns] == [
        ("placement.commissioner", TOLD), (None, TOLD),
    ]  # fmt: skip


def test_two_columns_of_one_name_are_refused() -> None:
    with pytest.raises(ApError, match="columns A and C are both called"):
        match_columns(["Start", "End", "start "], [], TODAY)


def test_two_columns_of_one_meaning_are_refused_unless_one_is_left_out() -> None:
    with pytest.raises(ApError, match="column A and column B both look like first day"):
        match_columns(["Start", "Start date"], [], TODAY)
    left = match_columns(["Start", "Start date"], [], TODAY, told={"Start": "-"})
    assert [column.how for column in left] == [TOLD, NAME]


def test_a_field_that_there_is_not_is_refused_with_what_is_near() -> None:
    with pytest.raises(ApError, match=r"did you mean placement\.starts"):
        match_columns(["Go"], [], TODAY, told={"Go": "placement.strats"})
    with pytest.raises(ApError, match=r"provider\.name"):
        match_columns(["Go"], [], TODAY, told={"Go": "name"})


def test_a_column_shows_three_different_values() -> None:
    (column,) = match_columns(
        ["School"], [["Elm"], ["Elm"], ["Oak"], [None], ["Ash"], ["Fir"]], TODAY
    )
    assert column.samples == ("Elm", "Oak", "Ash")
