"""The report to governors with --anonymous: it counts children, and tells no number of few.

Everything in it is made of the children behind each figure, by what `disclosure` lets be shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..domain.days import count
from ..domain.options import Extent
from ..services.governors import TermReport
from ..services.term_children import Children, Part
from ..services.term_figures import NOT_RECORDED
from .content import Bar, Bars, Block, Content, Field, Fields, Heading, Paragraph
from .disclosure import FEW, Disclosed, hide_parts, is_few
from .governors import (
    HOW_LONG,
    NOTHING,
    SAFETY,
    WHERE_NEXT,
    WHY,
    children_field,
    describe_attendance,
    describe_cost,
    describe_length,
    describe_term,
    describe_visited,
    field,
    name_value,
    part_of,
    sums_of,
)

NOT_SHOWN = "not shown"
NOTE = (
    "Numbers are of children. What would tell of one to four children, alone or beside other"
    " numbers, is not shown."
)


def make_anonymous(report: TermReport) -> Content:
    """Make the report of a term of which no number of one to four children can be worked out."""
    figures = Figures(report)
    return Content(
        title="Alternative provision: report to governors",
        subtitle=describe_term(report),
        blocks=(
            Fields((*figures.list_use(), *figures.list_care())),
            *figures.list_bars(WHY, figures.live, report.who.reasons),
            *figures.list_bars(HOW_LONG, figures.live, report.who.lengths),
            *figures.list_bars(WHERE_NEXT, figures.ended, report.who.destinations),
            *list_safety(report.who.safety),
            Paragraph(NOTE),
        ),
    )


class Figures:
    """The figures of an anonymous report, each shown if those before it let it be.

    A whole is None where its number is not shown: then no part of it is shown either.
    """

    def __init__(self, report: TermReport) -> None:
        self._report, self._who = report, report.who
        self._disclosed = Disclosed()
        self.live = self._whole(self._who.live)
        self._note_lengths()
        self.began = self._whole(self._who.began)
        self.ended = self._whole(self._who.ended)
        due: Children = frozenset().union(*(part.children for part in self._who.reviews))
        self.due = self._whole(due)

    def _whole(self, group: Children) -> Children | None:
        return group if self._disclosed.show(group) else None

    def _note_lengths(self) -> None:
        """Note how many run for up to so many weeks.

        Where these are the weeks of the term, those who began less these tell who have left.
        """
        hidden = hidden_of(self.live, self._who.lengths)
        if hidden is None:
            return
        group: Children = frozenset()
        for place, part in enumerate(self._who.lengths):
            if place in hidden:
                break
            group |= part.children
            self._disclosed.note(group)

    def list_use(self) -> list[Field]:
        """List how much alternative provision is used, for how long and at what cost."""
        return [
            children_field(self._report, self._describe_children()),
            field("changes", f"{say(self.began, 'began')}, {say(self.ended, 'ended')}"),
            field("part_time", self._describe_part_time()),
            field("without_end", describe_part(self._who.without_end, self.live)),
            field("typical_length", self._describe_length()),
            field("cost", self._describe_cost()),
        ]

    def list_care(self) -> list[Field]:
        """List what was done for the children: attendance, reviews, visits."""
        attendance = describe_attendance(self._report)
        return [
            field("attendance", NOT_SHOWN if is_few(self._who.marked) else attendance),
            field("reviews", self._describe_reviews()),
            field("first_visits", self._describe_first_visits()),
            field("visited", NOT_SHOWN if self.live is None else describe_visited(self._report)),
        ]

    def list_bars(self, title: str, whole: Children | None, parts: Sequence[Part]) -> list[Block]:
        """List a heading with bars for the parts of a whole, or with a word if none is shown."""
        hidden = hidden_of(whole, parts)
        if hidden is None:
            return [Heading(title), Paragraph("Not shown.")]
        bars = tuple(bar_of(part, place in hidden) for place, part in enumerate(parts))
        return [Heading(title), Bars(bars) if bars else Paragraph(NOTHING)]

    def _describe_children(self) -> str:
        """Say how many children are placed, at how many providers."""
        if self.live is None:
            return f"under {FEW} children"
        children = count(len(self.live), "child", "children")
        return f"{children} at {count(self._report.providers, 'provider')}"

    def _describe_part_time(self) -> str:
        """Say how many children are part-time, and of how many nobody recorded whether they are."""
        hidden = hidden_of(self.live, self._who.extents)
        named = {part.what: place for place, part in enumerate(self._who.extents)}
        part_time, unknown = named[Extent.PART_TIME], named[NOT_RECORDED]
        if self.live is None or hidden is None or part_time in hidden:
            return NOT_SHOWN
        parts = [part.children for part in self._who.extents]
        shown = part_of(len(parts[part_time]), len(self.live), "child", "children")
        return shown + describe_unknown(parts[unknown], unknown not in hidden)

    def _describe_length(self) -> str:
        """Say how long the middle one has run, if that tells nothing of lengths not shown."""
        all_shown = hidden_of(self.live, self._who.lengths) == frozenset()
        return describe_length(self._report) if all_shown else NOT_SHOWN

    def _describe_cost(self) -> str:
        """Say what placements cost, by sums that tell the cost of no few children."""
        costs = self._who.costs
        if not costs.term:
            return describe_cost(self._report)
        if is_few(costs.term):
            return NOT_SHOWN
        told = (costs.weekly, *costs.told_apart)
        weekly = bool(costs.weekly) and not any(map(is_few, told))
        sums = sums_of(self._report.cost, weekly)
        return sums + describe_unknown(costs.unknown, self._disclosed.show(costs.unknown))

    def _describe_reviews(self) -> str:
        """Say of how many children the reviews were held in time, one late, or one not at all."""
        if self.due is None:
            return NOT_SHOWN
        if not self.due:
            return "none was due"
        hidden = hidden_of(self.due, self._who.reviews)
        if hidden is None:
            return NOT_SHOWN
        shown = [
            f"{len(part.children):,} {part.what}"
            for place, part in enumerate(self._who.reviews)
            if place not in hidden
        ]
        rest = [f"the rest {NOT_SHOWN}"] if hidden else []
        return f"{count(len(self.due), 'child', 'children')}: {', '.join([*shown, *rest])}"

    def _describe_first_visits(self) -> str:
        """Say before how many of those who began somebody had visited."""
        if self.began is not None and not self.began:
            return "no placement began"
        return describe_part(self._who.visited_before, self.began)


def hidden_of(whole: Children | None, parts: Sequence[Part]) -> frozenset[int] | None:
    """Return which parts of a whole are hidden; None if all are, as is the whole."""
    if whole is None:
        return None
    return hide_parts(whole, [part.children for part in parts])


def say(group: Children | None, what: str) -> str:
    """Say of how many children something is so, or that it is not shown."""
    if group is None:
        return f"{what}: {NOT_SHOWN}"
    return f"{count(len(group), 'child', 'children')} {what}"


def describe_part(part: Children, whole: Children | None) -> str:
    """Return a part of a whole: "9 of 15 children", if it tells of no few of them."""
    if whole is None or hide_parts(whole, [part, whole - part]) is None:
        return NOT_SHOWN
    return part_of(len(part), len(whole), "child", "children")


def describe_unknown(unknown: Children, shown: bool) -> str:
    """Say for how many children something is not recorded; nothing where it always is."""
    if not unknown:
        return ""
    return f"; not recorded for {len(unknown):,}" if shown else "; not recorded for some"


def bar_of(part: Part, hidden: bool) -> Bar:
    """Return a part as a bar; one that is hidden has no length."""
    number = len(part.children)
    if hidden:
        return Bar(name_value(part.what), 0, NOT_SHOWN)
    return Bar(name_value(part.what), number, f"{number:,}", number)


def list_safety(parts: Sequence[Part]) -> list[Block]:
    """List of how many children something is open about safety; those not shown are the last.

    A task about none that is placed is not shown either: it is about somebody.
    """
    if not parts:
        return [Heading(SAFETY), Paragraph(NOTHING)]
    many = sorted(
        (part for part in parts if len(part.children) >= FEW),
        key=lambda part: len(part.children),
        reverse=True,
    )
    bars = [Bar(part.what, 0, f"{len(part.children):,}", len(part.children)) for part in many]
    few = [Bar(part.what, 0, NOT_SHOWN) for part in parts if len(part.children) < FEW]
    return [Heading(SAFETY), Bars((*bars, *few))]
