"""The report to governors: a term of alternative provision on one page, without names."""

from __future__ import annotations

from collections.abc import Sequence

from ..domain.days import count, words
from ..domain.options import Destination
from ..forms.text import capital, pounds
from ..services.governors import Cost, Counted, OnTime, TermReport
from ..services.term_figures import NOT_RECORDED
from .content import Bar, Bars, Block, Content, Field, Fields, Heading, Paragraph

NOTHING = "None."
NAMES = {str(Destination.NONE): "No next place yet"}
"""Values that need other words in a list."""

WHY = "Why children are placed"
HOW_LONG = "How long placements have run so far"
WHERE_NEXT = "Where children went next"
SAFETY = "Open today: a child may be unsafe"
LABELS = {
    "changes": "Placements this term",
    "part_time": "Part-time timetables",
    "without_end": "Without a last day",
    "typical_length": "Length so far",
    "cost": "Cost",
    "attendance": "Attendance",
    "reviews": "Reviews held in time",
    "first_visits": "Visited before the start",
    "visited": "Visited this term",
}
"""What each line counts, by its key; `children` has the day in its own."""


def name_value(value: str) -> str:
    """Return a value as it is written in a list: "early-help" is "Early help"."""
    return NAMES.get(value, capital(value.replace("-", " ")))


def make_content(report: TermReport) -> Content:
    """Make the report of a term, which names no child."""
    return Content(
        title="Alternative provision: report to governors",
        subtitle=describe_term(report),
        blocks=(
            Fields((*list_use(report), *list_care(report))),
            *list_bars(WHY, report.reasons),
            *list_bars(HOW_LONG, report.lengths),
            *list_bars(WHERE_NEXT, report.destinations),
            *list_safety(report),
        ),
    )


def describe_term(report: TermReport) -> str:
    """Say of which days a report is."""
    first, last = words(report.term.first), words(report.until)
    return f"{capital(report.term.season)} term {report.term.year}, from {first} to {last}"


def list_bars(title: str, counted: Sequence[Counted]) -> list[Block]:
    """List a heading with its bars, or with a word if there are none."""
    bars = tuple(
        Bar(name_value(each.what), each.number, f"{each.number:,}", each.number) for each in counted
    )
    return [Heading(title), Bars(bars) if bars else Paragraph(NOTHING)]


def list_safety(report: TermReport) -> list[Block]:
    """List what is open about a child's safety, or say that nothing is."""
    # no bars: a concern weighs as much as twenty absences
    rows = tuple(Bar(each.what, 0, f"{each.number:,}", each.number) for each in report.safety)
    return [Heading(SAFETY), Bars(rows) if rows else Paragraph(NOTHING)]


def field(key: str, value: str) -> Field:
    """Return a line of the report, by its key."""
    return Field(key, LABELS[key], value)


def children_field(report: TermReport, value: str) -> Field:
    """Return the first line of the report: who is placed on its last day."""
    return Field("children", f"Placed on {words(report.until)}", value)


def list_use(report: TermReport) -> list[Field]:
    """List how much alternative provision is used, for how long and at what cost."""
    return [
        children_field(report, describe_children(report)),
        field("changes", f"{report.began:,} began, {report.ended:,} ended"),
        field("part_time", describe_part_time(report)),
        field("without_end", part_of(report.without_end, report.live, "placement")),
        field("typical_length", describe_length(report)),
        field("cost", describe_cost(report)),
    ]


def part_of(part: int, whole: int, what: str, many: str = "") -> str:
    """Return a part of a whole: "4 of 13 placements"."""
    return f"{part:,} of {count(whole, what, many)}"


def describe_children(report: TermReport) -> str:
    """Say how many children are placed, in how many placements, at how many providers."""
    children = count(report.children, "child", "children")
    placements = count(report.live, "placement")
    return f"{children} in {placements} at {count(report.providers, 'provider')}"


def unknown_words(number: int) -> str:
    """Say of how many placements something is not recorded; nothing where it always is."""
    return f"; not recorded for {number:,}" if number else ""


def describe_part_time(report: TermReport) -> str:
    """Say how many placements are part-time, and of how many nobody recorded whether they are."""
    shown = part_of(report.part_time, report.live, "placement")
    return shown + unknown_words(report.extent_unknown)


def describe_length(report: TermReport) -> str:
    """Say how long the middle one of the placements has run."""
    if report.median_weeks is None:
        return "no placement runs"
    return f"half have run for {count(round(report.median_weeks), 'week')} or longer"


def describe_cost(report: TermReport) -> str:
    """Say what placements cost a week and in the term, as far as that is recorded."""
    cost = report.cost
    if not cost.term_children:
        return NOT_RECORDED if cost.unknown else "no placement runs"
    sums = sums_of(cost, weekly=bool(cost.weekly_children))
    return sums + unknown_words(cost.unknown)


def sums_of(cost: Cost, weekly: bool) -> str:
    """Say what placements cost in the term, and a week if that is to be said."""
    a_week = f"{pounds(cost.weekly)} a week, " if weekly else ""
    return f"{a_week}{pounds(cost.term)} this term"


def list_care(report: TermReport) -> list[Field]:
    """List what was done for the children: attendance, reviews, visits."""
    return [
        field("attendance", describe_attendance(report)),
        field("reviews", describe_reviews(report.reviews)),
        field("first_visits", describe_first_visits(report.first_visits)),
        field("visited", describe_visited(report)),
    ]


def describe_attendance(report: TermReport) -> str:
    """Say how many of the sessions that were possible were attended."""
    attendance = report.attendance
    if attendance.percent is None:
        return "no attendance is recorded"
    return f"{attendance.percent:g} % of {count(attendance.possible, 'session')}"


def describe_first_visits(visits: OnTime) -> str:
    """Say before how many of the placements that began somebody had visited."""
    if not visits.due:
        return "no placement began"
    return part_of(visits.in_time, visits.due, "placement")


def describe_visited(report: TermReport) -> str:
    """Say how many of the providers in use somebody visited."""
    return part_of(report.visited, report.providers, "provider")


def describe_reviews(reviews: OnTime) -> str:
    """Say how many of the reviews that were due were held in time, late, and not at all."""
    if not reviews.due:
        return "none was due"
    shown = part_of(reviews.in_time, reviews.due, "review")
    return f"{shown}; {reviews.late:,} late, {reviews.missed:,} not held"
