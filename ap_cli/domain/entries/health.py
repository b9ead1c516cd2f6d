"""What is asked of the council where health keeps a pupil from school."""

from datetime import date
from typing import ClassVar

from ...forms.facts import Fact
from ...forms.form import Count, ask
from .entry import Entry


class HealthAbsence(Entry):
    """An absence for health, and what the council was told and asked."""

    KIND: ClassVar[str] = "health-absence"
    ABOUT: ClassVar[tuple[str, ...]] = ("pupil",)
    EXAMPLE: ClassVar[str] = "--expected-days 20 --return-sent 2026-02-20"

    expected_days: Fact[Count] = ask(
        "How many school days do you expect the pupil to miss this school year, in all?",
        hint="Running or not. From 15 on, the council has a sickness return.",
        source="SI 2024/208 reg 13",
    )
    return_sent: Fact[date] = ask(
        "When did you send the council the sickness return?", source="SI 2024/208 reg 13", past=True
    )
    help_asked: Fact[date] = ask(
        "When did you ask the council to arrange education?", source="Health needs", past=True
    )
    taught_by_school: Fact[bool] = ask(
        "Does the school itself give suitable education meanwhile?", source="Health needs"
    )
