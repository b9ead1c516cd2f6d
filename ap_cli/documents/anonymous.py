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
from .disclosure import FEW, Alike, hide_parts, is_few, is_part_shown
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
    field,
    name_value,
    part_of,
    sums_of,
)

NOT_SHOWN = "not shown"
NOTE = (
    "Numbers are of children who were placed on the last day, or had left by then. What would tell"
    " of one to four of them, alone or beside other numbers, is not shown."
)


def make_anonymous(report: TermReport) -> Content:
    """Make the report of a term of which no number of one to four children can be worked out."""
    figures = Figures(report)
    return Content(
        title="Alternative provision: report to governors",
        subtitle=describe_term(report),
        blocks=(
            Fields((*figures.list_use(), *figures.list_care())),
            *list_bars(WHY, report.who.reasons, hidden_of(figures.live, report.who.reasons)),
            *list_bars(HOW_LONG, report.who.lengths, figures.lengths_hidden),
            *figures.list_destinations(),
            *list_safety(report.who.safety, figures.live),
            Paragraph(NOTE),
        ),
    )


class Figures:
    """The figures of an anonymous report, each of a part of those placed, or of those who left.

    These two have no child in common. A group is None if its number is not shown: then no part of
    it is shown either. Who began, how long placements have run and for whom a review was due follow
    from the same days, so that each is shown only as far as those before it let it be.
    """

    def __init__(self, report: TermReport) -> None:
        self._report, self._who = report, report.who
        self.live = unless_few(self._who.live)
        self.left = unless_few(self._who.ended - self._who.live)
        self._alike = Alike(self._who.live)
        self.began = self._show_part(self._who.began)
        self.lengths_hidden = self._hide_lengths()
        due: Children = frozenset().union(*(part.children for part in self._who.reviews))
        self.due = self._show_part(due)

    def _show_part(self, group: Children) -> Children | None:
        """Return those of a group who are placed, if their number is shown."""
        part = group & self._who.live
        return part if self.live is not None and self._alike.show([part]) else None

    def _hide_lengths(self) -> frozenset[int] | None:
        """Return which lengths are hidden; None if all are."""
        parts = [part.children for part in self._who.lengths]
        hidden = hidden_of(self.live, self._who.lengths)
        if hidden is None or self._alike.show(parts):
            return hidden
        if not self._alike.is_whole:
            return None
        self._alike.note(parts)
        return hidden

    def list_use(self) -> list[Field]:
        """List how much alternative provision is used, for how long and at what cost."""
        return [
            children_field(self._report, self._describe_children()),
            field("changes", self._describe_changes()),
            field("part_time", self._describe_part_time()),
            field("without_end", describe_part(self._who.without_end, self.live)),
            field("typical_length", self._describe_length()),
            field("cost", self._describe_cost()),
        ]

    def list_care(self) -> list[Field]:
        """List what was done for the children: attendance, reviews, visits."""
        attended = describe_attendance(self._report)
        few_sessions = is_few(self._who.attended) or is_few(self._who.missed)
        return [
            field("attendance", NOT_SHOWN if few_sessions else attended),
            field("reviews", self._describe_reviews()),
            field("first_visits", self._describe_first_visits()),
            field("visited", self._describe_visited()),
        ]

    def list_destinations(self) -> list[Block]:
        """List where the children who left went next."""
        left = self._who.ended - self._who.live
        parts = [Part(part.what, part.children & left) for part in self._who.destinations]
        some = [part for part in parts if part.children]
        return list_bars(WHERE_NEXT, some, hidden_of(self.left, some))

    def _describe_children(self) -> str:
        """Say how many children are placed, and at how many providers if each has five or more."""
        if self.live is None:
            return f"under {FEW} children"
        children = count(len(self.live), "child", "children")
        if hidden_of(self.live, self._who.providers) != frozenset():
            return children
        return f"{children} at {count(len(self._who.providers), 'provider')}"

    def _describe_changes(self) -> str:
        """Say how many of those placed began this term, and how many children have left."""
        left = say(self.left, "left")
        if self.live is None or self.began is None:
            return f"began: {NOT_SHOWN}, {left}"
        return f"{part_of(len(self.began), len(self.live), 'child', 'children')} began, {left}"

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
        return describe_length(self._report) if self.lengths_hidden == frozenset() else NOT_SHOWN

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
        return sums + describe_unknown(costs.unknown, shown=False)

    def _describe_reviews(self) -> str:
        """Say of how many children the reviews were held in time, one late, or one not at all."""
        if self.due is None:
            return NOT_SHOWN
        if not self.due:
            return "none was due"
        parts = [Part(part.what, part.children & self.due) for part in self._who.reviews]
        hidden = hidden_of(self.due, parts)
        if hidden is None:
            return NOT_SHOWN
        shown = [
            f"{len(part.children):,} {part.what}"
            for place, part in enumerate(parts)
            if place not in hidden
        ]
        rest = [f"the rest {NOT_SHOWN}"] if hidden else []
        return f"{count(len(self.due), 'child', 'children')}: {', '.join([*shown, *rest])}"

    def _describe_first_visits(self) -> str:
        """Say before how many of those who began somebody had visited."""
        if self.began is not None and not self.began:
            return "none of those placed began this term"
        return describe_part(self._who.visited_before, self.began)

    def _describe_visited(self) -> str:
        """Say whether somebody visited the providers, whose number may tell of few children."""
        visited, providers = self._report.visited, self._report.providers
        if self.live is None:
            return NOT_SHOWN
        if not providers:
            return "no provider is in use"
        if visited == providers:
            return "all"
        return "some" if visited else "no provider"


def unless_few(group: Children) -> Children | None:
    """Return a group; None if its number is not shown."""
    return None if is_few(group) else group


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
    if whole is None or not is_part_shown(whole, part & whole):
        return NOT_SHOWN
    part &= whole
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


def list_bars(title: str, parts: Sequence[Part], hidden: frozenset[int] | None) -> list[Block]:
    """List a heading with bars for parts of which some are hidden, or a word if all are."""
    if hidden is None:
        return [Heading(title), Paragraph("Not shown.")]
    bars = tuple(bar_of(part, place in hidden) for place, part in enumerate(parts))
    return [Heading(title), Bars(bars) if bars else Paragraph(NOTHING)]


def list_safety(parts: Sequence[Part], live: Children | None) -> list[Block]:
    """List of how many children who are placed something is open; those not shown are the last.

    A task about none that is placed is not shown either: it is about somebody.
    """
    if not parts:
        return [Heading(SAFETY), Paragraph(NOTHING)]
    placed = [Part(part.what, part.children & (live or frozenset())) for part in parts]
    told = [
        part for part in placed if part.children and live and is_part_shown(live, part.children)
    ]
    told.sort(key=lambda part: len(part.children), reverse=True)
    names = {part.what for part in told}
    hidden = [bar_of(part, hidden=True) for part in parts if part.what not in names]
    bars = [Bar(part.what, 0, f"{len(part.children):,}", len(part.children)) for part in told]
    return [Heading(SAFETY), Bars((*bars, *hidden))]
