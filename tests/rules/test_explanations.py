"""What explains an answer: each thing that a rule looked at, in words, with who recorded it."""

from __future__ import annotations

import inspect
from datetime import date
from string import Formatter
from typing import Any

import pytest

from ap_cli.domain.calendar import Calendar
from ap_cli.domain.entries.history import History
from ap_cli.domain.half_terms import HalfTerm, earliest_term_in_words
from ap_cli.domain.school_days import Closed, name_school_day, school_day_in_words
from ap_cli.forms.explaining import explanation_of
from ap_cli.rules.cases.placement import PlacementCase
from ap_cli.rules.cases.provider import ProviderCase
from ap_cli.rules.cases.pupil import PupilCase
from ap_cli.rules.cases.register import Register
from ap_cli.rules.examples.builders import (
    PUPIL,
    child,
    excluded_case,
    placement_case,
    provider_case,
)
from ap_cli.rules.in_words import name_path, parameters_of, value_in_words
from ap_cli.rules.watched import Note, Watched

from .answers import BY_ID

TERMS = Calendar(
    "Example",
    (
        HalfTerm("Example", "spring 1", date(2026, 1, 5), date(2026, 2, 13)),
        HalfTerm("Example", "spring 2", date(2026, 2, 23), date(2026, 3, 27)),
    ),
    (Closed("Example", "INSET day", date(2026, 1, 14)),),
)


def why(id: str, case: Any) -> dict[str, Note]:
    return {note.told: note for note in BY_ID[id].explain(case)}


@pytest.mark.parametrize(
    ("note", "told"),
    [
        (Note("a", "1"), "a: 1"),
        (Note("a", "1", told="“How many?”"), "“How many?”: 1"),
        (Note("a", "1", "HB 1.2"), "a: 1  [HB 1.2]"),
        (
            Note("a", "1", who="tester", when=date(2026, 3, 2)),
            "a: 1; recorded by tester on 2 March 2026",
        ),
        (
            Note("a", "1", "HB 1.2", who="tester", when=date(2026, 3, 2)),
            "a: 1  [HB 1.2]; recorded by tester on 2 March 2026",
        ),
        (Note("a", "1", who="tester"), "a: 1"),
        (Note("a", "1", when=date(2026, 3, 2)), "a: 1"),
    ],
)
def test_a_note_is_told_with_its_source_and_with_who_recorded_it(note: Note, told: str) -> None:
    assert str(note) == told


@pytest.mark.parametrize(
    ("day", "away", "there", "told"),
    [
        (
            "2026-01-12",
            3,
            "2026-01-16",
            "16 January 2026 (no school on 14 January 2026, INSET day)",
        ),
        (
            "2026-01-16",
            -3,
            "2026-01-12",
            "12 January 2026 (no school on 14 January 2026, INSET day)",
        ),
        ("2026-01-14", 1, "2026-01-15", "15 January 2026"),
        (
            "2026-01-13",
            1,
            "2026-01-15",
            "15 January 2026 (no school on 14 January 2026, INSET day)",
        ),
        ("2026-01-12", 1, "2026-01-13", "13 January 2026"),
        (
            "2026-03-26",
            5,
            "2026-04-16",
            "16 April 2026, as far as can be told: no term dates cover it",
        ),
    ],
)
def test_a_school_day_that_is_counted_to_is_told_with_what_is_not_counted(
    day: str, away: int, there: str, told: str
) -> None:
    assert (
        school_day_in_words(TERMS, date.fromisoformat(there), date.fromisoformat(day), away) == told
    )


@pytest.mark.parametrize(
    ("away", "told"),
    [
        (1, "1 school day after"),
        (2, "2 school days after"),
        (-1, "1 school day before"),
        (-2, "2 school days before"),
    ],
)
def test_so_many_school_days_away_are_told(away: int, told: str) -> None:
    assert name_school_day(date(2026, 1, 12), away) == f"{told} 12 January 2026"


