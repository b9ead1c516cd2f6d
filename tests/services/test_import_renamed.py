"""A row whose name is nearly that of a child on record: the same child renamed, or a twin."""

from __future__ import annotations

import pytest

from ap_cli.services.import_values import Decisions, SamePupil
from ap_cli.store.opening import Store

from .test_importing import (
    child,
    imported,
    in_store,
    oak,
    outcomes,
    right_upn,
    row,
    store,
    there,
    wrong,
)

assert store, "the fixture is used by its name"

SCHOOL = {"home_school": "Elm Academy"}
TOLD = "this may be P-0001: write P-0001 in a column “Pupil ref” if it is, or “new” if it is another child"


def placed(number: int, name: str, born: str = "2011-03-05", **answers: object):
    return row(number, child(name, born, **SCHOOL | answers), oak(), there())


def names(store: Store) -> list[str]:
    return [one.name for one in in_store(store)[0]]


def test_a_corrected_first_name_is_asked_about_and_makes_no_second_child(store: Store) -> None:
    imported(store, placed(2, "Jon Sample"))
    corrected = placed(2, "Yonathan Sample")
    report = imported(store, corrected)
    assert wrong(report) == [(TOLD,)]
    (asked,) = report.asks
    assert isinstance(asked, SamePupil) and asked.near == (1,)
    report = imported(store, corrected, decisions=Decisions(pupils={asked: 1}))
    assert outcomes(report) == ["changed"] and names(store) == ["Yonathan Sample"]
    assert len(in_store(store)[2]) == 1
    assert outcomes(imported(store, corrected)) == ["same"]


def test_the_reference_of_the_child_says_that_it_is_the_same(store: Store) -> None:
    imported(store, placed(2, "Jon Sample"))
    report = imported(store, placed(2, "Yonathan Sample", reference=1))
    assert outcomes(report) == ["changed"] and names(store) == ["Yonathan Sample"]


def test_new_as_the_reference_says_that_it_is_another_child_and_finds_it_again(
    store: Store,
) -> None:
    imported(store, placed(2, "Ada Sample"))
    twin = placed(2, "Ida Sample", reference=0)
    assert outcomes(imported(store, twin)) == ["new"]
    assert outcomes(imported(store, twin)) == ["same"]
    assert names(store) == ["Ada Sample", "Ida Sample"] and len(in_store(store)[2]) == 2


@pytest.mark.parametrize("order", [("Ada Sample", "Ida Sample"), ("Ida Sample", "Ada Sample")])
def test_twins_who_are_both_in_the_file_are_two_in_either_order(
    store: Store, order: tuple[str, str]
) -> None:
    imported(store, placed(2, "Ada Sample"))
    report = imported(store, *(placed(at, name) for at, name in enumerate(order, 2)))
    assert sorted(outcomes(report)) == ["new", "same"] and not report.asks
    assert names(store) == ["Ada Sample", "Ida Sample"]


def test_a_third_of_a_family_is_asked_about_the_one_that_the_file_lacks(store: Store) -> None:
    imported(store, placed(2, "Ada Sample"), placed(3, "Ida Sample"))
    report = imported(store, placed(2, "Ada Sample"), placed(3, "Idalia Sample"))
    (asked,) = report.asks
    assert isinstance(asked, SamePupil) and asked.near == (2,)


def test_another_upn_another_school_or_another_birth_date_tells_a_child_apart(
    store: Store,
) -> None:
    imported(store, placed(2, "Ada Sample", upn=right_upn(1)))
    for number, other in enumerate(
        (
            placed(2, "Bea Sample", upn=right_upn(2)),
            placed(2, "Cia Sample", home_school="Ash School"),
            placed(2, "Dia Sample", born="2011-03-06"),
        ),
        2,
    ):
        assert outcomes(imported(store, other)) == ["new"]
        assert len(names(store)) == number
    assert outcomes(imported(store, placed(2, "Eda Sample"))) == ["wrong"]


def test_a_new_surname_is_asked_about_in_the_same_school_alone(store: Store) -> None:
    imported(store, placed(2, "Jon Sample"))
    assert wrong(imported(store, placed(2, "Jon Newname"))) == [(TOLD,)]
    unknown_school = row(2, child("Jon Other"), oak(), there())
    assert outcomes(imported(store, unknown_school)) == ["new"]


def test_new_as_the_reference_of_a_placement_is_a_further_one(store: Store) -> None:
    imported(store, placed(2, "Ada Sample"))
    again = row(2, child("Ada Sample", **SCHOOL), oak(), there(starts="2026-02-02"))
    ((told,),) = wrong(imported(store, again))
    assert told.endswith("in a column “Placement ref”; if it is a further one, write “new” there")
    further = row(2, child("Ada Sample", **SCHOOL), oak(), there(starts="2026-02-02", reference=0))
    assert outcomes(imported(store, further)) == ["new"] and len(in_store(store)[2]) == 2
    assert outcomes(imported(store, further)) == ["same"]
