"""What happens during a placement."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from ...forms.facts import Fact, Unknown
from ...forms.form import Ask, Percent
from .entry import Entry, EntryRef, Party


class Induction(Entry, frozen=True, kw_only=True):
    """The induction, with the baseline that progress is measured from."""

    KIND: ClassVar[str] = "induction"
    WITHIN: ClassVar[bool] = True

    academic_level: Annotated[
        Fact[str],
        Ask(
            "At what academic level does the child begin, in English and mathematics?",
            source="HB 2.6",
        ),
    ] = Unknown("induction.academic_level")
    prior_attendance: Annotated[
        Fact[Percent], Ask("What was attendance before, in per cent?", source="HB 2.6")
    ] = Unknown("induction.prior_attendance")
    engagement: Annotated[
        Fact[str], Ask("How did the child engage with education before?", source="HB 2.6")
    ] = Unknown("induction.engagement")
    ambitions: Annotated[Fact[str], Ask("What are the child's ambitions?", source="HB 2.6")] = (
        Unknown("induction.ambitions")
    )
    parents_involved: Annotated[
        Fact[bool], Ask("Were the parents part of it?", source="HB 2.6")
    ] = Unknown("induction.parents_involved")
    tells: Annotated[Fact[str], Ask("Whom does the pupil tell of a danger?", source="HB App 3")] = (
        Unknown("induction.tells")
    )


class Decision(StrEnum):
    """What a review decided."""

    CONTINUE = "continue"
    CHANGE = "change"
    EXTEND = "extend"
    END = "end"


class Review(Entry, frozen=True, kw_only=True):
    """A review of a placement: what was found, and what was decided."""

    KIND: ClassVar[str] = "review"
    WITHIN: ClassVar[bool] = True

    took_part: Annotated[
        Fact[tuple[str, ...]], Ask("Who took part? (several allowed)", source="HB 2.2")
    ] = Unknown("review.took_part")
    objectives_met: Annotated[
        Fact[bool], Ask("Is it meeting its objectives?", source="HB App 3")
    ] = Unknown("review.objectives_met")
    attending: Annotated[Fact[bool], Ask("Is the child attending?", source="HB App 3")] = Unknown(
        "review.attending"
    )
    safe: Annotated[Fact[bool], Ask("Is it safe?", source="HB App 3")] = Unknown("review.safe")
    needs_met: Annotated[Fact[bool], Ask("Does it meet the child's needs?", source="HB App 3")] = (
        Unknown("review.needs_met")
    )
    child_view: Annotated[Fact[str], Ask("What does the child think of it?", source="HB 2.5")] = (
        Unknown("review.child_view")
    )
    decided: Annotated[Fact[Decision], Ask("What was decided?", source="HB 2.2")] = Unknown(
        "review.decided"
    )
    extend_to: Annotated[
        Fact[date], Ask("To what day is it extended?", source="HB 1.3", when="it_was_extended")
    ] = Unknown("review.extend_to")
    next_review: Annotated[Fact[date], Ask("When is the next review agreed?", source="HB 2.2")] = (
        Unknown("review.next_review")
    )


class Invitation(Entry, frozen=True, kw_only=True):
    """Written invitations to a review of an off-site direction."""

    KIND: ClassVar[str] = "invitation"

    review_on: Annotated[
        date, Ask("For what day was the review called?", source="SI 2010/1156 reg 5")
    ]
    invited: Annotated[
        Fact[tuple[Party, ...]],
        Ask("Who was invited? (several allowed)", source="SI 2010/1156 reg 5"),
    ] = Unknown("invitation.invited")


class Outcome(Entry, frozen=True, kw_only=True):
    """The outcome of a review of an off-site direction, given in writing, within six days after it."""

    KIND: ClassVar[str] = "outcome"

    told: Annotated[
        Fact[tuple[Party, ...]], Ask("Who was told? (several allowed)", source="SI 2010/1156 reg 6")
    ] = Unknown("outcome.told")
    reasons: Annotated[Fact[bool], Ask("With the reasons?", source="SI 2010/1156 reg 6")] = Unknown(
        "outcome.reasons"
    )


class Asker(StrEnum):
    """Who may ask in writing for a review."""

    PARENT = "parent"
    PUPIL = "pupil"
    AUTHORITY = "local-authority"


class ReviewRequest(Entry, frozen=True, kw_only=True):
    """A review asked for in writing; its day is the day of the request."""

    KIND: ClassVar[str] = "request"

    asked_by: Annotated[Asker, Ask("Who asked for it?", source="SI 2010/1156 reg 4A")]
    refused: Annotated[Fact[bool], Ask("Was it refused?", source="SI 2010/1156 reg 4A")] = Unknown(
        "request.refused"
    )
    refusal: Annotated[
        Fact[str], Ask("Why was it refused?", source="SI 2010/1156 reg 4A", when="it_was_refused")
    ] = Unknown("request.refusal")


class Extension(Entry, frozen=True, kw_only=True):
    """An extension of a placement, and the review that decided it."""

    KIND: ClassVar[str] = "extension"
    WITHIN: ClassVar[bool] = True

    last: Annotated[date, Ask("To what day is it extended?", flags="--to", source="HB 1.3")]
    review: Annotated[
        Fact[EntryRef],
        Ask(
            "At which review was it decided?", hint="its reference, such as E-0031", source="HB 2.2"
        ),
    ] = Unknown("extension.review")
    reason: Annotated[Fact[str], Ask("Why?", source="HB 1.3")] = Unknown("extension.reason")


class Contact(Entry, frozen=True, kw_only=True):
    """Contact with a provider, a child or a family during a placement."""

    KIND: ClassVar[str] = "contact"

    whom: Annotated[Fact[str], Ask("With whom?", source="HB 2.5")] = Unknown("contact.whom")
    said: Annotated[Fact[str], Ask("What was said?", source="HB 2.5")] = Unknown("contact.said")


class Progress(Entry, frozen=True, kw_only=True):
    """The provider's report of a half term: progress, achievements, attendance and behaviour."""

    KIND: ClassVar[str] = "progress"
    WITHIN: ClassVar[bool] = True

    progress: Annotated[
        Fact[str], Ask("What progress was made against the objectives?", source="HB 2.8")
    ] = Unknown("progress.progress")
    achievements: Annotated[Fact[str], Ask("What was achieved?", source="HB 2.8")] = Unknown(
        "progress.achievements"
    )
    attendance: Annotated[
        Fact[Percent], Ask("What is attendance, in per cent?", source="HB 2.8")
    ] = Unknown("progress.attendance")
    behaviour: Annotated[Fact[str], Ask("How is behaviour?", source="HB 2.8")] = Unknown(
        "progress.behaviour"
    )


