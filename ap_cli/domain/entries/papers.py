"""Papers made from the record, and what they need to say beside it."""

from datetime import date
from typing import ClassVar

from ...forms.choice import Choice
from ...forms.facts import Fact
from ...forms.form import Answers, Count, ask, require
from ..clock_times import NO_BREAK, BreakStart, ClockTime
from .entry import Entry


class DocumentName(Choice):
    """A document that can be made from the record."""

    SHEET = "sheet", "the placement sheet, for the council"
    NOTICE = "notice", "the notice of an off-site direction, for the parent"
    COUNCIL_NOTICE = "council-notice", "the same for the council, with an EHC plan"
    DAY_SIX_NOTICE = "day-six-notice", "the notice of education during an exclusion"
    INVITATION = "review-invitation", "the invitation to a review"
    OUTCOME = "review-outcome", "the outcome of a review, with its reasons"
    AGREEMENT = "agreement", "the placement agreement with the provider"
    REPORT_FORM = "report-form", "the provider's half-termly report, to fill in"
    FINAL_REPORT_FORM = "final-report-form", "the provider's final report, to fill in"


class Document(Entry):
    """A document made from the record, such as a placement sheet, and when you sent it."""

    KIND: ClassVar[str] = "document"
    EXAMPLE: ClassVar[str] = "--document sheet --sent 2026-02-27"

    document: DocumentName = require("Which document is it?")
    version: Fact[Count] = ask("Which version is it?")
    sent: Fact[date] = ask("When did you send it?", past=True)
    digest: str | None = None
    """A sum of what it says, without its date: the same content has the same version."""
    lacks: tuple[str, ...] | None = None
    """The fields that it had no answer for; None if it was recorded by hand."""


def there_is_a_break(answers: Answers) -> bool:
    """Whether there is a break, and it is known when it starts."""
    return answers.value("break_from") not in (None, NO_BREAK)


class Times(Entry):
    """The times of a day at the provider, and whom the pupil reports to first: for the notices."""

    KIND: ClassVar[str] = "times"
    EXAMPLE: ClassVar[str] = "--report-to 'C. Sample' --starts-at 9:15 --ends-at 2:45pm"

    report_to: Fact[str] = ask(
        "Who does the pupil report to on the first day?", source="SI 2010/1156 reg 3"
    )
    starts_at: Fact[ClockTime] = ask(
        "What time does the day start there?", source="SI 2010/1156 reg 3"
    )
    break_from: Fact[BreakStart] = ask(
        "What time does the break between morning and afternoon start?",
        hint="Type none if there is no break, as with one session a day.",
        source="SI 2010/1156 reg 3",
    )
    break_to: Fact[ClockTime] = ask(
        "What time does that break end?",
        source="SI 2010/1156 reg 3",
        when=there_is_a_break,
    )
    ends_at: Fact[ClockTime] = ask("What time does the day end there?", source="SI 2010/1156 reg 3")
    days: Fact[Count] = ask(
        "For how many school days is the placement?",
        hint="Leave it empty if your term dates are imported: ap counts them.",
        source="SI 2010/1156 reg 3",
    )


class Agreement(Entry):
    """What you and the provider agree about a pupil, beside the plan: for the agreement."""

    KIND: ClassVar[str] = "agreement"
    EXAMPLE: ClassVar[str] = (
        "--needs 'short tasks, a quiet place' --medicines none --notice-period 'two weeks'"
    )

    lead_here: Fact[str] = ask(
        "Who is your own safeguarding lead, and on which number?", source="KCSIE, HB App 3"
    )
    emergency: Fact[str] = ask("Who is rung in an emergency, and on which number?", source="ap")
    needs: Fact[str] = ask("What does the pupil need, and what helps?", source="HB 2.6")
    medicines: Fact[str] = ask(
        "Which medicines does the pupil take, and who gives them?",
        hint="Write none if there are none.",
        source="HB 2.6",
    )
    physical_intervention: Fact[str] = ask(
        "When may staff hold the pupil, and who is told of it?", source="ap"
    )
    leaving_site: Fact[str] = ask(
        "May the pupil leave the site, and what happens if they do without leave?", source="ap"
    )
    english_and_mathematics: Fact[str] = ask(
        "How are English and maths taught, and by whom?", source="HB 2.4"
    )
    subcontracting: Fact[str] = ask(
        "Who else may teach the pupil for the provider, and who checks them?",
        hint="Write nobody if nobody may.",
        source="HB App 3",
    )
    absence_charge: Fact[str] = ask("What do you pay while the pupil is absent?", source="ap")
    notice_period: Fact[str] = ask("How much notice ends the agreement?", source="ap")


class Reasons(Entry):
    """Why a review of an off-site direction decided as it did: for the letter with its outcome."""

    KIND: ClassVar[str] = "reasons"
    EXAMPLE: ClassVar[str] = "--reviewed-on 2026-03-20 --reasons 'two of three objectives are met'"

    reviewed_on: date = require("What day was the review?", source="SI 2010/1156 reg 6")
    reasons: Fact[str] = ask(
        "Why did the review decide as it did?",
        hint="The parent, the provider and the council read it in the letter.",
        source="SI 2010/1156 reg 6",
    )


class Meeting(Entry):
    """A review meeting that is arranged: its day, its time and its place."""

    KIND: ClassVar[str] = "meeting"
    EXAMPLE: ClassVar[str] = "--review-on 2026-03-20 --at 2pm --where 'the school office'"

    review_on: date = require("What day is the review?", source="SI 2010/1156 reg 5")
    at: Fact[ClockTime] = ask("What time is it?", flag="--at")
    place: Fact[str] = ask("Where is it, or how do people join?", flag="--where")
