"""The report to governors: a term of alternative provision on one page, without names."""

from __future__ import annotations

from collections.abc import Sequence

from ..domain.days import count, words
from ..domain.options import Destination
from ..forms.text import capital, pounds
from ..services.governors import NOT_RECORDED, Counted, OnTime, TermReport
from .content import Bar, Bars, Block, Content, Field, Fields, Heading, Paragraph

FEW = 5
"""A number of children below it could tell who they are: an anonymous report does not show it."""

HIDDEN = f"under {FEW}"
NOT_SHOWN = "not shown"
TOO_FEW = "too few to show"
NEARLY_ALL = "nearly all"
NOTHING = "None."
NAMES = {str(Destination.NONE): "No next place yet"}
"""Values that need other words in a list."""


class Numbers:
    """Writes numbers; where the report is anonymous, none from 1 to 4."""

    def __init__(self, anonymous: bool) -> None:
        self._anonymous = anonymous

    def hides(self, number: int) -> bool:
        """Tell whether a number is not shown."""
        return self._anonymous and 0 < number < FEW

    def show(self, number: int) -> str:
        """Return a number as it is shown: "7", or "under 5"."""
        return HIDDEN if self.hides(number) else f"{number:,}"

    def value(self, number: int) -> int | None:
        """Return a number as data; None if it is not shown."""
        return None if self.hides(number) else number

    def of(self, part: int, whole: int, what: str, children: int) -> str:
        """Return a part of a whole: "4 of 13 placements". A whole of few children shows none."""
        if self.hides(children):
            return TOO_FEW
        nearly = self.hides(whole - part) and not self.hides(part)
        return f"{NEARLY_ALL if nearly else self.show(part)} of {count(whole, what)}"

    def hidden(self, parts: Sequence[int]) -> set[int]:
        """Return which parts of a known whole are hidden, as their places.

        They are the small ones, and larger ones until the sum of what is hidden tells none of them:
        it tells a single one, and several that are 1 each.
        """
        hidden = {place for place, part in enumerate(parts) if self.hides(part)}
        larger = sorted(
            (place for place, part in enumerate(parts) if part and place not in hidden),
            key=lambda place: parts[place],
            reverse=True,
        )
        while larger and tells_one([parts[place] for place in hidden]):
            hidden.add(larger.pop())
        return hidden

    def bars(self, counted: Sequence[Counted]) -> tuple[Bar, ...]:
        """Return counts of one whole as bars, with a length of 0 for those that are not shown.

        There are none where even their number would tell that each is 1.
        """
        numbers = [each.number for each in counted]
        hidden = self.hidden(numbers)
        small = [numbers[place] for place in hidden]
        if tells_one(small) and sum(small) >= FEW:
            return ()
        return tuple(bar_of(each, place in hidden) for place, each in enumerate(counted))


def tells_one(hidden: Sequence[int]) -> bool:
    """Tell whether who knows the sum of hidden numbers knows one of them."""
    return len(hidden) == 1 or 0 < sum(hidden) == len(hidden)


def bar_of(each: Counted, hidden: bool) -> Bar:
    """Return a count as a bar; one that is hidden has no length."""
    if hidden:
        return Bar(name_value(each.what), 0, NOT_SHOWN)
    return Bar(name_value(each.what), each.number, f"{each.number:,}", each.number)


def name_value(value: str) -> str:
    """Return a value as it is written in a list: "early-help" is "Early help"."""
    return NAMES.get(value, capital(value.replace("-", " ")))


def make_content(report: TermReport, anonymous: bool = False) -> Content:
    """Make the report of a term; `anonymous` shows no number of children from 1 to 4."""
    numbers = Numbers(anonymous)
    first, last = words(report.term.first), words(report.until)
    return Content(
        title="Alternative provision: report to governors",
        subtitle=f"{capital(report.term.season)} term {report.term.year}, from {first} to {last}",
        blocks=(
            Fields((*list_use(report, numbers), *list_care(report, numbers))),
            *list_bars("Why children are placed", report.reasons, report.children, numbers),
            *list_bars(
                "How long placements have run so far", report.lengths, report.children, numbers
            ),
            *list_bars(
                "Where children went next", report.destinations, report.ended_children, numbers
            ),
            *list_safety(report, numbers),
        ),
    )


def list_bars(
    title: str, counted: Sequence[Counted], children: int, numbers: Numbers
) -> list[Block]:
    """List a heading with its bars, or with a word if there are none or they are of too few.

    One bar alone, or one that is not 0, would tell what holds of each of a few children.
    """
    bars = () if numbers.hides(children) else numbers.bars(counted)
    instead = Paragraph(capital(f"{TOO_FEW}.") if counted else NOTHING)
    return [Heading(title), Bars(bars) if bars else instead]


def list_safety(report: TermReport, numbers: Numbers) -> list[Block]:
    """List what is open about a child's safety, or say that nothing is."""
    heading = Heading("Open today: a child may be unsafe")
    if not report.safety:
        return [heading, Paragraph(NOTHING)]
    # no bars: a concern weighs as much as twenty absences
    rows = [
        Bar(each.what, 0, numbers.show(each.number), numbers.value(each.number))
        for each in report.safety
    ]
    return [heading, Bars(tuple(rows))]