class Remote(Entry, frozen=True, kw_only=True):
    """A line of the log of remote education: why there is nothing better, until when, and how the child took part."""

    KIND: ClassVar[str] = "remote"

    last_resort: Annotated[Fact[str], Ask("Why is it the last resort?", source="HB 2.7")] = Unknown(
        "remote.last_resort"
    )
    until: Annotated[Fact[date], Ask("Until what day, at most?", source="HB 2.7")] = Unknown(
        "remote.until"
    )
    engaged: Annotated[Fact[str], Ask("How did the child take part?", source="HB 2.7")] = Unknown(
        "remote.engaged"
    )


class OurDecision(StrEnum):
    """What the commissioner decides after a concern."""

    WITHDRAW = "withdraw"
    KEEP = "keep-with-monitoring"
    NOT_AFFECTED = "not-affected"


class Concern(Entry, frozen=True, kw_only=True):
    """A safeguarding concern or a serious incident: raised, updated, and closed with its outcome."""

    KIND: ClassVar[str] = "concern"
    ABOUT: ClassVar[tuple[str, ...]] = ("placement", "provider")

    about: Annotated[
        Fact[EntryRef],
        Ask(
            "Which earlier concern does it go on with?",
            hint="its reference; none where it is new",
            flags="--of",
        ),
    ] = Unknown("concern.about")
    what: Annotated[Fact[str], Ask("What is the concern?", source="HB App 3")] = Unknown(
        "concern.what"
    )
    serious: Annotated[Fact[bool], Ask("Is it a serious incident?", source="HB 2.3")] = Unknown(
        "concern.serious"
    )
    decision: Annotated[
        Fact[OurDecision], Ask("What does the commissioner decide?", source="HB 2.3, App 3")
    ] = Unknown("concern.decision")
    why_not_stopped: Annotated[
        Fact[str],
        Ask(
            "Where the placement does not stop, why not?",
            source="HB App 3",
            when="the_placement_goes_on",
        ),
    ] = Unknown("concern.why_not_stopped")
    monitoring: Annotated[
        Fact[str], Ask("What is monitored, and by whom?", source="HB 2.3", when="it_is_monitored")
    ] = Unknown("concern.monitoring")
    monitoring_until: Annotated[
        Fact[date], Ask("Until what day?", source="HB 2.3", when="it_is_monitored")
    ] = Unknown("concern.monitoring_until")
    closed: Annotated[Fact[bool], Ask("Is it closed?", flags="--closed/--open")] = Unknown(
        "concern.closed"
    )
    outcome: Annotated[Fact[str], Ask("With what outcome?", when="it_is_closed")] = Unknown(
        "concern.outcome"
    )


class Waiver(Entry, frozen=True, kw_only=True):
    """A decision not to mend a finding, with its reason; a finding that the law makes a must cannot be waived."""

    KIND: ClassVar[str] = "waiver"
    ABOUT: ClassVar[tuple[str, ...]] = ("placement", "pupil", "provider")

    rule: Annotated[str, Ask("Which rule is waived?", hint="its id, such as AP416")]
    reason: Annotated[str, Ask("Why is it waived?")]
    until: Annotated[Fact[date], Ask("Until what day, that day included?")] = Unknown(
        "waiver.until"
    )
