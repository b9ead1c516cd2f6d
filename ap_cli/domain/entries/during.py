"""What happens during a placement."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from ...forms.facts import Fact, recorded
from ...forms.form import Answers, Percent, answered, ask, require
from .entry import Entry, EntryRef, Party


class Induction(Entry):
    """The induction, with the baseline that progress is measured from."""

    KIND: ClassVar[str] = "induction"
    WITHIN: ClassVar[bool] = True
    EXAMPLE: ClassVar[str] = (
        "--academic-level 'entry 3' --prior-attendance 62 --ambitions 'to work with animals'"
    )

    academic_level: Fact[str] = ask(
        "What level is the pupil at in English and maths?", source="HB 2.6"
    )
    prior_attendance: Fact[Percent] = ask(
        "What was attendance before, in per cent?", source="HB 2.6"
    )
    engagement: Fact[str] = ask("How did the pupil engage with education before?", source="HB 2.6")
    ambitions: Fact[str] = ask("What are the pupil's ambitions?", source="HB 2.6")
    parents_involved: Fact[bool] = ask("Did the parents take part?", source="HB 2.6")
    tells: Fact[str] = ask("Who does the pupil tell about a danger?", source="HB App 3")


class Decision(StrEnum):
    """What a review decided."""

    CONTINUE = "continue"
    CHANGE = "change"
    EXTEND = "extend"
    END = "end"


def goes_on(answers: Answers) -> bool:
    """Whether a review decided that the placement goes on as it is, or with a change."""
    return answers.value("decided") in (Decision.CONTINUE, Decision.CHANGE)


def says_no(answers: Answers) -> bool:
    """Whether a review answers no to objectives, attendance or needs, and changes nothing."""
    noes = (answers.value(name) is False for name in FOUND)
    return any(noes) and answers.value("decided") in (Decision.CONTINUE, Decision.EXTEND)


FOUND = ("objectives_met", "attending", "needs_met")
"""The questions of a review whose "no" asks for a change."""

ASSURANCE = ("objectives_met", "attending", "safe", "needs_met")
"""The questions that a review is held for. Source: HB App 3."""


def still_goes_though_unsafe(answers: Answers) -> bool:
    """Whether it is not safe, and nobody said that the pupil has stopped going there."""
    return answers.value("safe") is False and answers.value("stopped") is not True


class Review(Entry):
    """A review of a placement: what was found, and what was decided.

    It is complete once all four questions of its assurance are answered.
    """

    KIND: ClassVar[str] = "review"
    WITHIN: ClassVar[bool] = True
    EXAMPLE: ClassVar[str] = (
        "--objectives-met --attending --safe --needs-met --decided continue --until 2026-07-10"
        " --next-review 2026-05-20"
    )

    took_part: Fact[tuple[str, ...]] = ask("Who took part?", source="HB 2.2")
    objectives_met: Fact[bool] = ask(
        "Is it meeting its objectives?", source="HB App 3", expected=True
    )
    attending: Fact[bool] = ask("Is the pupil attending?", source="HB App 3", expected=True)
    safe: Fact[bool] = ask("Is it safe?", source="HB App 3", expected=True)
    stopped: Fact[bool] = ask(
        "Has the pupil stopped going there?", source="HB App 3", when=answered("safe", False)
    )
    protection: Fact[str] = ask(
        "What keeps the pupil safe if they still go there?",
        source="HB App 3",
        when=still_goes_though_unsafe,
    )
    needs_met: Fact[bool] = ask("Does it meet the pupil's needs?", source="HB App 3", expected=True)
    child_view: Fact[str] = ask("What does the pupil think of it?", source="HB 2.5")
    decided: Fact[Decision] = ask("What did you decide?", source="HB 2.2", expected=True)
    until: Fact[date] = ask(
        "Until what day does it go on?",
        hint="An off-site direction needs this day.",
        source="SI 2010/1156 reg 4",
        when=goes_on,
    )
    why_no_change: Fact[str] = ask("Why does nothing change?", source="HB App 3", when=says_no)
    extend_to: Fact[date] = ask(
        "What is the new last day?", source="HB 1.3", when=answered("decided", Decision.EXTEND)
    )
    next_review: Fact[date] = ask("When is the next review?", source="HB 2.2")
    earlier_edition: bool | None = None
    """Whether it was recorded before reviews had to be complete: then it counts as it is."""

    @property
    def lacking(self) -> tuple[str, ...]:
        """The questions of its assurance that are not answered."""
        return tuple(name for name in ASSURANCE if not recorded(getattr(self, name)))

    @property
    def counts(self) -> bool:
        """Whether it counts as a review: it is complete, or of an earlier edition."""
        return bool(self.earlier_edition) or not self.lacking


class Invitation(Entry):
    """Written invitations to a review of an off-site direction."""

    KIND: ClassVar[str] = "invitation"
    EXAMPLE: ClassVar[str] = "--review-on 2026-03-20 --invited parent --invited provider"

    review_on: date = require("What day is the review?", source="SI 2010/1156 reg 5")
    invited: Fact[tuple[Party, ...]] = ask("Who was invited?", source="SI 2010/1156 reg 5")


class Outcome(Entry):
    """The outcome of a review of an off-site direction, in writing, within six days after it."""

    KIND: ClassVar[str] = "outcome"
    EXAMPLE: ClassVar[str] = "--told parent --told provider --reasons"

    told: Fact[tuple[Party, ...]] = ask("Who was told?", source="SI 2010/1156 reg 6")
    reasons: Fact[bool] = ask("Does it give the reasons?", source="SI 2010/1156 reg 6")


class Asker(StrEnum):
    """Who may ask in writing for a review."""

    PARENT = "parent"
    PUPIL = "pupil"
    AUTHORITY = "local-authority"


class ReviewRequest(Entry):
    """A review asked for in writing; its day is the day of the request."""

    KIND: ClassVar[str] = "request"
    EXAMPLE: ClassVar[str] = "--asked-by parent"

    asked_by: Asker = require("Who asked for it?", source="SI 2010/1156 reg 4A")
    refused: Fact[bool] = ask("Was it refused?", source="SI 2010/1156 reg 4A")
    refusal: Fact[str] = ask(
        "Why was it refused?", source="SI 2010/1156 reg 4A", when=answered("refused", True)
    )


class Extension(Entry):
    """An extension of a placement, and the review that decided it."""

    KIND: ClassVar[str] = "extension"
    WITHIN: ClassVar[bool] = True
    EXAMPLE: ClassVar[str] = "--to 2027-03-19 --reason 'the objectives are near'"

    last: date = require("What is the new last day?", source="HB 1.3", flag="--to")
    review: Fact[EntryRef] = ask(
        "Which review decided it?", hint="Give its reference, such as E-0031.", source="HB 2.2"
    )
    reason: Fact[str] = ask("Why?", source="HB 1.3")


class Contact(Entry):
    """Contact with a provider, a child or a family during a placement."""

    KIND: ClassVar[str] = "contact"
    EXAMPLE: ClassVar[str] = "--whom 'the provider' --said 'settling in well'"

    whom: Fact[str] = ask("Who with?", source="HB 2.5")
    said: Fact[str] = ask("What was said?", source="HB 2.5")


class Progress(Entry):
    """The provider's report of a half term: progress, achievements, attendance and behaviour."""

    KIND: ClassVar[str] = "progress"
    WITHIN: ClassVar[bool] = True
    EXAMPLE: ClassVar[str] = "--progress 'two units done' --attendance 91"

    progress: Fact[str] = ask("What progress is there against the objectives?", source="HB 2.8")
    achievements: Fact[str] = ask("What was achieved?", source="HB 2.8")
    attendance: Fact[Percent] = ask("What is attendance, in per cent?", source="HB 2.8")
    behaviour: Fact[str] = ask("How is behaviour?", source="HB 2.8")


