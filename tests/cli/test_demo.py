"""The sample: on any day, every rule that can be breached through the program is met and breached in it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from ap_cli.demo import school as sample
from ap_cli.demo.making import make
from ap_cli.rules import RULES
from ap_cli.rules.cases.subjects import UnreadCase
from ap_cli.services import checks, reviews
from ap_cli.services.checks import CheckRequest
from ap_cli.store.address import Address
from ap_cli.store.opening import Store, open_store

from ..conftest import POSIX, Program
from ..interview.terminal import ESCAPES, Terminal

REFUSED_ON_ENTRY = {"AP105", "AP901", "AP903"}


@pytest.fixture(
    scope="module",
    params=[
        "2026-03-02",
        "2026-07-25",
        "2026-08-31",
        "2026-09-01",
        "2026-11-24",
        "2027-01-02",
        "2028-02-29",
    ],
)
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Store, date]:
    address = Address(tmp_path_factory.mktemp("demo") / "ap.db")
    store, on = open_store(address), date.fromisoformat(request.param)
    make(store, on)
    return store, on


def test_it_holds_what_it_promises(made: tuple[Store, date]) -> None:
    store = made[0].connection
    counts = [
        store.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("pupil", "provider", "placement")
    ]
    assert counts == [12, 10, 20]
    starts = [date.fromisoformat(day) for (day,) in store.execute("SELECT starts FROM placement")]
    assert len({sample.Sample(day).began for day in starts}) >= 2, "over two school years"


OF_AN_OVERLAY = ("AP315", "AP607")
"""Rules that ask for what a county's overlay names: the sample has neither a checklist of its own nor a provider with terms."""


def test_every_rule_is_met_and_breached(made: tuple[Store, date]) -> None:
    store, on = made
    found = list(checks.list_findings(store, CheckRequest(on, rules=RULES, every=True)))
    asked = [
        rule for rule in RULES if rule.about is not UnreadCase and rule.id not in OF_AN_OVERLAY
    ]
    answers = {
        rule.id: {each.answer.value for each in found if each.rule == rule.id} for rule in asked
    }
    for id, given in answers.items():
        where = f"in the sample school: let a placement of ap_cli/demo/school.py show it ({given})"
        assert "met" in given or (id == "AP503" and "not yet" in given), f"{id} is not met {where}"
        if id not in REFUSED_ON_ENTRY and id != "AP103":
            assert "breached" in given, f"{id} is not breached {where}"
    assert {answer for given in answers.values() for answer in given} == {
        "met",
        "breached",
        "not yet",
        "cannot tell",
        "not applicable",
    }


def test_the_list_of_reviews_and_the_rule_about_them_agree(made: tuple[Store, date]) -> None:
    store, on = made
    request = CheckRequest(on, rules=checks.rules_like(["AP503"]))
    by_rule = {each.subject: each.due for each in checks.list_findings(store, request) if each.due}
    assert by_rule == {each.placement: each.due for each in reviews.list_due_reviews(*made)}


@pytest.mark.plain_store("begins without a store")
def test_the_demo_is_one_screen_with_three_things_to_try_and_they_work(ap: Program) -> None:
    found = ap.ok("demo")
    lines = found.out.splitlines()
    assert len(lines) <= 30
    for words in ("invented", "ap check", "UNSAFE", "Three things to try", "ap init"):
        assert words in found.out
    store = Path(json.loads(ap.ok("demo", "--json").out)["data"][0]["store"])
    assert store.is_file() and not ap.store.exists(), "the user's own store is not touched"
    assert str(store.parent.name) == "demo-2"
    tried = [line.split("  ")[1].split() for line in lines if line.startswith("  ap ")]
    assert len(tried) == 3
    for command, *args in tried:
        assert command == "ap" and ap(*args, AP_DB=str(store)).out


@POSIX
def test_the_demo_fits_a_terminal(ap: Program) -> None:
    terminal = Terminal(ap, "demo", "--folder", "x")
    assert terminal.ends() == 0
    rows = ESCAPES.sub("", terminal.transcript.getvalue()).splitlines()
    assert len(rows) <= 30 and all(len(row) <= 80 for row in rows)


def test_no_mark_of_the_demo_is_of_a_day_on_which_the_school_is_closed(ap: Program) -> None:
    ap.ok("demo", "--db", "sample.db", on="2026-11-29")
    with open_store(Address(ap.folder / "sample.db")) as store:
        days = {day for (day,) in store.connection.execute("SELECT DISTINCT day FROM mark")}
    assert days and "2026-08-31" not in days


@pytest.mark.on_files("finds a store in the folder")
def test_a_demo_is_not_made_over_a_store(placed: Program) -> None:
    assert placed("demo", "--folder", str(placed.folder)).code == 2


def test_the_demo_is_made_where_db_names_a_store(ap: Program) -> None:
    named = ap.folder / "named.db"
    assert str(named) in ap.ok("demo", "--db", str(named)).out and named.exists()
    again = ap("demo", "--db", str(named))
    assert again.code == 2 and "already" in again.err
    usual = ap.ok("--db", str(ap.folder / "other.db"), "demo", AP_DB=str(ap.folder / "other.db"))
    assert (ap.folder / "other.db").exists() and usual.code == 0