def test_half_terms_are_told_by_name() -> None:
    found = [TERMS.half_term(day) for day in (date(2026, 2, 16), date(2026, 1, 4))]
    named = [value_in_words(block) for block in found]
    assert named == ["spring 1", "no term dates cover it"]


def test_a_term_that_nobody_knows_begins_at_the_earliest_nine_months_back() -> None:
    day = date(2026, 3, 2)
    assert earliest_term_in_words(TERMS, TERMS.earliest_term_before(day), day) == (
        "1 June 2025 at the earliest: no term dates cover it"
    )
    known = excluded_case().calendar
    assert "earliest" not in earliest_term_in_words(known, known.earliest_term_before(day), day)


def test_two_watched_values_are_the_same_where_their_values_are() -> None:
    one, same, other = (
        Watched(case.placement, [])
        for case in (placement_case(), placement_case(), placement_case(hours="13"))
    )
    assert (
        one == same
        and one == placement_case().placement
        and one != other
        and one != placement_case(hours="13").placement
    )


def test_each_child_is_named_with_its_facts_and_where_they_are_recorded() -> None:
    found = why("AP202", provider_case(child(1, 1141, ehcp=True), child(2, 1141, ehcp=True)))
    assert found["P-0001: whether the pupil has an EHC plan then"].fact == "pupil.ehcp of P-0001"
    assert (
        found["P-0001: the time there each week"].value == "19:01 hours"
        and found["P-0001: whether the pupil has an EHC plan or is looked after"].fact == ""
    )


def test_a_fact_of_the_record_is_named_and_what_is_derived_is_not() -> None:
    found = why("AP101", placement_case(route="school-arranged"))
    assert (
        found["“When does it start?”"].fact == "placement.starts"
        and found["“When was the pupil born?”"].fact == "pupil.born"
    )
    assert found["the last day of the pupil's compulsory school age"].fact == ""


def test_an_entry_that_was_looked_at_is_numbered() -> None:
    case = excluded_case({"day": "2026-02-06", "permanent": True}, on=date(2026, 3, 2))
    (note,) = [
        note for note in BY_ID["AP108"].explain(case) if note.told == "every exclusion recorded"
    ]
    assert note.entries == (101,) and "E-0101 of 6 February 2026 (permanent yes)" in note.value


def test_a_question_with_arguments_is_named_with_its_only_one() -> None:
    assert (
        name_path("on", (date(2026, 3, 2),)) == "on 2 March 2026"
        and name_path("knows", (date(2026, 3, 2), date(2026, 3, 3))) == "knows"
    )


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, "none"),
        (True, "yes"),
        (False, "no"),
        ((), "none"),
        ([1, True], "1; yes"),
        (date(2026, 3, 2), "2 March 2026"),
    ],
)
def test_a_value_is_told_in_words(value: object, told: str) -> None:
    assert value_in_words(value) == told


def test_money_and_time_are_told_in_their_units_and_a_name_is_not() -> None:
    found = why("AP424", placement_case(cost="300", cost_compared="2026-02-02"))
    assert found["“What does it cost a week, in pounds?”"].value == "£300"
    assert (
        why("AP802", placement_case())["“What is the pupil's name?”"].value == "recorded"
        and PUPIL["name"] == "Test Pupil"
    )


EXPLAINED = [
    (owner, name, method)
    for owner in (Calendar, History, Register, PlacementCase, ProviderCase, PupilCase)
    for name, method in inspect.getmembers(owner, inspect.isfunction)
    if explanation_of(method)
]


@pytest.mark.parametrize(
    ("owner", "name", "method"),
    EXPLAINED,
    ids=[f"{owner.__name__}.{name}" for owner, name, _ in EXPLAINED],
)
def test_what_a_question_is_called_names_only_its_own_arguments(
    owner: type, name: str, method: Any
) -> None:
    text = explanation_of(method).text  # type: ignore[union-attr]
    if isinstance(text, str):
        named = {field for _, field, _, _ in Formatter().parse(text) if field}
        assert named <= set(parameters_of(method))
    else:
        assert ["self", *inspect.signature(text).parameters] == list(
            inspect.signature(method).parameters
        )
