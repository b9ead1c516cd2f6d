"""What follows an exclusion: what the head teacher tells the parents, and others."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from ...forms.facts import Fact
from ...forms.form import ask
from .entry import Entry


class EducationNotice(Entry):
    """The head teacher's written notice to the parents of the education during an exclusion."""

    KIND: ClassVar[str] = "education-notice"
    ABOUT: ClassVar[tuple[str, ...]] = ("pupil",)
    EXAMPLE: ClassVar[str] = "--start-day --daily-hours --address --report-to"

    exclusion_day: Fact[date] = ask(
        "On what day does the exclusion begin?",
        hint="Leave it empty if it is the last one that began.",
        source="SI 2007/1870",
    )
    start_day: Fact[bool] = ask(
        "Does it give the day on which the education starts?",
        hint="No if that was not known yet: another notice follows.",
        source="SI 2007/1870",
    )
    daily_hours: Fact[bool] = ask(
        "Does it give the times of each day?",
        hint="Start and end, of the morning and the afternoon if there is a break between.",
        source="SI 2007/1870",
    )
    address: Fact[bool] = ask("Does it give the address?", source="SI 2007/1870")
    report_to: Fact[bool] = ask(
        "Does it say who to report to on the first day?", source="SI 2007/1870"
    )
    shorter_agreed: Fact[bool] = ask(
        "Did a parent agree to less than 48 hours' notice?",
        hint="Only for education that starts before the sixth school day.",
        source="SI 2007/1870",
    )


class Colleague(StrEnum):
    """Who shares responsibility for a pupil. Source: S&PE."""

    VIRTUAL_HEAD = "virtual-school-head"
    SOCIAL_WORKER = "social-worker"


class Informed(Entry):
    """Telling the virtual school head or the social worker of an exclusion or a placement."""

    KIND: ClassVar[str] = "informed"
    ABOUT: ClassVar[tuple[str, ...]] = ("pupil",)
    EXAMPLE: ClassVar[str] = "--whom virtual-school-head --whom social-worker"

    whom: Fact[tuple[Colleague, ...]] = ask("Who was told?", source="S&PE, LAC guide")
    begins: Fact[date] = ask(
        "On what day does the exclusion or the placement begin?",
        hint="Leave it empty if it is the last exclusion, or the placement to come.",
        source="S&PE",
    )
