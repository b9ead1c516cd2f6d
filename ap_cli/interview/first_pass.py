"""The first pass of the placement wizard: twenty questions, as a commissioner thinks.

What is left is worked out of the answers, or asked later, section by section.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ..domain.options import NOT_AT_A_SITE
from ..domain.placement import Placement
from ..domain.provider import Provider, ProviderKind
from ..forms.form import Question, question
from .place import place_of
from .steps import Asking, FormStep, Step
from .together import Consulted, RestElsewhere, RestOfWeek, Visit

When = Callable[[Asking], bool]

WHO, WEEK, WHY, WHAT, HOW_IT_RUNS = (
    "Who and where",
    "The week",
    "Why",
    "What it is for",
    "How it runs",
)
WORKED_OUT = "Worked out: please read"

TAUGHT_ANYWHERE = (ProviderKind.ONLINE, ProviderKind.ONE_TO_ONE, ProviderKind.HOSPITAL)
"""Kinds of provider of which the first pass asks where they teach."""

OUTCOMES = {
    "attendance": "What should change in attendance, from what to what?",
    "attitude": "And in attitude?",
    "attainment": "And in attainment?",
    "behaviour": "And in behaviour?",
    "destination": "And in where they go next?",
}
"""What may change, as the handbook lists it, and how that is asked."""


IN_SHORT = {
    "at_provider": "days there",
    "at_school": "days at school",
    "exception": "why less than a day at school",
    "starts": "first day",
    "ends": "last day",
    "for_authority": "for the council",
    "dual_registered": "registered there too",
    "code_supervised": "who supervises",
    "reasons": "main reason",
    "consulted": "what they said",
    "nature": "what they do there",
    "outcome_attendance": "attendance",
    "outcome_attitude": "attitude",
    "outcome_attainment": "attainment",
    "outcome_behaviour": "behaviour",
    "outcome_destination": "where they go next",
    "pupil_wants": "what the pupil wants",
    "curriculum_fit": "how it fits with lessons",
    "success": "how you know it worked",
    "aim": "where it leads",
    "transport": "how they get there",
    "route_safe": "safe journey",
    "location_discussed": "location discussed",
    "considerations": "what else matters",
    "visited_by": "who went",
    "owner": "who leads",
    "completed_contact": "how to reach them",
    "code_elsewhere": "code: not registered there",
    "code_educational": "code: education",
    "extent": "full or part time",
    "completed_by": "who fills this in",
}
"""What a question asks for in a word or two, where the name of its fact would not say it."""


def placement_question(name: str) -> Question:
    """The question of a field of a placement; LookupError if it has none."""
    found = question(Placement, name)
    if found is None:
        raise LookupError(f"a placement has no question {name!r}")
    return found


def row(number: int, name: str, topic: str, **details: Any) -> FormStep:
    """A question of the placement as one prompt of a row."""
    short = IN_SHORT.get(name, "")
    return FormStep(placement_question(name), topic=topic, row=number, short=short, **details)


def place_varies(asking: Asking) -> bool:
    """Whether the provider may teach online, at home or at a place of its own."""
    provider: Provider | None = asking.named("provider")
    may_vary = provider is not None and provider.kind in TAUGHT_ANYWHERE
    return may_vary or asking.value("place") is not None


def travels(asking: Asking) -> bool:
    """Whether the pupil has a way to go."""
    return place_of(asking) not in NOT_AT_A_SITE


def has_no_day_at_school(asking: Asking) -> bool:
    """Whether it was said which half days are at school, and they make no whole day."""
    at_school = asking.value("at_school")
    at_provider = asking.value("at_provider")
    is_full = at_provider is not None and len(at_provider.slots) == WHOLE_WEEK
    return is_full or (at_school is not None and at_school.most_in_a_day < 2)


WHOLE_WEEK = 10
"""Half days in a school week."""


def was_visited(asking: Asking) -> bool:
    """Whether the visit has its day."""
    return asking.value("visited") is not None


def first_pass(supervised: When, several: bool) -> Iterator[Step]:
    """The prompts of the twenty rows.

    `supervised` says when the supervision of a code is asked, `several` whether there are several
    commissioners.
    """
    yield row(1, "pupil", WHO)
    yield row(2, "provider", WHO, text="Where will they go?")
    yield row(2, "place", WHO, when=place_varies)
    yield row(2, "place_address", WHO)
    yield row(2, "site", WHO)
    yield from week_rows()
    yield from why_rows(supervised, several)
    yield from purpose_rows()
    yield from running_rows()


def week_rows() -> Iterator[Step]:
    """Rows 3 to 7: the days, the hours, the rest of the week, the first and the last day."""
    yield row(
        3,
        "at_provider",
        WEEK,
        text="Which days or half days are they there?",
        hint="Such as mon tue, or mon-wed am.",
    )
    yield row(
        4,
        "weekly_minutes",
        WEEK,
        text="How many hours a week is that, breaks included?",
        hint="More than 18 is full time.",
    )
    yield RestOfWeek(5, WEEK)
    yield RestElsewhere(5, WEEK)
    yield row(5, "exception", WEEK, when=has_no_day_at_school, hint="Enter if there is none.")
    yield row(6, "starts", WEEK, text="What is their first day?")
    yield row(
        7, "ends", WEEK, text="What is their last day?", hint="You can extend it at a review."
    )


def why_rows(supervised: When, several: bool) -> Iterator[Step]:
    """Rows 8 to 10: the route and what it turns on, the reason, who was spoken to."""

    def has_several(_: Asking) -> bool:
        return several

    yield row(8, "route", WHY)
    yield row(8, "commissioner", WHY, when=has_several)
    yield row(8, "for_authority", WHY)
    yield row(8, "dual_registered", WHY)
    yield row(
        8,
        "code_supervised",
        WHY,
        when=supervised,
        instead=True,
        text="Is a suitably skilled adult with them there?",
        hint="Code B in the register needs it.",
    )
    yield row(9, "reasons", WHY, text="What is the main reason?", hint="The census asks too.")
    yield Consulted(10, WHY)
    yield row(10, "consulted", WHY, text="What did they say, and who else did you speak to?")


def purpose_rows() -> Iterator[Step]:
    """Rows 11 to 17: what they do, what should change, what it leads to, and how it ends."""
    yield row(
        11,
        "nature",
        WHAT,
        text="What will they do there?",
        hint="Such as animal care, English, maths.",
    )
    for name, text in OUTCOMES.items():
        hint = "Such as 60 to 85 %. Enter skips one." if name == "attendance" else ""
        yield row(12, f"outcome_{name}", WHAT, text=text, hint=hint)
    yield row(13, "pupil_wants", WHAT, hint="In their own words.")
    yield row(
        14,
        "curriculum_fit",
        WHAT,
        text="How does it fit with their lessons?",
        hint="Who sends English and maths?",
    )
    yield row(15, "success", WHAT, text="How will you know it worked?")
    yield row(16, "aim", WHAT, text="Where should it lead?")
    yield row(17, "exit_strategy", WHAT, text="What is the plan for ending it, or if it fails?")


def running_rows() -> Iterator[Step]:
    """Rows 18 to 20: the journey, the visit, and who leads."""
    yield row(18, "transport", HOW_IT_RUNS, when=travels, text="How do they get there?")
    yield row(18, "route_safe", HOW_IT_RUNS, when=travels)
    yield row(18, "location_discussed", HOW_IT_RUNS, when=travels, hint="Enter if not yet.")
    yield row(18, "considerations", HOW_IT_RUNS, text="What else matters?")
    yield Visit(19, HOW_IT_RUNS)
    yield row(19, "visited_by", HOW_IT_RUNS, when=was_visited, text="Who went, or will go?")
    yield row(20, "owner", HOW_IT_RUNS, text="Who leads on this?")
    yield row(20, "completed_contact", HOW_IT_RUNS)


WORKED_OUT_FIELDS = (
    "extent",
    "timeline",
    "review_dates",
    "tier",
    "code",
    "code_elsewhere",
    "code_educational",
    "objectives",
    "completed_by",
)
"""What is worked out of the answers, shown for reading, and confirmed by saving."""


def worked_out_steps() -> Iterator[FormStep]:
    """What is worked out, as answers that can be changed on the review screen."""
    for name in WORKED_OUT_FIELDS:
        short = IN_SHORT.get(name, "")
        yield FormStep(placement_question(name), topic=WORKED_OUT, short=short)


SECTIONS: dict[str, tuple[str, ...]] = {
    "What you have tried": ("tried",),
    "The part-time week": ("full_time_from", "part_time_reason", "part_time_review"),
    "Time at home": ("home_reported", "home_agreed", "home_until", "home_checked_by"),
    "The EHC plan": ("top_up", "section_f_given", "section_f"),
    "After year 11": ("post_16_plan", "post_16"),
    "Sharing information": ("sharing",),
    "Money": ("weekly_pence", "cost_compared"),
    "Hours in detail": (
        "school_minutes",
        "elsewhere_minutes",
        "school_week_minutes",
        "away_minutes",
    ),
    "The register": ("removed_from_roll", "removal_ground", "code_approved"),
}
"""What is asked later, in sections."""


def later_steps() -> Iterator[FormStep]:
    """What is asked after the first pass, section by section."""
    for section, names in SECTIONS.items():
        for name in names:
            yield FormStep(placement_question(name), topic=section)