class Remote(Entry):
    """A line of the log of remote education: why, until when, and how the child took part."""

    KIND: ClassVar[str] = "remote"
    EXAMPLE: ClassVar[str] = (
        "--last-resort 'too ill to travel' --until 2026-03-27 --engaged 'four of five lessons'"
    )

    last_resort: Fact[str] = ask("Why is it the last resort?", source="HB 2.7")
    until: Fact[date] = ask("What is the last day, at the latest?", source="HB 2.7")
    engaged: Fact[str] = ask("How did the pupil take part?", source="HB 2.7")


class OurDecision(StrEnum):
    """What the commissioner decides after a concern."""

    WITHDRAW = "withdraw"
    KEEP = "keep-with-monitoring"
    NOT_AFFECTED = "not-affected"


class Concern(Entry):
    """A safeguarding concern or a serious incident: raised, updated, and closed."""

    KIND: ClassVar[str] = "concern"
    ABOUT: ClassVar[tuple[str, ...]] = ("placement", "provider")
    EXAMPLE: ClassVar[str] = (
        "--what 'a bruise' --decision not-affected"
        " --why-not-stopped 'from a fall at home, seen by a doctor'"
    )

    about: Fact[EntryRef] = ask(
        "Which earlier concern does this follow?",
        hint="Give its reference, such as E-0031. Press Enter if it is new.",
        flag="--of",
    )
    what: Fact[str] = ask("What is the concern?", source="HB App 3")
    serious: Fact[bool] = ask("Is it a serious incident?", source="HB 2.3")
    lead_informed: Fact[date] = ask(
        "When was your designated safeguarding lead told?",
        hint="On the same day.",
        source="HB App 3, KCSIE",
        past=True,
    )
    about_adult: Fact[bool] = ask(
        "Is it about an adult who works with children?", source="HB App 3, KCSIE"
    )
    officer_informed: Fact[date] = ask(
        "When was the council's designated officer told?",
        hint="The LADO, within one working day.",
        source="HB App 3, KCSIE",
        when=answered("about_adult", True),
        past=True,
    )
    at_risk: Fact[bool] = ask("Is a child at risk of harm?", source="HB App 3, KCSIE")
    social_care_informed: Fact[date] = ask(
        "When was children's social care told?",
        hint="At once.",
        source="HB App 3, KCSIE",
        when=answered("at_risk", True),
        past=True,
    )
    why_not_informed: Fact[str] = ask(
        "If one of them was not told in time, why not?", source="HB App 3, KCSIE"
    )
    decision: Fact[OurDecision] = ask("What did you decide to do?", source="HB 2.3, App 3")
    why_not_stopped: Fact[str] = ask(
        "Why does the placement go on?",
        source="HB App 3",
        when=answered("decision", OurDecision.KEEP, OurDecision.NOT_AFFECTED),
    )
    monitoring: Fact[str] = ask(
        "What is monitored, and by whom?",
        source="HB 2.3",
        when=answered("decision", OurDecision.KEEP),
    )
    monitoring_until: Fact[date] = ask(
        "Until what day?", source="HB 2.3", when=answered("decision", OurDecision.KEEP)
    )
    closed: Fact[bool] = ask("Is it closed?", flag="--closed/--open")
    outcome: Fact[str] = ask("What was the outcome?", when=answered("closed", True))


