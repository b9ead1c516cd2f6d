"""Answers read: what is understood, and what is refused with a reason."""

from __future__ import annotations

from copy import copy
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ap_cli.domain.identifiers import is_right_upn, is_temporary, upn_problem
from ap_cli.domain.placement import Placement
from ap_cli.domain.provider import Provider
from ap_cli.domain.pupil import Pupil
from ap_cli.domain.readers import fill
from ap_cli.domain.sessions import Sessions, read_sessions
from ap_cli.errors import AnswersMissing, BadAnswers
from ap_cli.forms.facts import CannotTell, Unknown, all_of, any_of
from ap_cli.forms.filling import merge_answers
from ap_cli.forms.readers import read_minutes, read_text
from ap_cli.forms.text import hours

MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("given_", "minutes"),
    [
        ("18", 1080),
        ("18.25", 1095),
        ("18:15", 1095),
        ("18h15", 1095),
        (18.25, 1095),
        (19, 1140),
        ("0.5", 30),
        ("60", 3600),
    ],
)
def test_time_in_a_week_is_kept_in_minutes(given_: object, minutes: int) -> None:
    assert read_minutes(given_) == minutes


@pytest.mark.parametrize(
    "given_", ["0", "200", "60:01", "nan", "-3", "1e1", True, "", "18.333", "18:60", "inf", "١٨"]
)
def test_a_time_that_no_week_has_is_refused(given_: object) -> None:
    with pytest.raises(ValueError, match=r"hours|minutes"):
        read_minutes(given_)


@given(st.integers(1, 3600))
def test_hours_survive_being_told_and_read_again(minutes: int) -> None:
    assert read_minutes(hours(minutes)) == minutes


@given(st.sets(st.integers(0, 9)))
def test_sessions_survive_being_told_and_read_again(slots: set[int]) -> None:
    sessions = Sessions(tuple(sorted(slots)))
    assert read_sessions(str(sessions)) == sessions


@pytest.mark.parametrize("text", ["", "sat", "fri-mon", "mon noon", "mon-thu fri am", "m"])
def test_sessions_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"session|school day|backwards|two ways"):
        read_sessions(text)


@pytest.mark.parametrize(
    "text", ["", "   ", "a\x00b", "a\x1b[31m", "\u202eabc", "...", "\ud800", "a" * 20_001]
)
def test_text_that_cannot_be_kept_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"letter|control"):
        read_text(text)


@pytest.mark.parametrize(
    "text", ["[red]Test[/red]", "Zoë 😀", "مثال", "=1+1", "a" * 10_000, "O'Example"]
)
def test_text_that_is_only_unusual_is_kept(text: str) -> None:
    assert read_text(text) == text


def test_everything_wrong_is_said_at_once_with_what_is_missing() -> None:
    with pytest.raises(BadAnswers) as told:
        fill(Placement, {"hours": "200", "tier": "4", "zoo": 1, "route": "eotas"}, MONDAY)
    for word in ("--hours", "--tier", "zoo", "s.61", "still needed: --pupil, --provider, --starts"):
        assert word in str(told.value)


def test_what_is_missing_alone_is_another_error() -> None:
    with pytest.raises(AnswersMissing, match="--pupil, --route, --provider, --hours, --starts"):
        fill(Placement, {}, MONDAY)


def pupil(**answers: Any) -> Pupil:
    return fill(Pupil, {"name": "Test Pupil", "born": "2010-06-27"} | answers, MONDAY, "tester")


def test_not_known_yet_is_kept_apart_from_not_asked() -> None:
    asked = pupil(not_known=["ehcp"])
    assert (
        isinstance(asked.ehcp, Unknown)
        and asked.ehcp.asked
        and asked.ehcp.asked.by == "tester"
        and asked.ehcp.asked.on == MONDAY
    )
    never = pupil().ehcp
    assert isinstance(never, Unknown) and never.asked is None


@pytest.mark.parametrize(
    "answers",
    [{"not_known": ["born"]}, {"not_known": ["zoo"]}, {"not_known": ["ehcp"], "ehcp": "no"}],
)
def test_not_known_for_what_is_required_unknown_or_answered_is_refused(
    answers: dict[str, Any],
) -> None:
    with pytest.raises(BadAnswers, match="--not-known"):
        pupil(**answers)


def test_a_flag_beats_the_file_not_known_included() -> None:
    assert merge_answers({"tier": "2", "not_known": ["site"]}, {"tier": "3", "site": 1}) == {
        "tier": "3",
        "site": 1,
    }
    assert merge_answers({"tier": "2"}, {"not_known": ["tier"]}) == {"not_known": ["tier"]}


def test_a_file_that_answers_what_it_calls_not_known_loses_neither() -> None:
    both = {"tier": "2", "not_known": ["tier"]}
    assert merge_answers(both, {}) == both


