"""The placement sheet: a field's value, or the gap that it is."""

from __future__ import annotations

from datetime import date

from ap_cli.domain.placement import Placement
from ap_cli.domain.pupil import Pupil
from ap_cli.domain.sheet import make_sheet, sheet_value
from ap_cli.domain.supposed import answers_for
from ap_cli.forms.facts import Unknown, recorded
from ap_cli.render.command import spell
from ap_cli.rules.examples.builders import placement_case
from ap_cli.rules.gaps import remedy_for_line


def test_a_field_is_told_in_words_or_is_the_gap_of_its_own_fact() -> None:
    gap = Unknown("placement.ends")
    assert (
        sheet_value(date(2026, 3, 27)) == "27 March 2026"
        and sheet_value("x") == "x"
        and sheet_value(gap) is gap
    )


def test_each_field_of_the_sheet_names_the_command_that_fills_it() -> None:
    case = placement_case(success=None)
    lines = {
        line.field: line
        for line in make_sheet(
            case.placement, case.pupil, case.provider, Unknown("placement.visited_by")
        )
    }
    assert lines["Hours a week"].value == "12" and lines["Proposed start"].value == "6 January 2026"
    gaps = {field for field, line in lines.items() if not recorded(line.value)}
    assert gaps == {
        "Learning outcomes, success",
        "Exit strategy",
        "Visited before by",
        "Completed by",
        "Their contact details",
    }
    success, visit = lines["Learning outcomes, success"], lines["Visited before by"]
    assert spell(remedy_for_line(success)) == "ap placement edit PL-0001 --success …"
    assert (
        spell(remedy_for_line(visit))
        == "ap record visit PL-0001 --purpose pre-placement --by … --day …"
    )
    assert spell(remedy_for_line(lines["Hours a week"])) == "ap placement edit PL-0001 --hours …"
    assert lines["Learning outcomes, success"].value == Unknown("placement.success")


def test_what_is_supposed_is_parted_into_what_the_placement_and_the_pupil_are_asked() -> None:
    given = {"hours": "12", "ehcp": "yes", "registered": "no", "tier": None, "reason": []}
    assert answers_for(Placement, given) == {"hours": "12"} and answers_for(Pupil, given) == {
        "ehcp": "yes"
    }