def not_checked_again(answers: Answers) -> bool:
    """Whether the checks were not redone after a change."""
    return answers.value("checked_again") is None


class Change(Entry):
    """A change that a provider reported, such as of staff or site; its day is when you heard."""

    KIND: ClassVar[str] = "change"
    ABOUT: ClassVar[tuple[str, ...]] = ("provider", "placement")
    EXAMPLE: ClassVar[str] = "--what 'a new workshop leader' --why-not 'she was checked in January'"

    what: str = require(
        "What has changed?", hint="Such as new staff, or another site.", source="HB App 3"
    )
    checked_again: Fact[date] = ask(
        "When did you redo the checks?",
        hint="Those that the change is about, such as DBS checks or the place.",
        source="HB App 3",
        past=True,
    )
    why_not: Fact[str] = ask(
        "If you did not redo them, why not?", source="HB App 3", when=not_checked_again
    )


class Waiver(Entry):
    """A decision not to mend a finding, with its reason; not for the law or for safety."""

    KIND: ClassVar[str] = "waiver"
    ABOUT: ClassVar[tuple[str, ...]] = ("placement", "pupil", "provider")
    EXAMPLE: ClassVar[str] = "--rule AP416 --reason 'taught at home by agreement' --by 'A. Tester'"

    rule: str = require("Which rule do you waive?", hint="Give its id, such as AP416.")
    reason: str = require("Why do you waive it?")
    until: Fact[date] = ask("What is the last day of the waiver?")
