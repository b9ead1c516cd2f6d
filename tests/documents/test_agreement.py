"""The placement agreement: all of it from the record, signed at its end."""

from __future__ import annotations

from typing import Any

import pytest

from ap_cli.documents import agreement
from ap_cli.documents.content import Bullets, Signatures, Table
from ap_cli.documents.document import FORMATS
from ap_cli.domain.commissioner import CommissionerKind
from ap_cli.forms.facts import recorded
from ap_cli.render.command import spell

from .cases import CHECKED, FULL_PROVIDER, PUPIL, STATES, empty, filled, half_filled
from .papers import (
    lacking_labels,
    make_facts,
    make_paper,
    read_pages,
    read_text,
    values_of,
    write,
)


def tables_of(case: object) -> dict[str, Table]:
    """The tables of an agreement by their keys."""
    content = agreement.make_content(make_facts(case))  # type: ignore[arg-type]
    return {block.key: block for block in content.blocks if isinstance(block, Table)}


def test_a_full_record_leaves_nothing_open() -> None:
    content = agreement.make_content(make_facts(filled()))
    values = values_of(content)
    assert lacking_labels(content) == []
    assert values["Medicines"].startswith("An inhaler")
    assert values["Absence: who rings, and by when"].startswith("The provider rings")
    assert values["Cost a week"] == "£180" and values["Special needs: given"] == "Yes"
    assert values["At the provider a week"] == "12 hours"
    assert values["Safeguarding lead there"] == "L. Sample"


def test_what_only_the_agreement_needs_is_recorded_with_it() -> None:
    content = agreement.make_content(make_facts(half_filled()))
    commands = {field.label: spell(field.remedy) for field in content.lacking()}
    assert commands["Medicines"] == "ap record agreement PL-0001 --medicines …"
    assert commands["Absence: who rings, and by when"] == "ap record reporting PL-0001 --absence …"
    assert commands["Checks seen"] == "ap record evidence PR-0001 --item … --by … --expires …"
    assert commands["Email there"] == "ap provider edit PR-0001 --contact-email …"


def test_the_week_says_for_each_half_day_where_the_pupil_is() -> None:
    week = tables_of(filled(at_provider="mon, tue am", at_school="tue pm, wed", at_home="thu"))[
        "week"
    ]
    assert week.head == ("The week", "Mon", "Tue", "Wed", "Thu", "Fri")
    morning, afternoon = week.rows
    assert morning == ("Morning", "Provider", "Provider", "School", "Home", "–")
    assert afternoon == ("Afternoon", "Provider", "School", "School", "Home", "–")


def test_a_week_that_nobody_recorded_is_missing() -> None:
    assert "week" not in tables_of(empty())
    assert "The week" in lacking_labels(agreement.make_content(make_facts(empty())))


def test_a_check_has_the_day_it_runs_out_and_the_newest_of_an_item_counts() -> None:
    older = ("evidence", CHECKED[0][1] | {"day": "2024-12-01", "expires": "2025-12-01"})
    without_end = ("evidence", {"day": "2025-12-02", "by": "A. Tester", "item": "equality"})
    checks = tables_of(filled(there=[older, *CHECKED, without_end]))["checks"]
    rows = {row[0]: row[1:] for row in checks.rows}
    assert rows["Insurance"] == ("1 December 2025", "A. Tester", "1 December 2026")
    assert rows["Equality"] == ("2 December 2025", "A. Tester", "–") and len(rows) == 5
    assert "Enhanced DBS" in rows


def test_other_sites_of_the_provider_are_named() -> None:
    several = FULL_PROVIDER | {"address": ["1 Example Lane"], "satellite": ["2 Far Field"]}
    assert values_of(agreement.make_content(make_facts(filled(provider=several))))[
        "Other sites"
    ] == ("2 Far Field (satellite)")
    assert "Other sites" not in values_of(agreement.make_content(make_facts(filled())))


def test_all_sites_are_named_if_nobody_recorded_which_it_is() -> None:
    several = FULL_PROVIDER | {"address": ["1 Example Lane"], "satellite": ["2 Far Field"]}
    content = agreement.make_content(make_facts(filled(provider=several, site=None)))
    assert values_of(content)["Sites of the provider"] == "1 Example Lane\n2 Far Field (satellite)"
    assert "Address" in lacking_labels(content)


@pytest.mark.parametrize(
    ("commissioner", "arranger"),
    [
        (CommissionerKind.ACADEMY, "school"),
        (CommissionerKind.LOCAL_AUTHORITY, "council"),
    ],
)
def test_who_arranges_it_leads_reviews_and_signs(
    commissioner: CommissionerKind, arranger: str
) -> None:
    content = agreement.make_content(make_facts(filled(commissioner=commissioner)))
    (signed,) = [block for block in content.blocks if isinstance(block, Signatures)]
    *_, reviews = [block for block in content.blocks if isinstance(block, Bullets)]
    labels = {field.label for field in content.fields()}
    assert {f"Leads for the {arranger}", "Safeguarding lead of the school"} <= labels
    assert ("The council" in signed.who) == (arranger == "council")
    assert signed.who[-4:] == ("The school", "The provider", "Parent or carer", "The pupil")
    assert any("holds the reviews" in item for item in reviews.items)
    assert any("Pays for the placement" in item for item in reviews.items) == (
        arranger == "council"
    )


@pytest.mark.parametrize(
    "changed", [{"pupil": PUPIL | {"home_school": "none"}}, {"route": "permanent-exclusion"}]
)
def test_without_a_school_the_council_answers_for_the_pupil(changed: dict[str, Any]) -> None:
    case = filled(commissioner=CommissionerKind.LOCAL_AUTHORITY, **changed)
    content = agreement.make_content(make_facts(case))
    text = read_text(write(make_paper(agreement.KIND, case), "html"), "html")
    (signed,) = [block for block in content.blocks if isinstance(block, Signatures)]
    assert signed.who == ("The council", "The provider", "Parent or carer", "The pupil")
    assert (
        "rings the council on the same day" in text and "rings the school on the same" not in text
    )
    assert "Is responsible for the pupil's safety" in text and "on roll, and stays" not in text
    assert "Safeguarding lead of the council" in text
    assert "School before" in text and "On roll at" not in text


@pytest.mark.parametrize("state", STATES)
def test_it_has_four_pages_at_most_and_the_signatures_together_on_the_last(state: str) -> None:
    pages = read_pages(write(make_paper(agreement.KIND, STATES[state]()), "pdf"))
    assert len(pages) <= 4
    assert all(who in pages[-1] for who in ("Agreed by", "Parent or carer", "Signature"))


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("format", FORMATS)
def test_each_format_says_the_same(format: str, state: str) -> None:
    paper = make_paper(agreement.KIND, STATES[state]())
    text = read_text(write(paper, format), format)
    for label, value in values_of(paper.content).items():
        assert label in text
        assert not recorded(value) or " ".join(value.split()) in text, label
