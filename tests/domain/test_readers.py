"""One reader a type: what each understands, and where it ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Union

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ap_cli.domain.commissioner import Commissioner
from ap_cli.domain.ending import Ending
from ap_cli.domain.entries import KINDS
from ap_cli.domain.entries.during import Review
from ap_cli.domain.identifiers import (
    LETTERS,
    Upn,
    is_right_upn,
    read_ukprn,
    read_upn,
    read_urn,
)
from ap_cli.domain.options import Tier
from ap_cli.domain.periods import Period, Periods
from ap_cli.domain.placement import Placement
from ap_cli.domain.provider import Provider
from ap_cli.domain.pupil import Pupil
from ap_cli.domain.readers import FILLER, answers_of, fill
from ap_cli.forms.facts import Asked, Unknown
from ap_cli.forms.filling import NOT_KNOWN, merge_answers
from ap_cli.forms.form import (
    Count,
    Form,
    Minutes,
    Noun,
    Pence,
    Question,
    check_year,
    question,
    questions,
    required_fields,
    type_of_answer,
)
from ap_cli.forms.readers import (
    LONGEST_TEXT,
    read_bool,
    read_count,
    read_int,
    read_minutes,
    read_minutes_or_none,
    read_pence,
    read_percent,
    read_text,
    suggest,
    write_minutes,
    write_pence,
)
from ap_cli.forms.text import hours, pounds
from ap_cli.render.nouns import fact_text
from ap_cli.rules.examples.builders import PLACEMENT, PROVIDER, PUPIL

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("yes", True),
        ("Y", True),
        (" true ", True),
        ("no", False),
        ("N", False),
        ("False", False),
        (True, True),
        (False, False),
    ],
)
def test_yes_and_no_are_read_however_they_are_written(typed: object, known: bool) -> None:
    assert read_bool(typed) is known


@pytest.mark.parametrize(
    ("read_one", "right", "wrong"),
    [
        (read_int, {"1": 1, "999999999": 999_999_999, " 7 ": 7}, ["0", "1000000000", True, "1.5", "-1", "x", "", "٣"]),
        (read_percent, {"0": 0, "87%": 87, "99": 99, "100": 100, " 5 % ": 5}, ["101", "1000", True, False, "-1", "8.5", "", "x"]),
        (read_count, {"0": 0, "999999": 999_999}, ["1000000", True, "-1", "x", ""]),
        (read_pence, {"85": 8500, "£85.50": 8550, "1,000": 100_000, "1,850": 185_000, "£1,850.50": 185_050, "0": 0, "9,999,999": 999_999_900, "9999999.99": 999_999_999, 85.5: 8550, 85.25: 8525}, ["85.555", "85.", 85.255, "10000000", True, "-1", "x", "", "1.999", "18,50,000", "1,8500", ",850", "10,000,000"]),
        (read_minutes, {"18": 1080, "18.25": 1095, "18.5": 1110, "18:10": 1090, "18h05": 1085, "0.95": 57, "0.25": 15, "60": 3600},
         ["60.25", "0", "none", "18.333", "18:60", True, "x", ""]),
        (read_minutes_or_none, {"18.25": 1095, "0": 0, 0: 0, "None ": 0, "0:00": 0, "60": 3600}, ["18.333", "18:60", True, False, "x", "", "nothing"]),
    ],
    ids=["a number", "a share", "how many", "money", "time", "time or none"],
)  # fmt: skip
def test_a_number_is_read_within_its_bounds(
    read_one: Callable[[object], int], right: dict[str, int], wrong: list[object]
) -> None:
    assert {typed: read_one(typed) for typed in right} == right
    for typed in wrong:
        with pytest.raises(ValueError, match=r"is not|has more"):
            read_one(typed)


@pytest.mark.parametrize(
    ("typed", "meant"), [("1,85", "1.85"), ("£85,5", "85.50"), ("1850,00", "1850.00")]
)
def test_a_decimal_comma_is_refused_with_the_amount_that_it_may_mean(
    typed: str, meant: str
) -> None:
    with pytest.raises(ValueError, match=f"may mean £{meant}: type {meant} if so"):
        read_pence(typed)


@pytest.mark.parametrize("hours", ["60:01", "61"])
def test_a_week_with_no_time_in_it_still_has_an_end(hours: str) -> None:
    with pytest.raises(ValueError, match="at most 60 hours"):
        read_minutes_or_none(hours)


SPELLS = st.lists(
    st.dates(date(2000, 1, 1), date(2030, 1, 1)), min_size=1, max_size=5, unique=True
).map(sorted)


@given(SPELLS)
def test_a_circumstance_is_read_back_as_it_is_printed(days: list[date]) -> None:
    pairs = [days[at : at + 2] for at in range(0, len(days), 2)]
    printed = Periods(tuple(Period(*pair) for pair in pairs))
    assert circumstance(_=str(printed)).ehcp == printed
    assert str(circumstance(_=str(Periods())).ehcp) == "no"


@given(st.integers(0, 3600), st.integers(0, 999_999_999))
def test_time_and_money_are_read_back_as_they_are_printed(minutes: int, pence: int) -> None:
    for printed in (hours(minutes), write_minutes(minutes), fact_text(minutes, Minutes)):
        assert read_minutes_or_none(printed) == minutes
        assert minutes == 0 or read_minutes(printed) == minutes
    for printed in (pounds(pence), write_pence(pence), fact_text(pence, Pence)):
        assert read_pence(printed) == pence


@pytest.mark.parametrize(
    ("read_one", "typed", "number"),
    [
        (read_upn, " b80 1200005001\r\n", "B801200005001"),
        (read_upn, "\tB801200005001\n", "B801200005001"),
        (read_urn, "123456\n", "123456"),
        (read_ukprn, "\n1234 5678", "12345678"),
    ],
)
def test_a_line_break_around_a_number_is_trimmed(
    read_one: Callable[[object], str], typed: str, number: str
) -> None:
    assert read_one(typed) == number


@pytest.mark.parametrize(
    ("read_one", "typed"),
    [
        (read_upn, "B80120000\n5001"),
        (read_upn, "B80120000\t5001"),
        (read_upn, "B８01200005001"),
        (read_urn, "123\n456"),
        (read_ukprn, "1234\r5678"),
    ],
)
def test_a_line_break_within_a_number_is_refused(
    read_one: Callable[[object], str], typed: str
) -> None:
    with pytest.raises(ValueError, match=r"a U.* is"):
        read_one(typed)


def test_a_temporary_upn_is_read_back_as_it_is_printed() -> None:
    upn = "A80120000500A"
    temporary = next(
        Upn(f"{letter}{upn[1:]}") for letter in LETTERS if is_right_upn(f"{letter}{upn[1:]}")
    )
    assert read_upn(fact_text(temporary, Upn)) == temporary


@pytest.mark.parametrize("typed", ["Test Pupil\n", "Test\nPupil", "Test\r\nPupil", "Test\tPupil"])
def test_a_name_is_kept_on_one_line(typed: str) -> None:
    assert read_text(typed) == "Test Pupil"


@pytest.mark.parametrize("length", [LONGEST_TEXT - 1, LONGEST_TEXT, LONGEST_TEXT + 1])
def test_a_text_has_an_end(length: int) -> None:
    assert LONGEST_TEXT == 20_000
    if length > LONGEST_TEXT:
        with pytest.raises(ValueError, match="20,001 letters, where at most 20,000"):
            read_text("x" * length)
    else:
        assert read_text("x" * length) == "x" * length


@pytest.mark.parametrize(
    ("day", "wrong"),
    [("1899-12-31", True), ("1900-01-01", False), ("2199-12-31", False), ("2200-01-01", True)],
)
def test_a_day_of_a_record_is_in_years_in_which_one_can_be(day: str, wrong: bool) -> None:
    if wrong:
        with pytest.raises(ValueError, match="outside the years 1900 to 2199"):
            check_year(date.fromisoformat(day))
    else:
        assert check_year(date.fromisoformat(day)).isoformat() == day


def circumstance(base: Pupil | None = None, **given: object) -> Pupil:
    answers = {
        f"ehcp{'_' + name if name else ''}": value
        for name, value in ((each.strip("_"), value) for each, value in given.items())
    }
    return fill(
        Pupil,
        ({} if base else {"name": "Test Pupil", "born": "2011-11-15"}) | answers,
        TODAY,
        base=base,
    )


@pytest.mark.parametrize(
    ("began", "spells"),
    [
        ("2025-08-31", "since 31 August 2025 until 31 August 2025"),
        ("2025-09-01", "since 1 January 2025 until 31 August 2025; since 1 September 2025"),
        ("2024-12-31", "since 31 December 2024 until 31 August 2025"),
        ("yes", "yes until 31 August 2025"),
    ],
)
def test_a_day_after_the_last_end_opens_another_period_and_any_other_corrects_the_last(
    began: str, spells: str
) -> None:
    before = circumstance(_="2025-01-01", ended="2025-08-31")
    assert str(circumstance(before, _=began).ehcp) == spells


def test_of_two_periods_the_last_is_corrected_and_ended() -> None:
    two = circumstance(circumstance(_="2024-01-01", ended="2024-06-30"), _="2025-01-01")
    assert (
        str(circumstance(two, ended="2025-06-30").ehcp)
        == "since 1 January 2024 until 30 June 2024; since 1 January 2025 until 30 June 2025"
    )
    ended = circumstance(two, ended="2025-06-30")
    assert (
        str(circumstance(ended, ended="no").ehcp)
        == "since 1 January 2024 until 30 June 2024; since 1 January 2025"
    )
    assert (
        str(circumstance(ended, _="2025-02-01").ehcp)
        == "since 1 January 2024 until 30 June 2024; since 1 February 2025 until 30 June 2025"
    )


@pytest.mark.parametrize(
    ("ended", "wrong"), [("2024-12-31", True), ("2025-01-01", False), ("2025-01-02", False)]
)
def test_a_circumstance_may_end_on_the_day_it_began_and_not_before(ended: str, wrong: bool) -> None:
    if wrong:
        with pytest.raises(Exception, match="cannot end on 2024-12-31 before it began"):
            circumstance(_="2025-01-01", ended=ended)
    else:
        assert "until" in str(circumstance(_="2025-01-01", ended=ended).ehcp)


@pytest.mark.parametrize(("typed", "told"), [(True, "yes"), (False, "no")])
def test_a_circumstance_is_answered_with_yes_or_no_as_well(typed: bool, told: str) -> None:
    assert str(circumstance(_=typed).ehcp) == told
    with pytest.raises(Exception, match="write the day it began, yes or no"):
        circumstance(_=" ")


@pytest.mark.parametrize("typed", ["no", "N", "none", "not yet", "Not  yet.", "never", "false"])
def test_every_word_for_no_is_read_wherever_no_is_an_answer(typed: str) -> None:
    assert str(circumstance(_=typed).ehcp) == "no"
    assert circumstance(_="2025-01-01", ended=typed).ehcp == Periods((Period(date(2025, 1, 1)),))
    review = fill(Review, {"day": "today", "safe": typed}, TODAY)
    assert review.safe is False


@pytest.mark.parametrize("typed", ["n/a", "nothing", "perhaps", "nope not"])
def test_a_word_that_means_neither_yes_nor_no_is_refused_with_what_works(typed: str) -> None:
    with pytest.raises(Exception, match=r"is not a day.*; or type yes or no"):
        circumstance(_=typed)
    with pytest.raises(Exception, match="answer yes or no"):
        fill(Review, {"day": "today", "safe": typed}, TODAY)


def test_no_for_a_day_is_refused_with_what_works() -> None:
    with pytest.raises(Exception, match="; if there is none, leave --next-review out"):
        fill(Review, {"day": "today", "next_review": "no"}, TODAY)
    with pytest.raises(Exception) as wrong:
        fill(Review, {"day": "no"}, TODAY)
    assert "leave" not in str(wrong.value), "this day is needed"


def test_no_is_not_an_address() -> None:
    with pytest.raises(Exception, match="“none” is not an address: leave it out if there is none"):
        fill(Provider, PROVIDER | {"address": ["none"]}, TODAY)
    assert fill(Provider, PROVIDER | {"address": ["Nonesuch Farm"]}, TODAY).sites is not None


def test_an_address_that_is_known_is_not_added_again_and_the_others_are() -> None:
    known = fill(Provider, PROVIDER | {"address": ["1 Example Lane"]}, TODAY)
    after = fill(
        Provider,
        {"address": ["1 Example Lane", "2 Example Lane", "1: 1 Example Lane"]},
        TODAY,
        base=known,
    )
    assert str(after.sites) == "1: 1 Example Lane; 2: 2 Example Lane"


def test_a_question_of_a_type_without_a_reader_says_which_and_what_to_do() -> None:
    wrong = Question("What is in the picture?", name="picture", type=bytes)
    with pytest.raises(TypeError, match=r"picture \(What is in the picture\?\) asks for bytes"):
        FILLER.read(wrong, "x", TODAY)
    right = Question("Which tier is it?", name="tier", type=Tier)
    assert FILLER.read(right, "2", TODAY) is Tier.TWO


@pytest.mark.parametrize(
    "form", [Placement, Ending, Pupil, Provider, Commissioner, *KINDS.values()]
)
def test_every_question_has_a_reader(form: type[Form]) -> None:
    for each in questions(form):
        FILLER.reader(each)


@pytest.mark.parametrize(
    ("form", "answers"),
    [
        (
            Placement,
            PLACEMENT
            | {
                "cost": "85.50",
                "school_hours": "59:30",
                "school_week_hours": "25",
                "reason": ["health", "vocational"],
            },
        ),
        (Pupil, PUPIL | {"on_roll_of_a_pru": "no"}),
        (
            Review,
            {
                "day": "2026-03-02",
                "took_part": ["a", "b"],
                "decided": "extend",
                "extend_to": "2026-07-10",
                "safe": True,
            },
        ),
    ],
)
def test_what_is_typed_again_makes_the_same_record(form: Any, answers: dict[str, Any]) -> None:
    record = fill(form, answers, TODAY, by="tester")
    again = answers_of(record)
    assert fill(form, again, TODAY) == record and NOT_KNOWN not in again


def test_what_was_asked_and_is_not_known_yet_is_typed_again_as_that() -> None:
    placement = replace(
        fill(Placement, PLACEMENT, TODAY),
        tier=Unknown("placement.tier", Asked("tester", TODAY)),
        aim=Unknown("placement.aim"),
    )
    again = answers_of(placement)
    assert (
        again[NOT_KNOWN] == ["tier"]
        and "aim" not in again
        and again["hours"] == "12:00"
        and again["pupil"] == "P-0001"
    )
    assert merge_answers(again, {"tier": "2"}).get(NOT_KNOWN) is None
    assert merge_answers(again, {NOT_KNOWN: ["aim"]})[NOT_KNOWN] == ["tier", "aim"]


def test_a_name_that_is_close_to_one_is_suggested_and_no_other() -> None:
    assert (
        suggest("ehpc", ["ehcp", "ebsa", "name"]) == "; did you mean ehcp?"
        and suggest("zzz", ["ehcp"]) == ""
    )


def test_a_gap_is_named_by_its_kind_or_its_noun() -> None:
    for form, name in ((Review, "review.decided"), (Placement, "placement.tier")):
        record = fill(
            form, {"day": "2026-03-02"} if form is Review else PLACEMENT | {"tier": None}, TODAY
        )
        assert getattr(record, name.partition(".")[2]).fact == name
        unsure = fill(
            form,
            ({"day": "2026-03-02"} if form is Review else PLACEMENT | {"tier": None})
            | {NOT_KNOWN: [name.partition(".")[2]]},
            TODAY,
            by="t",
        )
        assert getattr(unsure, name.partition(".")[2]) == Unknown(name, Asked("t", TODAY))


def test_a_question_has_one_key_one_flag_and_the_type_of_one_answer() -> None:
    both = Question(
        "Is it?", flags="--on-directory/--not-on-directory", name="on_directory", type=bool
    )
    assert (both.key, both.flag, both.item, both.several) == (
        "on_directory",
        "--on-directory",
        bool,
        False,
    )
    several = Question("How many?", name="counts", type=tuple[Count, str])
    assert (
        several.several
        and several.item is Count
        and several.quoted == "“How many?”"
        and several.flag == "--counts"
    )


def test_the_type_of_an_answer_is_what_is_left_without_the_gap() -> None:
    assert (
        type_of_answer(Union[Count, Unknown, None]) is Count
        and type_of_answer(Union[Count, str, Unknown]) == Union[Count, str]
    )
    assert (
        Noun().id == 0
        and "id" not in required_fields(Placement)
        and {"pupil", "starts"} <= required_fields(Placement)
    )


def test_a_question_that_comes_last_is_asked_after_those_of_its_own_form() -> None:
    names = [each.name for each in questions(Review)]
    assert names[0] == "day" and names[-1] == "note" and names.index("by") < names.index("decided")
    asked = question(Review, "note")
    assert asked and asked.last and not any(each.last for each in questions(Review)[:-1])