def test_a_circumstance_holds_from_the_day_it_began_to_the_day_it_ended() -> None:
    held = pupil(ehcp="2024-09-01", ehcp_ended="2025-07-31").ehcp
    days = (date(2024, 8, 31), date(2024, 9, 1), date(2025, 7, 31), date(2025, 8, 1))
    assert [held.on(day) for day in days] == [False, True, True, False]  # type: ignore[union-attr]


def test_a_day_after_the_last_end_opens_another_period_and_any_other_corrects() -> None:
    first = pupil(looked_after="2020-01-01", looked_after_ended="2021-01-01")
    again = fill(Pupil, {"looked_after": "2025-01-01"}, MONDAY, base=first)
    assert (
        str(again.looked_after) == "since 1 January 2020 until 1 January 2021; since 1 January 2025"
    )
    corrected = fill(Pupil, {"looked_after": "2020-02-01"}, MONDAY, base=first)
    assert str(corrected.looked_after) == "since 1 February 2020 until 1 January 2021"


@pytest.mark.parametrize(
    "answers",
    [
        {"ehcp": "no", "ehcp_ended": "2025-01-01"},
        {"ehcp_ended": "2025-01-01"},
        {"ehcp": "2025-01-02", "ehcp_ended": "2025-01-01"},
    ],
)
def test_a_circumstance_cannot_end_before_or_without_beginning(answers: dict[str, Any]) -> None:
    with pytest.raises(BadAnswers, match="--ehcp"):
        pupil(**answers)


def test_an_address_is_added_or_corrects_the_site_of_its_number() -> None:
    provider = fill(
        Provider,
        {
            "name": "Hollow Oak Farm",
            "kind": "non-school",
            "address": "1 Example Lane",
            "satellite": ["2 Far Field"],
        },
        MONDAY,
    )
    after = fill(Provider, {"address": ["2: 3 Far Field", "4 New Lane"]}, MONDAY, base=provider)
    assert str(after.sites) == "1: 1 Example Lane; 2: 3 Far Field (satellite); 3: 4 New Lane"


@pytest.mark.parametrize(
    ("upn", "wrong"),
    [
        ("B801200005001", ""),
        ("A801200005001", "its first letter does not fit the rest"),
        ("B80120000500", "twelve digits"),
        ("E000200005001", ""),
        ("M000200005001", "its first letter does not fit the rest"),
    ],
)
def test_the_check_letter_of_a_upn(upn: str, wrong: str) -> None:
    assert wrong in upn_problem(upn) and bool(upn_problem(upn)) == bool(wrong) != is_right_upn(upn)


@pytest.mark.parametrize(
    ("upn", "temporary"),
    [("B80120000500A", True), ("B801200005001", False), ("B8012000050A1", False), ("", False)],
)
def test_a_temporary_upn_ends_in_a_letter(upn: str, temporary: bool) -> None:
    assert is_temporary(upn) is temporary


@given(
    st.from_regex(r"\A[A-Z]?[0-9]{10,12}[A-Z0-9]?\Z")
    | st.from_regex(r"\A[ A-Z0-9a-z]{12,15}\Z")
    | st.text(max_size=14)
)
def test_what_a_check_says_of_a_upn_is_what_the_library_says(upn: str) -> None:
    assert is_right_upn(upn) == (not upn_problem(upn))


@given(st.from_regex(r"\A[0-9]{11}[A-HJ-NP-RT-Z0-9]\Z"))
def test_one_letter_and_no_other_makes_a_upn_of_twelve_characters(rest: str) -> None:
    right = [letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if is_right_upn(letter + rest)]
    assert len(right) == 1 and not upn_problem(right[0] + rest)


@given(st.integers(0, 12), st.sampled_from("0123456789"))
def test_no_single_slip_in_a_upn_goes_unseen(place: int, digit: str) -> None:
    right = "B801200005001"
    slipped = right[:place] + digit + right[place + 1 :]
    assert bool(upn_problem(slipped)) == (slipped != right)


GAP = Unknown("placement.tier")


@pytest.mark.parametrize(
    "decide",
    [bool, len, list, hash, int, float, abs, round, lambda g: g == 1, lambda g: g != 1, lambda g: g < 1, lambda g: g <= 1, lambda g: g + 1, lambda g: 1 - g,
     lambda g: g in (1, 2), lambda g: 1 in g, lambda g: g[0], lambda g: g.value, lambda g: not g, lambda g: g and 1, lambda g: g % 2],
)  # fmt: skip
def test_a_gap_refuses_to_be_decided_on(decide: Any) -> None:
    with pytest.raises(CannotTell, match=r"placement\.tier"):
        decide(GAP)


def test_a_gap_can_be_copied_shown_and_compared_with_itself() -> None:
    assert copy(GAP) is not None and str(GAP) == "not recorded" and Unknown("placement.tier") == GAP


def test_or_and_and_decide_as_soon_as_what_is_known_is_enough() -> None:
    assert any_of(GAP, True) is True and all_of(GAP, False) is False
    assert any_of(GAP, False) is GAP and all_of(True, GAP) is GAP
    assert any_of() is False and all_of() is True
