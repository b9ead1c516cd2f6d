"""What cannot be due within what is asked is left out by the query, and nothing that is due with it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.json import encode

from ap_cli.demo.making import make
from ap_cli.services.reviews import DueReview, ReviewCalendars, end_of_half_term, list_due_reviews
from ap_cli.store.address import Address
from ap_cli.store.opening import Store, open_store
from ap_cli.store.queries.reviews import reviewed

ON = date(2026, 3, 2)
PLACEMENTS = 20
DAYS = st.integers(-400, 200).map(timedelta)
KINDS = (
    ("review", {"earlier_edition": True}),
    ("review", {"earlier_edition": True, "next_review": "2026-03-20"}),
    ("review", {"next_review": "2026-03-09"}),
    ("waiver", {"rule": "AP503", "reason": "agreed"}),
    ("discussion", {"parents_told": True}),
    ("concern", {}),
    ("request", {"asked_by": "parent"}),
)
HELD = '{"earlier_edition": true}'


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The sample school."""
    opened = open_store(Address(tmp_path_factory.mktemp("sample") / "ap.db"))
    make(opened, ON)
    return opened


def put(store: Store, statement: str, **named: Any) -> None:
    """Run a statement, with days as text."""
    store.connection.execute(statement, {name: str(value) for name, value in named.items()})


def record(store: Store, placement: int, kind: str, day: date, details: str) -> None:
    """Record something about a placement."""
    put(
        store,
        "INSERT INTO entry (placement, kind, day, details) VALUES (:id, :kind, :day, :details)",
        id=placement,
        kind=kind,
        day=day,
        details=details,
    )


NUMBERS = st.integers(1, PLACEMENTS)
MOVED = st.lists(st.tuples(NUMBERS, DAYS, st.integers(0, 300).map(timedelta)), max_size=8)
HAPPENED = st.lists(st.tuples(NUMBERS, st.sampled_from(KINDS), DAYS), max_size=10)


@given(
    moved=MOVED,
    happened=HAPPENED,
    agreed=st.lists(st.tuples(NUMBERS, DAYS), max_size=5),
    forgotten=st.lists(NUMBERS, max_size=6),
    on=st.dates(date(2025, 9, 1), date(2027, 9, 30)),
    within=st.sampled_from([None, "7d", "3w", "8w", "half-term"]),
    overdue=st.booleans(),
)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_nothing_due_within_what_is_asked_is_left_out(
    sample: Store,
    moved: list[tuple[int, timedelta, timedelta]],
    happened: list[tuple[int, tuple[str, dict[str, Any]], timedelta]],
    agreed: list[tuple[int, timedelta]],
    forgotten: list[int],
    on: date,
    within: str | None,
    overdue: bool,
) -> None:
    store = sample.suppose(foreign_keys=False)
    for placement, days, length in moved:
        span = {"first": on + days, "last": on + days + length, "id": placement}
        put(
            store,
            "UPDATE placement SET starts = :first, ends = :last WHERE id = :id AND ended IS NULL",
            **span,
        )
    for placement in forgotten:
        put(store, "DELETE FROM entry WHERE placement = :id AND kind = 'review'", id=placement)
    for placement, (kind, details), days in happened:
        record(store, placement, kind, on + days, encode(details).decode())
    for placement, days in agreed:
        dates = encode([on + days, on - days]).decode()
        put(
            store,
            "UPDATE placement SET review_dates = :dates WHERE id = :id",
            dates=dates,
            id=placement,
        )
    every = list_due_reviews(store, on)
    asked = [one for one in every if is_asked(store, one, on, within, overdue)]
    assert list_due_reviews(store, on, within, overdue) == asked
    store.close()


def is_asked(store: Store, one: DueReview, on: date, within: str | None, overdue: bool) -> bool:
    """Whether a review is one of those asked for."""
    if overdue and not one.overdue:
        return False
    if within is None:
        return True
    if within == "half-term":
        school = ReviewCalendars(store, on).of(one.school, commissioner_of(store, one))
        return one.due <= end_of_half_term(school, on)
    return one.due <= on + timedelta(int(within[:-1]) * (7 if within.endswith("w") else 1))


def commissioner_of(store: Store, one: DueReview) -> int | None:
    """The number of the commissioner of a placement."""
    number = int(one.placement.removeprefix("PL-"))
    found = store.row("SELECT commissioner FROM placement WHERE id = :id", id=number)
    return found[0]  # type: ignore[no-any-return]


@pytest.mark.parametrize(("days", "is_read"), [(-1, True), (0, False)])
def test_a_placement_reviewed_so_late_that_no_review_is_due_is_not_read(
    sample: Store, days: int, is_read: bool
) -> None:
    store = sample.suppose(foreign_keys=False)
    last = ON + timedelta(weeks=2)
    until = ReviewCalendars(store, ON).until(last)
    put(store, "DELETE FROM entry WHERE placement = 1")
    put(
        store,
        "UPDATE placement SET starts = '2025-09-01', ends = NULL, review_dates = NULL WHERE id = 1",
    )
    put(store, "DELETE FROM entry WHERE kind IN ('concern', 'request')")
    record(store, 1, "review", until.reviewed_from + timedelta(days), HELD)
    assert (1 in {one.placement for one in reviewed(store, ON, [], until)}) is is_read
    assert any(one.placement == "PL-0001" for one in list_due_reviews(store, ON, "2w")) is is_read
    store.close()


@pytest.mark.parametrize(
    ("last", "is_read"), [(date(2026, 3, 27), True), (date(2026, 3, 26), False)]
)
def test_a_placement_that_starts_is_read_once_the_last_school_day_of_its_half_term_is_asked_for(
    sample: Store, last: date, is_read: bool
) -> None:
    store = sample.suppose(foreign_keys=False)
    put(store, "DELETE FROM entry WHERE placement = 1 OR kind IN ('concern', 'request')")
    put(
        store,
        "UPDATE placement SET starts = '2026-03-03', ends = NULL, review_dates = NULL WHERE id = 1",
    )
    until = ReviewCalendars(store, ON).until(last)
    assert (1 in {one.placement for one in reviewed(store, ON, [], until)}) is is_read
    store.close()


def test_a_placement_whose_first_day_cannot_be_read_is_named_whatever_is_asked(
    sample: Store,
) -> None:
    store = sample.suppose(foreign_keys=False)
    store.connection.execute("PRAGMA ignore_check_constraints = ON")
    put(store, "UPDATE placement SET starts = 'soon' WHERE id = 1")
    unread: list[Any] = []
    list_due_reviews(store, ON, "7d", unread=unread)
    assert "PL-0001" in " ".join(map(str, unread))
    store.close()
