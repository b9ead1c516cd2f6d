"""`ap retention`: whose record is past its period, from which day, and what stays all the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ap_cli.domain.retention import PERIODS, PUPIL, REGISTER, SEN, add_years, keep_until

from ..conftest import Program

USUAL = {name: period.usual for name, period in PERIODS.items()}
BORN = date(2000, 3, 2)


@pytest.fixture
def grown(ap: Program) -> Program:
    """Three pupils: 25 years old today, 25 tomorrow, and 25 today with SEN support."""
    ap = Program(ap.folder, on="2025-03-02")
    ap.ok(
        "pupil", "add", "Test Pupil", "--born", "2000-03-02", "--no-ehcp", "--upn", "B801200005001"
    )
    ap.ok("pupil", "add", "Second Sample", "--born", "2000-03-03")
    ap.ok("pupil", "add", "Third Sample", "--born", "2000-03-02", "--sen-support", "2010-01-01")
    return ap


def test_a_record_is_past_its_period_on_the_25th_birthday(grown: Program) -> None:
    (row,) = grown.json("retention", "report")
    assert (row["ref"], row["since"], row["setting"]) == ("P-0001", "2025-03-02", PUPIL.setting)
    assert not row["stays"] and not row["on_hold"] and not row["erased"]
    assert grown.json("retention", "report", on="2025-03-01") == []
    assert "P-0001  past since 2 March 2025" in grown.ok("retention", "report").out
    assert len(grown.json("retention", "report", on="2031-03-02")) == 3
    assert len(grown.json("retention", "report", on="2031-03-01")) == 2


def test_applying_erases_only_with_yes_and_only_who_may_go(grown: Program) -> None:
    grown.ok("pupil", "hold", "P-0002", "--reason", "an inquiry")
    said = grown.ok("retention", "apply", on="2025-03-03")
    assert "1 record would be erased: give --yes" in said.err
    grown.ok("pupil", "show", "P-0001")
    rows = grown.json("retention", "apply", "--yes", on="2025-03-03")
    assert [(row["ref"], row["erased"], row["on_hold"]) for row in rows] == [
        ("P-0001", True, False),
        ("P-0002", False, True),
    ]
    assert "ap pupil release P-0002" in rows[1]["stays"]
    assert "it was erased on 3 March 2025" in grown("pupil", "show", "P-0001").err
    grown.ok("pupil", "show", "P-0002")
    grown.ok("db", "verify")
    assert b"test pupil" not in grown.store.read_bytes().lower()
    assert b"B801200005001" not in grown.store.read_bytes()


@pytest.mark.parametrize("backups_too", [True, False])
def test_the_backups_that_hold_who_goes_are_deleted_if_wanted(
    grown: Program, backups_too: bool
) -> None:
    backup = Path(grown.ok("db", "backup").out.strip())
    found = grown.ok(
        *("retention", "apply", "--yes"), *(("--backups-too",) if backups_too else ()),
        on="2025-03-03",
    )  # fmt: skip
    assert backup.exists() is not backups_too
    assert ("Deleted 1 backup" if backups_too else "Still in 1 backup") in found.err
    assert str(backup) in found.err and "--backups-too" not in found.err


def test_several_go_in_one_change(grown: Program) -> None:
    grown.ok("retention", "apply", "--yes", on="2025-03-03")
    changes = {row["change"] for row in grown.json("log") if row["what"].startswith("erase")}
    assert len(changes) == 1
    grown.ok("db", "verify")


def test_a_period_is_a_setting(grown: Program) -> None:
    grown.ok("config", "set", "retention-pupil", "24 years")
    assert len(grown.json("retention", "report")) == 2
    grown.ok("config", "set", "retention-pupil", "never")
    assert grown.json("retention", "report") == []
    found = grown("config", "set", "retention-register", "5")
    assert found.code == 2 and "from 6 to 100, or never" in found.err


def test_a_draft_is_past_its_period_after_90_days(grown: Program) -> None:
    from ap_cli.services.drafts import keep
    from ap_cli.store.author import Author

    with grown.opened() as store:
        saved = keep(store, {"pupil": "P-0002"}, Author("tester")).at.date()
    late = date.fromordinal(saved.toordinal() + 90)
    early = date.fromordinal(saved.toordinal() + 89)

    def drafts_on(day: date) -> list[str]:
        rows = grown.json("retention", "report", on=day.isoformat())
        return [row["ref"] for row in rows if row["kind"] == "draft"]

    assert drafts_on(late) == ["D-0001"] and drafts_on(early) == []
    grown.ok("retention", "apply", "--yes", on=late.isoformat())
    assert grown.json("draft", "list") == []


@pytest.mark.parametrize(
    ("has_sen", "last_mark", "until", "period"),
    [
        (False, None, date(2025, 3, 2), PUPIL),
        (True, None, date(2031, 3, 2), SEN),
        (False, date(2019, 3, 1), date(2025, 3, 2), PUPIL),
        (False, date(2019, 3, 3), date(2025, 3, 3), REGISTER),
    ],
)
def test_the_last_period_that_ends_decides(
    has_sen: bool, last_mark: date | None, until: date, period: object
) -> None:
    kept = keep_until(BORN, has_sen, last_mark, USUAL)
    assert kept is not None and (kept.until, kept.period) == (until, period)


def test_who_was_born_on_29_february_is_25_on_the_first_of_march() -> None:
    assert add_years(date(2000, 2, 29), 25) == date(2025, 3, 1)
    assert add_years(date(2000, 2, 29), 24) == date(2024, 2, 29)


def keep_draft(ap: Program, pupil: str) -> str:
    """Save a draft about a pupil; return the day on which it is past its period."""
    from ap_cli.services.drafts import keep
    from ap_cli.store.author import Author

    with ap.opened() as store:
        saved = keep(store, {"pupil": pupil}, Author("tester")).at.date()
    return date.fromordinal(saved.toordinal() + 90).isoformat()


def test_a_draft_about_a_pupil_on_hold_stays_until_the_hold_ends(grown: Program) -> None:
    grown.ok("pupil", "hold", "P-0003", "--reason", "an inquiry")
    keep_draft(grown, "P-0002")
    late = keep_draft(grown, "P-0003")
    grown.ok("config", "set", "retention-pupil", "never")
    rows = grown.json("retention", "apply", "--yes", on=late)
    drafts = [row for row in rows if row["kind"] == "draft"]
    assert [(row["ref"], row["erased"], row["on_hold"]) for row in drafts] == [
        ("D-0001", True, False),
        ("D-0002", False, True),
    ]
    assert "P-0003 is on legal hold since" in drafts[1]["stays"]
    assert [row["ref"] for row in grown.json("draft", "list")] == ["D-0002"]
    grown.ok("pupil", "release", "P-0003", on=late)
    grown.ok("retention", "apply", "--yes", on=late)
    assert grown.json("draft", "list") == []


def test_a_draft_about_a_pupil_who_goes_as_well_is_no_error(grown: Program) -> None:
    late = keep_draft(grown, "P-0001")
    grown.ok("retention", "apply", "--yes", on=late)
    assert grown.json("draft", "list") == []
    assert "it was erased on" in grown("pupil", "show", "P-0001").err


def test_no_draft_goes_where_the_erasure_is_refused(grown: Program) -> None:
    from ap_cli.errors import ApError
    from ap_cli.services.retention import apply, list_past
    from ap_cli.store.author import Author

    late = date.fromisoformat(keep_draft(grown, "P-0002"))
    with grown.opened() as store:
        past = list_past(store, late, USUAL)
    assert {row.kind for row in past if not row.stays} == {"pupil", "draft"}
    grown.ok("pupil", "hold", "P-0001", "--reason", "an inquiry", on=late.isoformat())
    with grown.opened() as store, pytest.raises(ApError, match="on legal hold"):
        apply(store, past, Author("tester"), late)
    assert len(grown.json("draft", "list")) == 1
