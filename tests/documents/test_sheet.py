"""The placement sheet: what it says, and what it marks as missing."""

from __future__ import annotations

import pytest

from ap_cli.documents import sheet
from ap_cli.documents.document import FORMATS
from ap_cli.domain.entries.after import Notified
from ap_cli.domain.placement import Placement
from ap_cli.render.command import spell
from ap_cli.rules.examples.builders import PROVIDER, PUPIL, placement_case, without
from ap_cli.services.papers import Letterhead

from .papers import (
    DAY,
    LONG_NAME,
    TWELVE,
    lacking_labels,
    make_facts,
    make_paper,
    paper_of,
    read_pages,
    read_text,
    values_of,
    write,
)
from .test_writers import png

FULL = {
    "reason": ["behaviour"],
    "at_provider": "mon-thu",
    "exit_strategy": "back in steps from May",
    "completed_by": "A. Tester",
    "completed_contact": "01632 960001",
}


def test_it_has_the_fields_of_the_council_and_what_the_council_looks_up() -> None:
    content = sheet.make_content(make_facts(placement_case(**FULL)))
    values = values_of(content)
    assert values["Pupil name"] == "Test Pupil" and values["UPN"] == "B801200005001"
    assert values["Year group"] == "Year 9" and values["EHC plan"] == "No"
    assert values["Address"] == "1 Example Lane" and values["Registered as a school"] == "No"
    assert values["Legal route"] == "Off-site direction" and values["Reason"] == "Behaviour"
    assert values["Days at the provider"] == "Mon-Thu" and values["Hours a week"] == "12"
    assert values["Review dates"] == "27 March 2026"
    assert lacking_labels(content) == []


def test_what_nobody_recorded_is_missing_with_the_command_that_records_it() -> None:
    content = sheet.make_content(make_facts(placement_case(success=None)))
    lacking = {field.label: spell(field.remedy) for field in content.lacking()}
    assert lacking["Reason"] == "ap placement edit PL-0001 --reason …"
    assert lacking["Learning outcomes, success"] == "ap placement edit PL-0001 --success …"
    assert "UPN" not in lacking


def test_a_registered_school_has_a_urn_and_a_farm_has_none() -> None:
    farm = values_of(sheet.make_content(make_facts(placement_case())))
    school = placement_case(provider=PROVIDER | {"registered": "2020-09-01"})
    assert farm["URN"] == "None: it is not a registered school"
    content = sheet.make_content(make_facts(school))
    assert values_of(content)["Registered as a school"] == "Yes, since 1 September 2020"
    assert "URN" in lacking_labels(content)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("non-school", "A farm, charity or workshop"),
        ("pru", "A pupil referral unit"),
        ("own-site", "The school's own unit or site"),
    ],
)
def test_the_council_reads_what_a_provider_is_and_no_word_of_ours(kind: str, name: str) -> None:
    case = placement_case(provider=PROVIDER | {"kind": kind})
    assert values_of(sheet.make_content(make_facts(case)))["Kind of provider"] == name


def test_numbered_points_stand_on_lines_of_their_own_and_no_word_of_them_changes() -> None:
    told = "1. attends daily; on time 2. stays in 3 lessons of 4 10) asks for help"
    values = values_of(
        sheet.make_content(make_facts(placement_case(success=told, exit_strategy="by 2. May")))
    )
    assert values["Learning outcomes, success"] == (
        "1. attends daily; on time\n2. stays in 3 lessons of 4\n10) asks for help"
    )
    assert values["Exit strategy"] == "by 2. May"


@pytest.mark.parametrize(("points", "lines"), [(8, 8), (9, 1)])
def test_more_points_than_eight_run_on_as_the_sheet_is_one_page(points: int, lines: int) -> None:
    told = " ".join(f"{number}. a point" for number in range(1, points + 1))
    values = values_of(sheet.make_content(make_facts(placement_case(success=told))))
    assert len(str(values["Learning outcomes, success"]).splitlines()) == lines


LOGO = Letterhead(
    "Example Academy", ("1 Example Road", "Testford", "TE1 1ST", "01632 960000"), png()
)
"""A letterhead as high as one gets: a logo beside five lines."""


@pytest.mark.parametrize("points", [8, 12])
def test_it_is_one_page_under_a_logo_also_with_many_points(points: int) -> None:
    told = " ".join(f"{number}. an objective that fills a line" for number in range(1, points + 1))
    case = placement_case(pupil=PUPIL | {"name": LONG_NAME}, **FULL | {"success": told})
    paper = paper_of(sheet.make_content(make_facts(case)), letterhead=LOGO)
    assert len(read_pages(write(paper, "pdf"))) == 1


def test_an_address_that_nobody_knows_is_missing_and_a_home_is_none() -> None:
    two = PROVIDER | {"address": ["1 Example Lane", "2 Far Field"]}
    content = sheet.make_content(make_facts(placement_case(provider=two, site=None)))
    [address] = [field for field in content.lacking() if field.label == "Address"]
    assert spell(address.remedy) == "ap placement edit PL-0001 --site …"
    only = values_of(sheet.make_content(make_facts(placement_case(site=None))))
    assert only["Address"] == "1 Example Lane"
    at_home = sheet.make_content(make_facts(placement_case(place="home", site=None)))
    assert values_of(at_home)["Address"] == "At the pupil's home"


def test_sending_it_tells_the_council() -> None:
    case = placement_case()
    content = sheet.make_content(make_facts(case))
    [sent] = sheet.record_sent(case, content, "A. Tester", DAY)
    assert isinstance(sent.entry, Notified) and sent.entry.day == DAY
    assert (sent.noun, sent.id) == (Placement, case.placement.id)


CASES = {
    "filled": placement_case(**FULL),
    "half filled": placement_case(),
    "empty": placement_case(
        pupil={"name": "Test Pupil", "born": PUPIL["born"]},
        provider=without(PROVIDER, "address", "registered"),
        visit=None,
        site=None,
        **dict.fromkeys(["success", "ends", "review_date", "at_school"]),
    ),
    "long": placement_case(
        pupil=PUPIL | {"name": LONG_NAME}, **FULL | {"success": TWELVE, "exit_strategy": TWELVE}
    ),
}


@pytest.mark.parametrize("which", CASES)
def test_it_is_one_page_of_pdf(which: str) -> None:
    [page] = read_pages(write(make_paper(sheet.KIND, CASES[which]), "pdf"))
    assert "Placement sheet · PL-0001 · version 1 · 2 March 2026" in page
    assert "Page 1 of 1" in page and "Their contact details" in page


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("which", CASES)
def test_each_format_says_the_same(which: str, format: str) -> None:
    case = CASES[which]
    text = read_text(write(make_paper(sheet.KIND, case), format), format)
    assert case.pupil.name in text and "Example Academy" in text
    for label, value in values_of(make_paper(sheet.KIND, case).content).items():
        assert label in text
        assert " ".join(value.split()) in text if isinstance(value, str) else True, label
    assert ("Not recorded yet" in text) is (which not in ("filled", "long"))
