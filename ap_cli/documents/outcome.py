"""The outcome of a review, with its reasons, of an off-site direction. SI 2010/1156 reg 6."""

from __future__ import annotations

from datetime import date
from typing import Any

from ..domain.entries.during import Decision, Outcome, Review
from ..domain.entries.papers import DocumentName, Reasons
from ..domain.placement import Placement
from ..forms.facts import Fact, Unknown, recorded
from ..rules.cases.placement import PlacementCase
from ..rules.open_reviews import list_to_tell
from ..rules.task import About, Edit, Write, about
from ..services.papers import PaperFacts
from .content import Content, Field, Fields, Heading, Paragraph
from .document import DocumentKind, Sent
from .doubts import doubt_of_outcome
from .facts import value_words
from .letters import address_to, has, list_contacts, list_who, why_not_directed
from .notice import say_right

DECIDED = {
    Decision.CONTINUE: "The placement goes on as it is",
    Decision.CHANGE: "The placement goes on, with changes",
    Decision.EXTEND: "The placement is extended",
    Decision.END: "The placement ends",
}
"""What a review decided, as a letter says it."""


def find_review(case: PlacementCase) -> Review:
    """Return the last review that counts; there has to be one."""
    return case.reviews_that_count[-1]


def why_no_outcome(case: PlacementCase) -> str:
    """Say why there is no outcome; empty if a review of an off-site direction was held."""
    why = why_not_directed(case)
    return why or ("" if case.reviews_that_count else "no review has been held yet")


def make_content(facts: PaperFacts) -> Content:
    """Make the letter: what the review found, what was decided, until when, and why."""
    case, review = facts.case, find_review(facts.case)
    return Content(
        title="Outcome of a review",
        to=address_to(case, list_to_tell(case, review.day)),
        blocks=(
            Paragraph(
                "We have reviewed the off-site direction of this pupil. This is the outcome."
            ),
            Fields(list_who(case)),
            Heading("What was decided, and why"),
            Fields(list_decided(case, review)),
            Heading("What the review found"),
            Fields(list_found(review)),
            Heading("If you do not agree"),
            Paragraph(say_right(case)),
            Fields(list_contacts(case)),
        ),
    )


def list_decided(case: PlacementCase, review: Review) -> tuple[Field, ...]:
    """List the fields of the decision, its reasons, and how it goes on."""
    decided: Fact[str] = DECIDED[review.decided] if recorded(review.decided) else review.decided
    fields = [
        make_answer(review, "day", "Review held on"),
        Field("review_decided", "Decision", decided, correct(review, "decided")),
        Field("review_reasons", "Reasons", find_reasons(case, review), give_reasons(case, review)),
    ]
    if not recorded(review.decided) or review.decided is not Decision.END:
        extends = recorded(review.decided) and review.decided is Decision.EXTEND
        name = "extend_to" if extends else "until"
        fields.append(make_answer(review, name, "Goes on until"))
        fields.append(make_answer(review, "next_review", "Next review"))
    return tuple(fields)


def find_reasons(case: PlacementCase, review: Review) -> Fact[str]:
    """Return the reasons of a review: those that were given for the letter, or why nothing changes.

    Its note is for the office, and goes to nobody.
    """
    given = [each.reasons for each in case.entries.all(Reasons) if each.reviewed_on == review.day]
    for reasons in reversed(given):
        if recorded(reasons):
            return reasons
    return review.why_no_change if recorded(review.why_no_change) else Unknown("reasons.reasons")


def give_reasons(case: PlacementCase, review: Review) -> Write:
    """Return what records the reasons of a review."""
    known = (("reviewed_on", review.day.isoformat()),)
    return Write(about(case.placement), Reasons.KIND, ("reasons",), known=known)


def list_found(review: Review) -> tuple[Field, ...]:
    """List the fields of what the review found."""
    return (
        make_answer(review, "took_part", "Who took part"),
        make_answer(review, "objectives_met", "Meets its objectives"),
        make_answer(review, "attending", "The pupil attends"),
        make_answer(review, "safe", "It is safe"),
        make_answer(review, "needs_met", "Meets the pupil's needs"),
        make_answer(review, "child_view", "What the pupil thinks"),
    )


def make_answer(review: Review, name: str, label: str) -> Field:
    """Make the field of an answer of a review."""
    fact: Fact[Any] = getattr(review, name)
    value = value_words(fact) if recorded(fact) else fact
    return Field(f"review_{name}", label, value, correct(review, name))


def correct(review: Review, name: str) -> Edit:
    """Return what answers a question of a review that is on record."""
    return Edit(About(Review.KIND, review.ref), (name,))


def record_sent(case: PlacementCase, content: Content, by: str, day: date) -> tuple[Sent, ...]:
    """Return what sending it fulfils: who was told, and whether with the reasons."""
    told = list_to_tell(case, find_review(case).day)
    outcome = Outcome(day=day, by=by, told=told, reasons=has(content, "review_reasons"))
    return (Sent(outcome, Placement, case.placement.id),)


KIND = DocumentKind(
    DocumentName.OUTCOME,
    "Outcome of a review",
    "parent, provider and, with an EHC plan, the council",
    make_content,
    why_not=why_no_outcome,
    record_sent=record_sent,
    asks=(Reasons,),
    list_doubts=doubt_of_outcome,
)
