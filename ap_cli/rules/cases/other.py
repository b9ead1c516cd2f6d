"""Another placement of a pupil, as a rule about one of them sees it."""

from __future__ import annotations

from typing import ClassVar

from ...domain.sessions import Sessions
from ...forms.explaining import FieldLabel, explained_fields
from ...forms.facts import Fact
from ...forms.text import hours
from .base import Member


@explained_fields(
    weekly_minutes="the time there each week",
    at_provider=FieldLabel(fact="placement.at_provider"),
    at_school=FieldLabel(fact="placement.at_school"),
    elsewhere=FieldLabel(fact="placement.elsewhere"),
)
class Other(Member, frozen=True):
    """Another placement that the pupil has on the same day, with its time and its sessions."""

    NAMED_BY: ClassVar[str] = "ref"

    ref: str
    weekly_minutes: int
    at_provider: Fact[Sessions]
    at_school: Fact[Sessions]
    elsewhere: Fact[Sessions]

    def __str__(self) -> str:
        return f"{self.ref}, {hours(self.weekly_minutes)} hours a week"