def list_use(report: TermReport, numbers: Numbers) -> list[Field]:
    """List how much alternative provision is used, for how long and at what cost."""
    return [
        Field("children", f"Placed on {words(report.until)}", describe_children(report, numbers)),
        Field(
            "changes",
            "Placements this term",
            f"{numbers.show(report.began)} began, {numbers.show(report.ended)} ended",
        ),
        Field(
            "part_time",
            "Part-time timetables",
            describe_part_time(report, numbers),
        ),
        Field(
            "without_end",
            "Without a last day",
            numbers.of(report.without_end, report.live, "placement", report.children),
        ),
        Field("typical_length", "Length so far", describe_length(report, numbers)),
        Field("cost", "Cost", describe_cost(report, numbers)),
    ]


def describe_children(report: TermReport, numbers: Numbers) -> str:
    """Say how many children are placed, in how many placements, at how many providers."""
    placements = count_shown(numbers.show(report.live), report.live, "placement", "placements")
    providers = count(report.providers, "provider")
    children = count_shown(numbers.show(report.children), report.children, "child", "children")
    return f"{children} in {placements} at {providers}"


def count_shown(shown: str, number: int, one: str, many: str) -> str:
    """Return a number as it is shown, with its noun: "1 child", "under 5 children"."""
    return f"{shown} {one if shown == '1' and number == 1 else many}"


def unknown_words(number: int, numbers: Numbers) -> str:
    """Say of how many placements something is not recorded; nothing where it always is."""
    return f"; not recorded for {numbers.show(number)}" if number else ""


def describe_part_time(report: TermReport, numbers: Numbers) -> str:
    """Say how many placements are part-time, and of how many nobody recorded whether they are.

    A number of the latter that would tell how few are full time, or part-time, is not said.
    """
    part_time, unknown = report.part_time, report.extent_unknown
    shown = numbers.of(part_time, report.live, "placement", report.children)
    known = report.live - unknown
    tells = known == 1 if numbers.hides(part_time) else numbers.hides(known - part_time)
    if shown == TOO_FEW:
        return shown
    if unknown and tells and numbers.hides(1) and not numbers.hides(unknown):
        return f"{shown}; not recorded for some"
    return shown + unknown_words(unknown, numbers)


def describe_length(report: TermReport, numbers: Numbers) -> str:
    """Say how long the middle one of the placements has run."""
    if report.median_weeks is None:
        return "no placement runs"
    if numbers.hides(report.children):
        return TOO_FEW
    return f"half have run for {count(round(report.median_weeks), 'week')} or longer"


def describe_cost(report: TermReport, numbers: Numbers) -> str:
    """Say what placements cost a week and in the term, as far as that is recorded."""
    cost = report.cost
    if not cost.term_children:
        return NOT_RECORDED if cost.unknown else "no placement runs"
    if numbers.hides(cost.weekly_children) or numbers.hides(cost.term_children):
        return TOO_FEW
    weekly = f"{pounds(cost.weekly)} a week, " if cost.weekly_children else ""
    return f"{weekly}{pounds(cost.term)} this term{unknown_words(cost.unknown, numbers)}"


def list_care(report: TermReport, numbers: Numbers) -> list[Field]:
    """List what was done for the children: attendance, reviews, visits."""
    return [
        Field("attendance", "Attendance", describe_attendance(report, numbers)),
        Field("reviews", "Reviews held in time", describe_reviews(report.reviews, numbers)),
        Field(
            "first_visits",
            "Visited before the start",
            describe_first_visits(report.first_visits, numbers),
        ),
        Field(
            "visited",
            "Visited this term",
            f"{report.visited} of {count(report.providers, 'provider')}",
        ),
    ]


def describe_attendance(report: TermReport, numbers: Numbers) -> str:
    """Say how many of the sessions that were possible were attended."""
    attendance = report.attendance
    if attendance.percent is None:
        return "no attendance is recorded"
    if numbers.hides(report.marked_children):
        return TOO_FEW
    return f"{attendance.percent:g} % of {count(attendance.possible, 'session')}"


def describe_first_visits(visits: OnTime, numbers: Numbers) -> str:
    """Say before how many of the placements that began somebody had visited."""
    if not visits.due:
        return "no placement began"
    return numbers.of(visits.in_time, visits.due, "placement", visits.children)


def describe_reviews(reviews: OnTime, numbers: Numbers) -> str:
    """Say how many of the reviews that were due were held in time, late, and not at all."""
    if not reviews.due:
        return "none was due"
    if numbers.hides(reviews.children):
        return TOO_FEW
    parts = (reviews.in_time, reviews.late, reviews.missed)
    hidden = numbers.hidden(parts)
    due = count(reviews.due, "review")
    if not hidden:
        return f"{reviews.in_time:,} of {due}; {reviews.late:,} late, {reviews.missed:,} not held"
    named = zip(parts, ("in time", "late", "not held"), strict=True)
    shown = [f"{part:,} {how}" for place, (part, how) in enumerate(named) if place not in hidden]
    return f"{due}: {', '.join([*shown, f'the rest {NOT_SHOWN}'])}"
