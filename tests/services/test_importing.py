"""What the rows of a spreadsheet bring, whom they mean, and what they leave open."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ap_cli.domain.attendance import Mark
from ap_cli.domain.imported import ImportedPlace, ImportedRow
from ap_cli.domain.likeness import name_key, provider_key
from ap_cli.domain.placement import Placement
from ap_cli.domain.provider import Provider
from ap_cli.domain.pupil import Pupil
from ap_cli.errors import ApError
from ap_cli.services import attendance, undoing
from ap_cli.services.import_values import (
    Decisions,
    KindOfProvider,
    NeededInRows,
    NewName,
    OtherStore,
    SamePlacement,
    SameProvider,
    SamePupil,
)
from ap_cli.services.importing import ImportReport, import_rows, rehearse
from ap_cli.store.address import Address
from ap_cli.store.author import Author
from ap_cli.store.opening import Store, open_store
from ap_cli.store.queries.records import nouns
from ap_cli.store.undoing import last_change, reverse
from ap_cli.store.writing import change

TODAY = date(2026, 3, 2)
TESTER = Author("tester", None)
ALL = ("pupil", "provider", "placement")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(Address(tmp_path / "ap.db"))


def right_upn(serial: int) -> str:
    """A valid UPN, invented."""
    from stdnum.gb import upn

    rest = f"800{2000 + serial:04d}{serial:05d}"
    return f"{upn.calc_check_digit(rest)}{rest}"


def temporary_upn(serial: int) -> str:
    """A valid temporary UPN, invented: it ends in a letter."""
    from stdnum.gb import upn

    rest = f"800{2000 + serial:04d}{serial:04d}A"
    return f"{upn.calc_check_digit(rest)}{rest}"


def child(
    name: str = "Test Pupil", born: str = "2011-03-05", **answers: object
) -> dict[str, object]:
    return {"name": name, "born": born} | answers


def oak(**answers: object) -> dict[str, object]:
    return {"name": "Hollow Oak Farm", "kind": "non-school"} | answers


def there(**answers: object) -> dict[str, object]:
    return {"starts": "2026-01-06", "hours": "12", "route": "off-site-direction"} | answers


def row(
    number: int,
    pupil: dict[str, object] | None = None,
    provider: dict[str, object] | None = None,
    placement: dict[str, object] | None = None,
    **more: Any,
) -> ImportedRow:
    place = ImportedPlace(provider or {}, placement or {})
    places = (place,) if provider or placement else ()
    return ImportedRow("Sheet1", number, pupil or {}, places, **more)


def imported(
    store: Store, *rows: ImportedRow, decisions: Decisions | None = None, **options: Any
) -> ImportReport:
    return import_rows(store, rows, decisions or Decisions(), ALL, TESTER, TODAY, **options)


def outcomes(report: ImportReport) -> list[str]:
    return [one.outcome for one in report.rows]


def wrong(report: ImportReport) -> list[tuple[str, ...]]:
    return [one.wrong for one in report.rows if one.wrong]


def in_store(store: Store) -> tuple[list[Pupil], list[Provider], list[Placement]]:
    return (
        list(nouns(store, Pupil, TODAY)), list(nouns(store, Provider, TODAY)), list(nouns(store, Placement, TODAY))
    )  # fmt: skip


def test_a_row_may_add_a_pupil_a_provider_and_a_placement(store: Store) -> None:
    report = imported(store, row(2, child(), oak(), there()))
    (pupil,), (provider,), (placement,) = in_store(store)
    assert outcomes(report) == ["new"] and report.kept
    assert (placement.pupil, placement.provider) == (pupil.id, provider.id)
    assert (placement.weekly_minutes, pupil.born) == (720, date(2011, 3, 5))


def test_the_same_rows_twice_change_nothing_and_write_nothing(store: Store) -> None:
    rows = row(2, child(), oak(), there()), row(3, child("Other Pupil"), oak(), there(hours="6"))
    imported(store, *rows)
    before = last_change(store)
    report = imported(store, *rows)
    assert outcomes(report) == ["same", "same"] and not report.kept
    assert last_change(store) == before


def test_a_row_that_says_otherwise_changes_what_it_says_and_nothing_else(store: Store) -> None:
    imported(store, row(2, child(ehcp="2024-09-01"), oak(), there(exit_strategy="back to school")))
    report = imported(store, row(2, child(), oak(), there(hours="15")))
    (pupil,), _, (placement,) = in_store(store)
    assert outcomes(report) == ["changed"]
    assert [one.facts for one in next(iter(report.rows)).changes if one.facts] == [
        (("weekly_minutes", 720, 900),)
    ]
    assert (
        str(pupil.ehcp) == "since 1 September 2024" and placement.exit_strategy == "back to school"
    )


def test_one_wrong_row_keeps_all_others_out(store: Store) -> None:
    report = imported(store, row(2, child()), row(3, {"name": "Other Pupil"}))
    assert outcomes(report) == ["new", "wrong"] and not report.kept
    assert wrong(report) == [("a new pupil needs an answer: When was the pupil born?",)]
    assert in_store(store) == ([], [], [])


def test_the_wrong_rows_can_be_left_out(store: Store) -> None:
    report = imported(store, row(2, child()), row(3, {"name": "Other Pupil"}), skip_wrong=True)
    assert report.kept and [one.name for one in in_store(store)[0]] == ["Test Pupil"]


def test_a_rehearsal_says_the_same_and_keeps_nothing(store: Store) -> None:
    rows = row(2, child(), oak(), there()), row(3, child(), oak(), there(starts="2026-02-02"))
    report = rehearse(store, rows, Decisions(), ALL, TESTER, TODAY)
    assert in_store(store) == ([], [], [])
    assert list(report.rows) == list(imported(store, *rows).rows)


def test_an_import_is_one_change_that_is_undone_at_once(store: Store) -> None:
    imported(store, row(2, child(), oak(), there()), row(3, child("Other Pupil"), oak(), there()))
    done = last_change(store)
    assert done is not None and done.what == "import pupils, providers and placements"
    with change(store, TESTER, "undo", undoes=done.number) as unit:
        reverse(unit, done.number)
    assert in_store(store) == ([], [], [])


def test_a_pupil_is_found_by_name_and_birth_date_however_the_name_is_written(store: Store) -> None:
    imported(store, row(2, child("Zoë O'Test")))
    for name in ("zoe otest", "O’Test, Zoë", "ZOE  O'TEST"):
        assert outcomes(imported(store, row(2, child(name)))) == ["same"], name


def test_twins_stay_two(store: Store) -> None:
    report = imported(store, row(2, child("Ada Sample")), row(3, child("Ida Sample")))
    assert outcomes(report) == ["new", "new"] and len(in_store(store)[0]) == 2
    one, other = right_upn(1), right_upn(2)
    report = imported(
        store,
        row(2, child("Kit Sample", born="2011-03-06", upn=one)),
        row(3, child("Kit Sample", born="2011-03-06", upn=other)),
    )
    assert outcomes(report) == ["new", "new"] and len(in_store(store)[0]) == 4


def test_a_upn_finds_a_pupil_and_gives_the_new_name(store: Store) -> None:
    imported(store, row(2, child(upn=right_upn(1))))
    report = imported(store, row(2, child("Test Newname", upn=right_upn(1))))
    assert outcomes(report) == ["changed"] and [one.name for one in in_store(store)[0]] == [
        "Test Newname"
    ]


def test_a_twin_with_the_upn_of_the_other_is_asked_about_and_renames_nobody(store: Store) -> None:
    imported(store, row(2, child("Ada Sample", upn=right_upn(1))))
    twin = row(2, child("Ida Sample", upn=right_upn(1)))
    report = imported(store, twin)
    told = (
        "this UPN is that of P-0001, who has another name: check the row; if it is the same child"
    )
    assert wrong(report) == [
        (f"{told}, correct P-0001 with ap pupil edit P-0001 --name, and import again",)
    ]
    (asked,) = report.asks
    assert isinstance(asked, SamePupil) and in_store(store)[0][0].name == "Ada Sample"
    assert outcomes(imported(store, twin, decisions=Decisions(pupils={asked: 1}))) == ["changed"]


def test_who_is_said_to_be_another_child_than_the_upn_s_is_not_asked_about_again(
    store: Store,
) -> None:
    imported(store, row(2, child("Ada Sample", upn=right_upn(1))))
    twin = row(2, child("Ida Sample", upn=right_upn(1)))
    (asked,) = imported(store, twin).asks
    assert isinstance(asked, SamePupil)
    report = imported(store, twin, decisions=Decisions(pupils={asked: 0}))
    assert outcomes(report) == ["wrong"] and not report.asks


def test_a_reference_of_a_child_with_another_name_and_birth_date_is_wrong(store: Store) -> None:
    imported(store, row(2, child()))
    report = imported(store, row(2, child("Other Child", born="2012-04-06", reference=1)))
    assert wrong(report) == [
        ("P-0001 has another name and another date of birth: check the reference",)
    ]
    report = imported(store, row(2, child("Other Child", reference=1)))
    ((told,),) = wrong(report)
    assert told.startswith("P-0001 has another name: check the row") and len(report.asks) == 1


def test_a_reference_corrects_a_surname_or_a_birth_date(store: Store) -> None:
    imported(store, row(2, child()))
    assert outcomes(imported(store, row(2, child("Test Newname", reference=1)))) == ["changed"]
    corrected = child("Test Newname", born="2011-03-06", reference=1)
    assert outcomes(imported(store, row(2, corrected))) == ["changed"]
    (pupil,) = in_store(store)[0]
    assert (pupil.name, pupil.born) == ("Test Newname", date(2011, 3, 6))


def test_a_reference_that_birth_date_and_upn_both_contradict_is_wrong_and_asks_whose_it_is(
    store: Store,
) -> None:
    imported(store, row(2, child(upn=right_upn(1))))
    namesake = child(born="2012-04-06", upn=right_upn(2), reference=1)
    report = imported(store, row(2, namesake))
    assert wrong(report) == [
        ("P-0001 has another date of birth and another UPN: check the reference",)
    ]
    assert list(report.asks) == [OtherStore()]
    nobody = {"born": "2012-04-06", "upn": right_upn(2), "reference": 1, "ehcp": "yes"}
    assert outcomes(imported(store, row(2, nobody))) == ["wrong"]
    (pupil,) = in_store(store)[0]
    assert (pupil.born, pupil.upn) == (date(2011, 3, 5), right_upn(1))


@pytest.mark.parametrize(
    "answers",
    [
        {"born": "2012-04-06", "upn": right_upn(1)},
        {"born": "2012-04-06"},
        {"upn": right_upn(2)},
        {"born": "2012-04-06", "upn": temporary_upn(1)},
    ],
)
def test_a_reference_stands_against_the_birth_date_or_the_upn_alone(
    store: Store, answers: dict[str, object]
) -> None:
    imported(store, row(2, child(upn=right_upn(1))))
    report = imported(store, row(2, child(reference=1) | answers))
    assert outcomes(report) == ["changed"] and len(in_store(store)[0]) == 1


def test_a_reference_of_this_store_for_sure_is_corrected_in_birth_date_and_upn(
    store: Store,
) -> None:
    imported(store, row(2, child(upn=right_upn(1))))
    corrected = row(2, child(born="2012-04-06", upn=right_upn(2), reference=1))
    report = imported(store, corrected, decisions=Decisions(own_references=True))
    (pupil,) = in_store(store)[0]
    assert outcomes(report) == ["changed"]
    assert (pupil.born, pupil.upn) == (date(2012, 4, 6), right_upn(2))


def test_who_has_all_that_the_row_says_is_meant_and_not_the_namesake_of_its_reference(
    store: Store,
) -> None:
    namesakes = [
        child(born=day, upn=right_upn(at)) for at, day in ((1, "2011-03-05"), (2, "2012-04-06"))
    ]
    imported(store, *(row(at, one) for at, one in enumerate(namesakes, 2)))
    report = imported(store, row(2, namesakes[1] | {"reference": 1, "ehcp": "2024-09-01"}))
    assert outcomes(report) == ["changed"] and [one.refs for one in report.rows] == [("P-0002",)]


def test_a_upn_of_a_child_born_on_another_day_is_wrong(store: Store) -> None:
    imported(store, row(2, child(upn=right_upn(1))))
    report = imported(store, row(2, child(born="2011-03-06", upn=right_upn(1))))
    told = (
        "this UPN is that of P-0001, born on 5 March 2011: check the row; if it is the same child"
    )
    assert wrong(report) == [
        (f"{told}, correct P-0001 with ap pupil edit P-0001 --born 2011-03-06, and import again",)
    ]


def test_a_pupil_without_a_upn_is_given_the_one_of_the_row(store: Store) -> None:
    imported(store, row(2, child()))
    report = imported(store, row(2, child(upn=right_upn(1))))
    assert outcomes(report) == ["changed"] and in_store(store)[0][0].upn == right_upn(1)


def test_a_name_alone_is_asked_about_and_never_guessed(store: Store) -> None:
    imported(store, row(2, child()))
    rows = row(2, {"name": "Test Pupil", "ehcp": "yes"})
    report = imported(store, rows)
    asked = SamePupil("Test Pupil", None, (1,), (("Test Pupil", date(2011, 3, 5)),))
    assert wrong(report) == [("this may be P-0001: write the date of birth or the UPN",)]
    assert report.asks == {asked: 1}
    report = imported(store, rows, decisions=Decisions(pupils={asked: 1}))
    assert outcomes(report) == ["changed"]


def test_a_middle_name_more_is_asked_about(store: Store) -> None:
    imported(store, row(2, child("Test Pupil")))
    report = imported(store, row(2, child("Test Middle Pupil")))
    told = "this may be P-0001: write P-0001 in a column “Pupil ref” if it is, or “new” if it is"
    assert wrong(report) == [(f"{told} another child",)]
    (asked,) = report.asks
    assert outcomes(
        imported(store, row(2, child("Test Middle Pupil")), decisions=Decisions(pupils={asked: 0}))
    ) == ["new"]  # type: ignore[dict-item]


def test_a_name_with_another_date_of_birth_is_asked_about_and_corrects_who_is_meant(
    store: Store,
) -> None:
    imported(store, row(2, child(born="2012-03-14"), oak(), there()))
    corrected = row(2, child(born="2011-03-14"), {"name": "Hollow Oak Farm"}, there())
    report = imported(store, corrected)
    told = "this may be P-0001: write P-0001 in a column “Pupil ref” if it is, or “new” if it is"
    assert wrong(report)[0][0] == f"{told} another child"
    (asked,) = report.asks
    assert isinstance(asked, SamePupil)
    report = imported(store, corrected, decisions=Decisions(pupils={asked: 1}))
    pupils, _, placements = in_store(store)
    assert outcomes(report) == ["changed"] and len(placements) == 1
    assert [one.born for one in pupils] == [date(2011, 3, 14)]


def test_a_namesake_is_another_child_by_the_answer_or_by_both_their_upns(store: Store) -> None:
    imported(store, row(2, child(upn=right_upn(1))))
    namesake = child(born="2012-04-06")
    report = imported(store, row(2, namesake | {"upn": right_upn(2)}))
    assert outcomes(report) == ["new"]
    third = row(2, child(born="2013-04-06"))
    (asked,) = imported(store, third).asks
    assert isinstance(asked, SamePupil) and asked.near == (1, 2)
    assert outcomes(imported(store, third, decisions=Decisions(pupils={asked: 0}))) == ["new"]
    twin = row(2, child("Ida Pupil", born="2012-03-05"))
    assert outcomes(imported(store, twin)) == ["new"]


def test_a_provider_is_found_however_its_name_is_written(store: Store) -> None:
    imported(store, row(2, provider=oak(name="The Oak & Elm Centre Ltd.")))
    report = imported(store, row(2, provider={"name": "oak and elm centre"}))
    assert outcomes(report) == ["same"] and len(in_store(store)[1]) == 1


def test_a_provider_of_the_same_name_and_another_urn_is_wrong(store: Store) -> None:
    imported(store, row(2, provider=oak(urn="123456")))
    report = imported(store, row(2, provider=oak(urn="654321")))
    told = "PR-0001 is called so and has another URN: check both; if it is meant, write it in"
    assert wrong(report) == [(f"{told} a column “Provider ref”",)]
    assert outcomes(imported(store, row(2, provider=oak(urn="123456")))) == ["same"]
    report = imported(store, row(2, provider={"reference": 1, "urn": "654321"}))
    assert outcomes(report) == ["changed"] and in_store(store)[1][0].urn == "654321"


def test_a_reference_renames_no_provider_that_is_called_otherwise(store: Store) -> None:
    imported(store, row(2, provider=oak(urn="123456")), row(3, provider=oak(name="Elm Works")))
    other = row(2, provider={"reference": 1, "name": "Riverside Academy"})
    report = imported(store, other)
    assert wrong(report) == [("PR-0001 has another name: check the reference",)]
    assert list(report.asks) == [OtherStore()]
    own = Decisions(own_references=True)
    (asked,) = imported(store, other, decisions=own).asks
    assert asked == NewName(1, "Hollow Oak Farm", "Riverside Academy")
    for spelt, outcome in (("Hollow Oak Farm", "same"), ("", "wrong")):
        decided = Decisions(providers={"riverside academy": spelt})
        assert outcomes(imported(store, other, decisions=decided)) == [outcome]
    near = {"reference": 1, "name": "Hollow Oak Frm"}
    assert outcomes(imported(store, row(2, provider=near | {"urn": "654321"}))) == ["wrong"]
    assert outcomes(imported(store, row(2, provider=near))) == ["changed"]
    report = imported(store, row(2, provider={"reference": 2, "urn": "123456"}))
    told = "this URN is that of PR-0001, and not of PR-0002: check the reference"
    assert wrong(report) == [(told,)]


def test_a_provider_without_a_urn_is_given_the_one_of_the_row(store: Store) -> None:
    imported(store, row(2, provider=oak()))
    assert outcomes(imported(store, row(2, provider=oak(urn="123456")))) == ["changed"]


def test_a_provider_spelt_nearly_so_is_asked_about_once_for_all_its_rows(store: Store) -> None:
    imported(store, row(2, provider=oak()))
    rows = [
        row(at, child(), {"name": "Hollow Oak Frm"}, there(starts=f"2026-01-{at:02d}"))
        for at in (5, 6)
    ]
    report = imported(store, *rows)
    assert (
        report.asks == {SameProvider("Hollow Oak Frm", ("Hollow Oak Farm",)): 2}
        and report.wrong == 2
    )
    spelt = Decisions(providers={"hollow oak frm": "Hollow Oak Farm"})
    assert outcomes(imported(store, *rows, decisions=spelt)) == ["new", "new"]
    assert len(in_store(store)[1]) == 1


def test_a_provider_that_is_said_to_be_another_is_added(store: Store) -> None:
    imported(store, row(2, provider=oak()))
    report = imported(
        store,
        row(2, provider=oak(name="Hollow Oak")),
        decisions=Decisions(providers={"hollow oak": ""}),
    )
    assert outcomes(report) == ["new"] and len(in_store(store)[1]) == 2


def test_a_new_provider_needs_its_kind_which_is_asked_once(store: Store) -> None:
    rows = [row(2, provider={"name": "Elm Works"}), row(3, provider={"name": "Elm works"})]
    report = imported(store, *rows)
    assert list(report.asks) == [KindOfProvider("Elm Works"), KindOfProvider("Elm works")]
    report = imported(store, *rows, decisions=Decisions(kinds={"elm works": "work-based"}))
    assert outcomes(report) == ["new", "same"] and in_store(store)[1][0].kind == "work-based"


def test_a_placement_without_a_route_asks_for_it(store: Store) -> None:
    answers = there()
    del answers["route"]
    report = imported(store, row(2, child(), oak(), answers))
    assert list(report.asks) == [NeededInRows("placement.route")]
    assert wrong(report) == [("a new placement needs an answer: Why can you place this pupil?",)]


def test_a_placement_is_the_same_by_pupil_provider_and_start(store: Store) -> None:
    imported(store, row(2, child(), oak(), there()))
    assert outcomes(imported(store, row(2, child(), oak(), there()))) == ["same"]
    both = [row(2, child(), oak(), there()), row(3, child(), oak(name="Elm Works"), there())]
    assert outcomes(imported(store, *both)) == ["same", "new"]


def test_another_first_day_while_a_placement_runs_there_is_asked_about(store: Store) -> None:
    imported(store, row(2, child(), oak(), there()))
    moved = row(2, child(), oak(), there(starts="2026-01-07"))
    report = imported(store, moved)
    assert wrong(report) == [
        (
            "this may be PL-0001, which begins on 6 January 2026: if it is, correct that with ap"
            " placement edit PL-0001 --starts 2026-01-07, or write PL-0001 in a column “Placement"
            " ref”; if it is a further one, write “new” there",
        )
    ]
    (asked,) = report.asks
    assert asked == SamePlacement(1, date(2026, 1, 6), date(2026, 1, 7), 1, "Test Pupil")
    decided = Decisions(placements={asked: True})
    assert outcomes(imported(store, moved, decisions=decided)) == ["changed"]
    assert [one.starts for one in in_store(store)[2]] == [date(2026, 1, 7)]
    named = there(starts="2026-01-08", reference=1)
    assert outcomes(imported(store, row(2, child(), oak(), named))) == ["changed"]


@pytest.mark.parametrize(
    ("starts", "ends", "outcome"),
    [
        ("2026-03-27", None, "wrong"), ("2026-03-28", None, "new"),
        ("2025-11-03", "2026-01-06", "wrong"), ("2025-11-03", "2026-01-05", "new"),
    ],
)  # fmt: skip
def test_a_placement_before_or_after_one_on_record_is_a_new_one(
    store: Store, starts: str, ends: str | None, outcome: str
) -> None:
    imported(store, row(2, child(), oak(), there(ends="2026-03-27")))
    more = {"starts": starts} | ({"ends": ends} if ends else {})
    assert outcomes(imported(store, row(2, child(), oak(), there(**more)))) == [outcome]


def test_a_placement_that_the_file_names_itself_is_no_other_row_s(store: Store) -> None:
    imported(store, row(2, child(), oak(), there()))
    rows = row(2, child(), oak(), there()), row(3, child(), oak(), there(starts="2026-02-02"))
    assert outcomes(imported(store, *rows)) == ["same", "new"]


def test_a_reference_finds_a_record_and_refuses_another_pupil_or_provider(store: Store) -> None:
    imported(
        store,
        row(2, child(), oak(), there()),
        row(3, child("Other Pupil"), oak(name="Elm Works"), {}),
    )
    assert outcomes(imported(store, row(2, placement={"reference": 1, "hours": "9"}))) == [
        "changed"
    ]
    report = imported(store, row(2, child("Other Pupil"), None, {"reference": 1, "hours": "10"}))
    assert wrong(report) == [("PL-0001 is another pupil's: correct the pupil or the placement",)]
    report = imported(store, row(2, None, {"name": "Elm Works"}, {"reference": 1, "hours": "10"}))
    told = "PL-0001 is at PR-0001: correct the provider, or end PL-0001 and plan one at the other"
    assert wrong(report) == [(f"{told} with ap placement new",)]
    report = imported(store, row(2, {"reference": 9}))
    assert "there is no pupil P-0009" in wrong(report)[0][0]


def test_a_yes_keeps_the_day_on_which_something_began(store: Store) -> None:
    imported(store, row(2, child(ehcp="2024-09-01")))
    assert outcomes(imported(store, row(2, child(ehcp="yes")))) == ["same"]


def test_a_no_never_wipes_out_since_when_something_holds(store: Store) -> None:
    imported(store, row(2, child(ehcp="2024-09-01")))
    report = imported(store, row(2, child(ehcp="no")))
    assert wrong(report) == [
        (
            "ehcp: yes on record; if it ended, write both days, such as since 1 September 2024"
            " until 2 May 2025",
        )
    ]
    both = child(ehcp="since 1 September 2024 until 2 May 2025")
    assert outcomes(imported(store, row(2, both))) == ["changed"]
    assert outcomes(imported(store, row(2, child(ehcp="no")))) == ["same"]
    assert str(in_store(store)[0][0].ehcp) == "since 1 September 2024 until 2 May 2025"


def test_a_yes_never_wipes_out_that_something_ended(store: Store) -> None:
    imported(store, row(2, child(looked_after="since 1 September 2024 until 1 June 2025")))
    report = imported(store, row(2, child(looked_after="yes")))
    assert [reason.partition(": ")[2] for (reason,) in wrong(report)] == [
        "ended on record; if it began again, write the day"
    ]
    assert outcomes(imported(store, row(2, child(looked_after="2025-09-01")))) == ["changed"]
    assert str(in_store(store)[0][0].looked_after) == (
        "since 1 September 2024 until 1 June 2025; since 1 September 2025"
    )


def test_a_yes_where_a_no_is_recorded_is_a_change(store: Store) -> None:
    imported(store, row(2, child(ehcp="no")))
    assert outcomes(imported(store, row(2, child(ehcp="no")))) == ["same"]
    assert outcomes(imported(store, row(2, child(ehcp="yes")))) == ["changed"]


def test_two_rows_that_say_otherwise_of_one_child_are_wrong(store: Store) -> None:
    report = imported(store, row(2, child(home_school="Elm")), row(5, child(home_school="Oak")))
    assert wrong(report) == [("row 2 says otherwise of this new pupil: home school",)]
    report = imported(store, row(2, child(home_school="Elm")), row(5, child(ehcp="yes")))
    assert outcomes(report) == ["new", "changed"]


def test_a_contradiction_is_refused_as_it_is_in_a_form(store: Store) -> None:
    report = imported(store, row(2, child(), oak(), there(ends="2026-01-05")))
    told = "it is planned to end on 5 January 2026, before it starts on 6 January 2026"
    assert wrong(report) == [(told,)]
    report = imported(store, row(2, child(born="2027-01-01")))
    assert wrong(report) == [("born: 1 January 2027 is still to come: check the date",)]


def test_an_import_whose_placement_has_marks_is_not_undone(store: Store) -> None:
    imported(store, row(2, child(), oak(), there()))
    assert undoing.last_change(store).what.startswith("import ")
    attendance.record(store, 1, [Mark(date(2026, 2, 24), 0, "B", "farming")], TESTER, TODAY)
    undoing.undo(store, TESTER, undoing.last_change(store))
    with pytest.raises(ApError, match="the register keeps the marks of P-0001"):
        undoing.last_change(store)


def test_a_upn_of_two_rows_is_refused(store: Store) -> None:
    upn = right_upn(1)
    report = imported(
        store, row(2, child(upn=upn)), row(3, child("Other Pupil", born="2011-04-05", upn=upn))
    )
    told = "this UPN is that of the new pupil of row 2, born on 5 March 2011, who has another name"
    assert wrong(report) == [(f"{told}: check the UPN",)]


def test_who_is_in_ap_and_not_in_the_file_is_listed_and_not_ended(store: Store) -> None:
    imported(store, row(2, child(), oak(), there()), row(3, child("Other Pupil"), oak(), there()))
    report = imported(store, row(2, child(), oak(), there()))
    assert report.missing == ("PL-0002",)
    assert all(one.ended is None for one in in_store(store)[2])


def test_a_row_with_two_places_at_one_new_provider_adds_it_once(store: Store) -> None:
    places = (ImportedPlace(oak(), there()), ImportedPlace(oak(), there(starts="2026-02-02")))
    report = imported(store, ImportedRow("Sheet1", 2, child(), places))
    assert outcomes(report) == ["new"]
    assert len(in_store(store)[1]) == 1 and len(in_store(store)[2]) == 2


def test_a_visit_still_to_come_is_booked_and_comes_back_the_same(store: Store) -> None:
    rows = row(2, child(), oak(), there(starts="2026-04-14", visited="2026-03-20"))
    imported(store, rows)
    assert in_store(store)[2][0].visit_booked == date(2026, 3, 20)
    assert outcomes(imported(store, rows)) == ["same"]


def test_the_only_site_of_a_new_provider_is_where_the_pupil_goes(store: Store) -> None:
    imported(store, row(2, child(), oak(address="1 Example Lane"), there()))
    assert in_store(store)[2][0].site == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Pupil, Test", "test pupil", True),
        ("Ann-Marie O’Test", "ann marie otest", True),
        ("Test Pupil", "Test Pupils", False),
    ],
)
def test_names_are_compared_without_what_people_write_differently(
    one: str, other: str, same: bool
) -> None:
    assert (name_key(one) == name_key(other)) is same
    assert provider_key("😀") != provider_key("🎉") and name_key("😀") != name_key("🎉")
    assert provider_key("The Farm Ltd") == "farm" and provider_key("Limited") == "limited"


def test_a_row_is_named_where_a_record_has_no_reference_yet(store: Store) -> None:
    first = row(2, child(upn=right_upn(1)), oak())
    spelt, born = (
        row(3, provider=oak(name="Hollow Oak")),
        child(upn=right_upn(1), born="2011-03-06"),
    )
    report = imported(store, first, spelt, row(4, born), row(5, child(born="2011-03-07")))
    assert [one for (one,) in wrong(report)] == [
        "“Hollow Oak” may be the new provider of row 2: write its name alike in all rows; if it is"
        " another, write “new” in a column “Provider ref”",
        "this UPN is that of the new pupil of row 2, born on 5 March 2011: check both rows",
        "this may be the new pupil of row 2: if it is, write name and date of birth alike in both rows;"
        " if it is another child, write “new” in a column “Pupil ref”",
    ]
    assert outcomes(imported(store, first)) == ["new"]
    ((told,),) = wrong(imported(store, spelt))
    assert told.startswith("“Hollow Oak” may be PR-0001: write its name as ap has it, or its")


def test_a_birth_date_that_a_row_corrects_is_that_of_the_child_in_further_rows(
    store: Store,
) -> None:
    imported(store, row(2, child(upn=right_upn(1)), oak(), there()))
    moved = child(upn=right_upn(1), born="2011-03-06")
    rows = (row(2, moved), row(3, moved, oak(), there()))
    (asked,) = imported(store, *rows).asks
    assert isinstance(asked, SamePupil)
    report = imported(store, *rows, decisions=Decisions(pupils={asked: 1}))
    assert (outcomes(report), list(report.asks)) == (["changed", "same"], [])
