"""`ap provider`: whether it is registered, and since when."""

from __future__ import annotations

import pytest

from ..conftest import Program


def test_registration_may_be_a_day_or_stand_alone(ap: Program) -> None:
    ap.ok("provider", "add", "Millpond School", "--kind", "independent", "--registered")
    ap.ok(
        "provider", "add", "Larkfield Centre", "--registered", "2026-01-05", "--kind", "independent"
    )
    ap.ok("provider", "edit", "--registered", "PR-0002")
    assert [row["registered"] for row in ap.json("provider", "list")] == [
        [{"began": None, "ended": None}]
    ] * 2


@pytest.mark.parametrize("name", ["Hollow Oak Farm", "The Hollow Oak Farm Ltd"])
def test_a_provider_that_is_there_already_is_added_only_as_another(
    placed: Program, name: str
) -> None:
    typed = ("provider", "add", name, "--kind", "non-school")
    refused = placed(*typed)
    assert refused.code == 2 and refused.out == ""
    assert "PR-0001 has the same name: give --another" in refused.err
    assert len(placed.json("provider", "list")) == 1
    assert placed.ok(*typed, "--another").out == "PR-0002\n"
    assert placed("provider", "add", "Hollow Oak Barn", "--kind", "non-school").code == 0


@pytest.mark.parametrize(
    ("flag", "one", "other"), [("--urn", "100001", "100002"), ("--ukprn", "10000001", "10000002")]
)
def test_a_number_tells_two_providers_of_one_name_apart(
    ap: Program, flag: str, one: str, other: str
) -> None:
    typed = ("provider", "add", "Example Short Stay School", "--kind", "pru")
    ap.ok(*typed, flag, one)
    assert ap(*typed).code == 2, "the second has none"
    assert ap(*typed, flag, one).code == 2
    added = ap(*typed, flag, other)
    assert added.code == 0 and "PR-0001 has the same name" in added.err


def test_the_address_of_a_provider_is_not_known_yet(ap: Program) -> None:
    for address in ((), ("--address", "1 Example Lane", "--satellite", "2 Example Lane")):
        ref = ap.ok(
            *("provider", "add", f"Test Farm {len(address)}", "--kind", "non-school"), *address
        ).out.split()[0]
        ap.ok("provider", "edit", ref, "--not-known", "address")
        shown = ap.ok("provider", "show", ref).out
        assert "asked, not known yet: sites" in shown and "Example Lane" not in shown
        ap.ok("provider", "edit", ref, "--address", "2 New Lane")
        shown = ap.ok("provider", "show", ref).out
        assert "1: 2 New Lane" in shown and "not known yet: sites" not in shown


def test_a_question_that_was_asked_is_in_the_log_as_that(ap: Program) -> None:
    ap.ok("provider", "add", "Test Farm", "--kind", "non-school")
    ap.ok("provider", "edit", "PR-0001", "--not-known", "urn")
    *_, last = ap.ok("log").out.splitlines()
    assert last.endswith("edit provider  PR-0001  urn asked, not known yet")
    again = ap.ok("provider", "edit", "PR-0001", "--not-known", "urn")
    assert "No change: it already says that" in again.err
    ap.ok("provider", "edit", "PR-0001", "--urn", "123456")
    *_, last = ap.ok("log").out.splitlines()
    assert last.endswith("urn – → 123456")


def test_an_address_that_is_taken_away_is_in_the_log_and_comes_back(ap: Program) -> None:
    ap.ok("provider", "add", "Test Farm", "--kind", "non-school", "--address", "1 Example Lane")
    ap.ok("provider", "edit", "PR-0001", "--not-known", "address")
    assert "address 1 Example Lane → –" in ap.ok("log").out
    ap.ok("db", "verify")
    ap.ok("undo", "--yes")
    assert "1 Example Lane" in ap.ok("provider", "show", "PR-0001").out


def test_the_address_where_a_pupil_is_placed_is_not_taken_away(placed: Program) -> None:
    placed.ok("provider", "edit", "PR-0001", "--address", "1 Example Lane")
    placed.ok("placement", "edit", "PL-0001", "--site", "1")
    before = placed.ok("log").out
    refused = placed("provider", "edit", "PR-0001", "--not-known", "address")
    assert refused.code == 2 and placed.ok("log").out == before
    assert "an address of PR-0001 is that of PL-0001" in refused.err
    assert '--address "1: …"' in refused.err
    placed.ok("provider", "edit", "PR-0001", "--address", "1: 3 Example Lane")
    placed.ok("placement", "edit", "PL-0001", "--not-known", "site")
    placed.ok("provider", "edit", "PR-0001", "--not-known", "address")
    assert "3 Example Lane" not in placed.ok("provider", "show", "PR-0001").out
