"""The provider's report form, part filled: half-termly, and as the final report. HB 2.8."""

from __future__ import annotations

from datetime import date

from ..domain.attendance import Mark, count_sessions
from ..domain.days import words
from ..domain.entries.papers import DocumentName
from ..domain.options import Destination
from ..forms.facts import Fact, recorded
from ..forms.text import capital
from ..rules.cases.placement import PlacementCase
from ..services.papers import PaperFacts
from .content import (
    Blank,
    Block,
    Choices,
    Content,
    Field,
    Fields,
    Heading,
    Paragraph,
    Signatures,
    Table,
    list_points,
)
from .document import DocumentKind
from .facts import make_field
from .letters import sender

LATE = "L"
"""The code of a pupil who came late, and before the register closed."""

FEW = 6
"""Objectives that leave three lines to write on for each."""

AT_ONCE = "Tell us of a safeguarding concern at once, by telephone: do not wait for this report."


def make_half_term(facts: PaperFacts) -> Content:
    """Make the form of a half term: attendance, objectives, and what the provider adds."""
    case = facts.case
    since, until = find_period(case)
    return Content(
        title="Half-termly report",
        subtitle=describe_use(facts),
        blocks=(
            Fields(list_about(case, since, until)),
            Heading("Attendance"),
            Fields(list_attendance(case, since, until)),
            Heading("Objectives"),
            make_objectives(case, "Progress this half term"),
            *list_learning(case),
            Heading("Behaviour, incidents and concerns"),
            Paragraph(AT_ONCE),
            Fields(list_incidents()),
            Heading("The pupil's own words"),
            Fields((Field("pupil_words", "What the pupil says", Blank(5)),)),
            Heading("What is next"),
            Fields((Field("next_steps", "Next steps, and who does them", Blank(4)),)),
            *list_signed(),
        ),
    )


def make_final(facts: PaperFacts) -> Content:
    """Make the form of the final report: the same over the whole time, and what is recommended."""
    case = facts.case
    since, until = case.placement.starts, case.last_day
    return Content(
        title="Final report",
        subtitle=describe_use(facts),
        blocks=(
            Fields(list_about(case, since, until)),
            Heading("Attendance"),
            Fields(list_attendance(case, since, until)),
            Heading("Objectives, then and now"),
            make_objectives(case, "What was achieved"),
            *list_learning(case),
            Heading("Behaviour, incidents and concerns"),
            Fields(list_incidents()),
            Heading("The pupil's own words"),
            Fields((Field("pupil_words", "What the pupil says", Blank(5)),)),
            Heading("What you recommend"),
            Paragraph("Where should the pupil go next? Tick one."),
            Choices(tuple(capital(each.means) for each in Destination)),
            Fields(list_recommended(case)),
            *list_signed(),
        ),
    )


def describe_use(facts: PaperFacts) -> str:
    """Say who fills the form in, and where it goes."""
    return f"For {facts.case.provider.name} to complete and send back to {sender(facts)}"


def find_period(case: PlacementCase) -> tuple[date, date | None]:
    """Return the first and last day of the half term, within the placement.

    Without term dates the last day is not known, and the period begins with the placement.
    """
    starts = case.placement.starts
    block = case.calendar.half_term_from(case.day_judged)
    if not recorded(block):
        return starts, None
    last = case.last_day
    return max(starts, block.first), min(block.last, last) if last else block.last


def list_about(case: PlacementCase, since: date, until: date | None) -> tuple[Field, ...]:
    """List the fields of whom the report is about, and of which time."""
    period = f"{words(since)} to {words(until)}" if until else f"from {words(since)}"
    return (
        make_field(case, "pupil.name", "Pupil"),
        Field("period", "Period", period),
        make_field(case, "placement.weekly_minutes", "Planned a week"),
        make_field(case, "placement.at_provider", "Days at the provider"),
    )


def list_attendance(case: PlacementCase, since: date, until: date | None) -> tuple[Field, ...]:
    """List the fields of attendance: as marked, or places to write where nothing is."""
    marks = [mark for mark in case.register.marks if is_within(mark, since, until)]
    counts = count_sessions(marks)
    if not counts.possible:
        return (
            Field("attended", "Sessions attended, of those possible", Blank(1)),
            Field("late", "How often late", Blank(1)),
            Field("absence", "Why the pupil was absent", Blank(2)),
        )
    told = f"{counts.present} of {counts.possible} possible ({counts.percent:g} %), as marked"
    late = sum(1 for mark in marks if mark.code == LATE)
    return (
        Field("attended", "Sessions attended", told),
        Field("late", "How often late", str(late)),
        Field("absence", "Anything to correct or add", Blank(2)),
    )


def is_within(mark: Mark, since: date, until: date | None) -> bool:
    """Tell whether a mark is of a period."""
    return since <= mark.day and (until is None or mark.day <= until)


def make_objectives(case: PlacementCase, now: str) -> Block:
    """Make the table of the objectives, each with a place to write; the gap if there are none."""
    objectives = case.placement.objectives
    if not recorded(objectives):
        return Fields((make_field(case, "placement.objectives", "Objectives"),))
    points = list_points(objectives)
    lines = 3 if len(points) <= FEW else 2
    rows = tuple((point, Blank(lines)) for point in points)
    return Table("objectives", ("Objective", now), rows, (2, 3))


def list_learning(case: PlacementCase) -> tuple[Block, ...]:
    """List the parts about English and maths: the level at the start, and a place for now."""
    level: Fact[str] = case.said("induction.academic_level")
    fields = (
        Field("level_at_start", "Level at the start", level if recorded(level) else Blank(1)),
        Field("english", "English now", Blank(3)),
        Field("maths", "Maths now", Blank(3)),
    )
    return (Heading("English and maths"), Fields(fields))


def list_incidents() -> tuple[Field, ...]:
    """List the fields of behaviour, incidents and concerns."""
    return (
        Field("behaviour", "Behaviour and effort", Blank(3)),
        Field("incidents", "Incidents, and what was done", Blank(3)),
        Field("concerns", "Concerns", Blank(3)),
    )


def list_recommended(case: PlacementCase) -> tuple[Field, ...]:
    """List the fields of what the provider recommends, as recorded or to be written."""
    recommends: Fact[str] = case.said("final-report.recommends")
    told = recommends if recorded(recommends) else Blank(4)
    return (
        Field("recommends", "Recommendation", told),
        Field("support", "Support that the pupil needs next", Blank(4)),
    )


def list_signed() -> tuple[Block, ...]:
    """List the parts where the provider signs."""
    return (Heading("Completed by"), Signatures(("The provider",)))


def why_not_running(case: PlacementCase) -> str:
    """Say why there is no half-termly report: the placement is over."""
    return "the placement has ended: make final-report-form" if case.over else ""


HALF_TERM = DocumentKind(
    DocumentName.REPORT_FORM,
    "Half-termly report",
    "the provider to fill in",
    make_half_term,
    why_not=why_not_running,
)
FINAL = DocumentKind(
    DocumentName.FINAL_REPORT_FORM, "Final report", "the provider to fill in", make_final
)
