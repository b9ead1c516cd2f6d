"""What is over joins a check only while something about it may be to do: nothing open is left out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.json import encode

from ap_cli.demo.making import make
from ap_cli.services.caseload import Caseload, Subject
from ap_cli.services.checks import Checker, CheckRequest
from ap_cli.services.survey import Survey
from ap_cli.store.address import Address
from ap_cli.store.opening import Store, open_store
from ap_cli.store.queries.scopes import EVERY, Scope, may_ask_for_something

ON = date(2026, 3, 2)
HISTORY = 365
DESTINATIONS = ("none", "other-placement", "home-school", "elective-home-education")


class WholeSurvey(Survey):
    """A survey that leaves no placement out."""

    def scope(self, subject: Subject | None, ended: bool) -> Scope:
        """Return the scope of all placements."""
        return EVERY


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The sample school, whose marks are left out as none of them can be of what is over."""
    opened = open_store(Address(tmp_path_factory.mktemp("sample") / "ap.db"))
    make(opened, ON)
    return opened


def answers(survey: Survey) -> list[tuple[Any, ...]]:
    """What a check finds."""
    found = Checker(survey, CheckRequest(ON), {}).list_findings()
    return sorted((one.rule, one.subject, one.answer, one.message) for one in found)


def open_answers(survey: Survey) -> list[tuple[Any, ...]]:
    """What is open of what a check finds."""
    return [one for one in answers(survey) if one[2] not in ("met", "not applicable")]


@given(
    ended=st.lists(
        st.tuples(
            st.integers(1, 20), st.integers(0, 2500), st.sampled_from(DESTINATIONS), st.booleans()
        ),
        min_size=8,
        max_size=20,
    ),
    concerns=st.lists(
        st.tuples(
            st.sampled_from(["placement", "provider"]),
            st.integers(1, 8),
            st.integers(0, 2500),
            st.sampled_from([{}, {"serious": True}, {"decision": "withdraw", "closed": True}]),
        ),
        max_size=3,
    ),
    born=st.dates(date(2007, 1, 1), date(2021, 12, 31)),
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_open_lies_outside_of_what_a_check_looks_at(
    sample: Store,
    ended: list[tuple[int, int, str, bool]],
    concerns: list[tuple[str, int, int, dict[str, Any]]],
    born: date,
) -> None:
    store = sample.suppose(foreign_keys=False)
    for placement, days, destination, long in ended:
        end(store, placement, ON - timedelta(days), destination, long)
    for owner, id, days, details in concerns:
        raise_concern(store, owner, id, ON - timedelta(days), details)
    store.connection.execute("UPDATE pupil SET born = ? WHERE id <= 6", (str(born),))
    assert open_answers(Survey(Caseload(store, ON))) == open_answers(
        WholeSurvey(Caseload(store, ON))
    )
    store.close()


def end(store: Store, placement: int, day: date, destination: str, long: bool) -> None:
    """End a placement on a day, with its start half a year or two years before."""
    began = day - timedelta(days=730 if long else 180)
    store.connection.execute(
        "UPDATE placement SET starts = :began, ends = :day, ended = :day, destination = :destination,"
        " end_reason = 'the objectives were met' WHERE id = :id",
        {"began": str(began), "day": str(day), "destination": destination, "id": placement},
    )
    store.connection.execute(
        "UPDATE week SET since = ? WHERE placement = ? AND id ="
        " (SELECT min(id) FROM week WHERE placement = ?)",
        (str(began), placement, placement),
    )


def raise_concern(store: Store, owner: str, id: int, day: date, details: dict[str, Any]) -> None:
    """Record a concern about a placement or a provider."""
    store.connection.execute(
        f"INSERT INTO entry ({owner}, kind, day, details) VALUES (?, 'concern', ?, ?)",
        (id, str(day), encode(details).decode()),
    )


def looks_at(store: Store, placement: int) -> bool:
    """Whether a check looks at a placement."""
    scope = may_ask_for_something(ON, HISTORY)
    found = store.row(f"{scope.numbers} AND pl.id = :id", **scope.named, id=placement)
    return found is not None


@pytest.fixture
def quiet(sample: Store) -> Iterator[Store]:
    """A copy of the sample school in which nobody has ever raised a concern."""
    store = sample.suppose(foreign_keys=False)
    store.connection.execute("DELETE FROM entry WHERE kind = 'concern'")
    yield store
    store.close()


@pytest.mark.parametrize(("days", "looked_at"), [(365, True), (366, False)])
def test_a_placement_is_looked_at_until_a_year_after_its_end(
    quiet: Store, days: int, looked_at: bool
) -> None:
    end(quiet, 4, ON - timedelta(days), "home-school", long=False)
    assert looks_at(quiet, 4) is looked_at


@pytest.mark.parametrize(
    ("born", "looked_at"), [("2008-09-01", True), ("2007-06-30", False), ("2021-12-31", False)]
)
def test_a_pupil_who_went_nowhere_is_looked_at_for_as_long_as_school_age_may_last(
    quiet: Store, born: str, looked_at: bool
) -> None:
    end(quiet, 4, ON - timedelta(900), "none", long=False)
    quiet.connection.execute("UPDATE pupil SET born = ? WHERE id = 4", (born,))
    assert looks_at(quiet, 4) is looked_at


def test_a_pupil_with_a_later_place_is_not_looked_at(quiet: Store) -> None:
    end(quiet, 4, ON - timedelta(900), "none", long=False)
    assert looks_at(quiet, 4)
    quiet.connection.execute("UPDATE placement SET pupil = 4 WHERE id = 5")
    assert not looks_at(quiet, 4)


@pytest.mark.parametrize(
    ("owner", "id", "days", "looked_at"),
    [
        ("placement", 4, 100, True),
        ("placement", 5, 100, False),
        ("provider", 3, 900, True),
        ("provider", 3, 899, False),
        ("provider", 3, 1080, True),
        ("provider", 3, 1081, False),
        ("placement", 5, 950, True),
    ],
)
def test_a_concern_about_it_or_its_provider_while_it_ran_keeps_it_in_sight(
    quiet: Store, owner: str, id: int, days: int, looked_at: bool
) -> None:
    """PL-0004 and PL-0005 are at PR-0003; PL-0004 ran from 1,080 to 900 days ago."""
    end(quiet, 4, ON - timedelta(900), "home-school", long=False)
    raise_concern(quiet, owner, id, ON - timedelta(days), {})
    assert looks_at(quiet, 4) is looked_at
