"""The provider's report forms: part filled from the record, the rest to write on."""

from __future__ import annotations

import pytest

from ap_cli.documents import report_form
from ap_cli.documents.content import Blank, Choices, Table
from ap_cli.documents.document import FORMATS
from ap_cli.domain.options import Destination
from ap_cli.forms.facts import recorded
from ap_cli.rules.cases.placement import PlacementCase

from .cases import HAPPENED, STATES, empty, filled
from .papers import lacking_labels, make_facts, make_paper, read_pages, read_text, values_of, write

MARKS = ", ".join(
    (
        "2026-01-08 am B",
        "2026-02-24 am B",
        "2026-02-24 pm L",
        "2026-02-25 am I",
        "2026-02-26 am B",
    )
)
"""A mark of the half term before, and four of this one: three of four attended, one of them late."""


def values(case: PlacementCase, final: bool = False) -> dict[str, object]:
    """The values of a form's fields by their labels."""
    make = report_form.make_final if final else report_form.make_half_term
    return values_of(make(make_facts(case)))


def test_attendance_of_the_half_term_is_filled_in_with_lateness() -> None:
    found = values(filled(marks=MARKS))
    assert found["Period"] == "23 February 2026 to 27 March 2026"
    assert found["Sessions attended"] == "3 of 4 possible (75 %), as marked"
    assert found["How often late"] == "1"


def test_the_final_report_counts_from_the_first_day() -> None:
    found = values(filled(marks=MARKS), final=True)
    assert found["Period"] == "6 January 2026 to 27 March 2026"
    assert found["Sessions attended"] == "4 of 5 possible (80 %), as marked"


def test_without_marks_the_provider_writes_them() -> None:
    found = values(filled())
    assert found["Sessions attended, of those possible"] == Blank(1)
    assert found["How often late"] == Blank(1)


def test_each_objective_has_a_place_to_write() -> None:
    content = report_form.make_half_term(make_facts(filled()))
    [table] = [block for block in content.blocks if isinstance(block, Table)]
    assert [row[0] for row in table.rows] == [
        "Attend nine sessions in ten",
        "finish both units of the course",
        "no incident that stops a lesson",
    ]
    assert all(row[1] == Blank(3) for row in table.rows)
    assert "Objectives" in lacking_labels(report_form.make_half_term(make_facts(empty())))


def test_places_to_write_are_not_missing() -> None:
    assert lacking_labels(report_form.make_half_term(make_facts(filled()))) == []
    assert lacking_labels(report_form.make_final(make_facts(filled()))) == []


def test_the_level_at_the_start_is_that_of_the_induction() -> None:
    assert values(filled())["Level at the start"] == "Entry level 2 in both"
    assert values(empty())["Level at the start"] == Blank(1)


def test_the_final_report_offers_each_destination_and_has_what_was_recommended() -> None:
    content = report_form.make_final(make_facts(filled()))
    [choices] = [block for block in content.blocks if isinstance(block, Choices)]
    assert len(choices.items) == len(Destination) and choices.items[0] == "Back to their own school"
    told = ("final-report", {"day": "2026-03-01", "recommends": "a phased return"})
    assert values(filled(happened=[*HAPPENED, told]), final=True)["Recommendation"] == (
        "a phased return"
    )
    assert values(filled(), final=True)["Recommendation"] == Blank(4)


def test_only_a_final_report_is_made_after_the_end() -> None:
    ended = {"day": "2026-02-20", "reason": "moved", "destination": "other-school"}
    over = filled(ended=ended)
    assert "make final-report-form" in report_form.HALF_TERM.why_not(over)
    assert report_form.FINAL.why_not(over) == "" == report_form.HALF_TERM.why_not(filled())
    assert values(over, final=True)["Period"] == "6 January 2026 to 20 February 2026"


def test_without_term_dates_the_period_has_no_end() -> None:
    far = filled(starts="2031-01-06", ends=None, review_date=None, marks="")
    assert values(far)["Period"] == "from 6 January 2031"


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("kind", [report_form.HALF_TERM, report_form.FINAL], ids=["half", "final"])
def test_it_is_two_pages_at_most_also_with_twelve_objectives(
    kind: report_form.DocumentKind, state: str
) -> None:
    pages = read_pages(write(make_paper(kind, STATES[state]()), "pdf"))
    assert len(pages) <= 2
    assert "Completed by" in pages[-1] and "Signature" in pages[-1]


@pytest.mark.parametrize("state", STATES)
def test_what_is_recommended_stands_on_the_page_of_its_boxes(state: str) -> None:
    *_, last = read_pages(write(make_paper(report_form.FINAL, STATES[state]()), "pdf"))
    assert "Tick one" in last and "Nothing yet" in last and "Recommendation" in last


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("kind", [report_form.HALF_TERM, report_form.FINAL], ids=["half", "final"])
def test_each_format_says_the_same(kind: report_form.DocumentKind, format: str) -> None:
    paper = make_paper(kind, filled(marks=MARKS))
    text = read_text(write(paper, format), format)
    for label, value in values_of(paper.content).items():
        assert label in text
        is_text = isinstance(value, str) and recorded(value)
        assert not is_text or " ".join(value.split()) in text, label
