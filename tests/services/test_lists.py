"""Lists are read one record at a time, each with its placements."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from ap_cli.services import lists
from ap_cli.services.filters import NOT_ENDED, STATES, read_words
from ap_cli.store.address import Address
from ap_cli.store.opening import Store, open_store
from ap_cli.store.writing import change
from tests.benchmarks.large import make
from tests.services.test_importing import TESTER, child, imported, row

ON = date(2026, 3, 2)
EVERYTHING = read_words((), ON)
READ: dict[str, Callable[[Store], Iterator[object]]] = {
    "placements": lambda store: lists.placements(store, ON, EVERYTHING, True),
    "pupils": lambda store: lists.pupils(store, ON, EVERYTHING, True),
    "providers": lambda store: lists.providers(store, ON, EVERYTHING, True),
}  # fmt: skip


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample school, with a pupil who was never placed between and after the others."""
    path = tmp_path_factory.mktemp("lists") / "ap.db"
    make(path, 1)
    with open_store(Address(path)) as store:
        imported(store, row(2, child("Never Placed")))
        with change(store, TESTER, "leave a pupil without a placement") as unit:
            for placement in unit.find("placement", pupil=3):
                unit.update("placement", placement["id"], {"pupil": 2})
    return path


def test_each_pupil_has_the_placements_that_have_not_ended(sample: Path) -> None:
    with open_store(Address(sample)) as store:
        expected: dict[int, list[str]] = {}
        for one in lists.placements(store, ON, EVERYTHING, True):
            there = one.listed.placement
            if there.state(ON) in NOT_ENDED:
                expected.setdefault(there.pupil, []).append(there.ref)
        found = {
            one.pupil.id: [each.placement.ref for each in one.placed]
            for one in lists.pupils(store, ON, EVERYTHING, True)
        }
    assert 3 not in expected and len(expected) > 5
    assert found == {id: expected.get(id, []) for id in found}
    assert expected.keys() <= found.keys() and max(found) not in expected


def test_each_provider_has_as_many_pupils_as_go_there_now(sample: Path) -> None:
    with open_store(Address(sample)) as store:
        expected: dict[int, set[int]] = {}
        for one in lists.placements(store, ON, EVERYTHING, True):
            there = one.listed.placement
            if there.state(ON) in STATES["live"]:
                expected.setdefault(there.provider, set()).add(there.pupil)
        found = {
            one.provider.id: one.pupils for one in lists.providers(store, ON, EVERYTHING, True)
        }
    assert found == {id: len(expected.get(id, ())) for id in found}
    assert expected.keys() <= found.keys() and len(expected) > 3


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A store, and one that is three times as long, with as many children at each provider."""
    folder = tmp_path_factory.mktemp("long")
    paths = folder / "short.db", folder / "long.db"
    for path, placements in zip(paths, (600, 1800), strict=True):
        make(path, placements)
    return paths


@pytest.mark.parametrize("what", READ)
def test_a_long_list_takes_no_more_memory_than_a_short_one(
    what: str, stores: tuple[Path, Path]
) -> None:
    def peak(path: Path) -> int:
        with open_store(Address(path)) as store:
            tracemalloc.start()
            sum(1 for _ in READ[what](store))
            _, most = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        return most

    short, long = stores
    peak(long)  # what is remembered once is no matter
    assert peak(long) < 1.5 * peak(short)
