"""What happens on a day to a placement, a pupil or a provider: one form a kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar, TypeVar

from .evidence import Item
from .facts import Fact, Unknown
from .forms import Ask, Record, reference


class Entry(Record, frozen=True, kw_only=True):
    """Something that happened: on a day, by somebody."""

    KIND: ClassVar[str] = ""
    ABOUT: ClassVar[tuple[str, ...]] = ("placement",)

    id: int = 0
    day: Annotated[date, Ask("On what day was it? (today, unless given)")]
    by: Annotated[Fact[str], Ask("By whom?")] = Unknown("entry.by")
    note: Annotated[Fact[str], Ask("Is there anything else to note?", last=True)] = Unknown("entry.note")

    @property
    def ref(self) -> str:
        """Its reference: `E-0031`."""
        return reference("E", self.id)


class Decision(StrEnum):
    """What a review decided."""

    CONTINUE = "continue"
    CHANGE = "change"
    EXTEND = "extend"
    END = "end"


class Review(Entry, frozen=True, kw_only=True):
    """A review of a placement: what was found, and what was decided."""

    KIND: ClassVar[str] = "review"

    took_part: Annotated[Fact[tuple[str, ...]], Ask("Who took part? (several allowed)", source="HB 2.2")] = Unknown("review.took_part")
    objectives_met: Annotated[Fact[bool], Ask("Is it meeting its objectives?", source="HB App 3")] = Unknown("review.objectives_met")
    attending: Annotated[Fact[bool], Ask("Is the child attending?", source="HB App 3")] = Unknown("review.attending")
    safe: Annotated[Fact[bool], Ask("Is it safe?", source="HB App 3")] = Unknown("review.safe")
    needs_met: Annotated[Fact[bool], Ask("Does it meet the child's needs?", source="HB App 3")] = Unknown("review.needs_met")
    child_view: Annotated[Fact[str], Ask("What does the child think of it?", source="HB 2.5")] = Unknown("review.child_view")
    decided: Annotated[Fact[Decision], Ask("What was decided?", source="HB 2.2")] = Unknown("review.decided")
    extend_to: Annotated[Fact[date], Ask("To what day is it extended?", source="HB 1.3", when="it_was_extended")] = Unknown("review.extend_to")
    next_review: Annotated[Fact[date], Ask("When is the next review agreed?", source="HB 2.2")] = Unknown("review.next_review")


class Evidence(Entry, frozen=True, kw_only=True):
    """An item of due diligence seen at a provider."""

    KIND: ClassVar[str] = "evidence"
    ABOUT: ClassVar[tuple[str, ...]] = ("provider",)

    item: Annotated[Item, Ask("Which item was seen?", source="HB 2.3, App 3")]
    expires: Annotated[Fact[date], Ask("On what day does it expire?", source="HB 2.3")] = Unknown("evidence.expires")


class Waiver(Entry, frozen=True, kw_only=True):
    """A decision not to mend a finding, with its reason; a finding that the law makes a must cannot be waived."""

    KIND: ClassVar[str] = "waiver"
    ABOUT: ClassVar[tuple[str, ...]] = ("placement", "pupil", "provider")

    rule: Annotated[str, Ask("Which rule is waived?", why="its id, such as AP416")]
    reason: Annotated[str, Ask("Why is it waived?")]
    until: Annotated[Fact[date], Ask("Until what day, that day included?")] = Unknown("waiver.until")


class Purpose(StrEnum):
    """What a visit to a provider was for."""

    PRE_PLACEMENT = "pre-placement"
    QUALITY = "quality-assurance"


class Visit(Entry, frozen=True, kw_only=True):
    """A visit to a provider: before a placement, or to see how it is going, with what was seen of curriculum and safety."""

    KIND: ClassVar[str] = "visit"
    ABOUT: ClassVar[tuple[str, ...]] = ("placement", "provider")

    purpose: Annotated[Fact[Purpose], Ask("What was the visit for?", source="HB 2.3, 2.4")] = Unknown("visit.purpose")
    needs_met: Annotated[Fact[bool], Ask("Can it meet all of the pupil's needs?", source="HB App 1")] = Unknown("visit.needs_met")
    english_and_mathematics: Annotated[Fact[bool], Ask("Are English and mathematics at the heart of what is taught?", source="HB 2.4")] = Unknown(
        "visit.english_and_mathematics"
    )
    breadth: Annotated[Fact[bool], Ask("Is the curriculum broad and balanced?", source="HB 2.4")] = Unknown("visit.breadth")
    qualifications: Annotated[Fact[bool], Ask("Does it lead to subjects and qualifications that count?", source="HB 2.4")] = Unknown(
        "visit.qualifications"
    )
    sequencing: Annotated[Fact[bool], Ask("Does it fit children who come and go at any point of the year?", source="HB 2.4")] = Unknown(
        "visit.sequencing"
    )
    personal_development: Annotated[Fact[bool], Ask("Does it further life skills and personal development?", source="HB 2.4")] = Unknown(
        "visit.personal_development"
    )
    health_and_safety: Annotated[Fact[str], Ask("What was seen of health and safety?", source="HB App 3")] = Unknown("visit.health_and_safety")
    child_seen: Annotated[Fact[bool], Ask("Was the child seen there?", source="HB 2.2")] = Unknown("visit.child_seen")


class Contact(Entry, frozen=True, kw_only=True):
    """Contact with a provider, a child or a family during a placement."""

    KIND: ClassVar[str] = "contact"

    whom: Annotated[Fact[str], Ask("With whom?", source="HB 2.5")] = Unknown("contact.whom")
    said: Annotated[Fact[str], Ask("What was said?", source="HB 2.5")] = Unknown("contact.said")


KINDS: dict[str, type[Entry]] = {form.KIND: form for form in (Review, Visit, Contact, Evidence, Waiver)}
"""Every kind of entry by its name: a new kind is one class and one place here."""

E = TypeVar("E", bound=Entry)


class History:
    """What happened to one subject, in order of its day; only what is looked at is decoded, and once.

    Each row begins with its kind; `read` makes an entry of a row.
    """

    __slots__ = ("_made", "_read", "_rows")

    def __init__(self, rows: Sequence[Sequence[Any]] = (), read: Callable[[Sequence[Any]], Entry] | None = None) -> None:
        self._rows, self._read = rows, read
        self._made: dict[int, Entry] = {}

    def latest(self, kind: type[E]) -> E | None:
        """The latest entry of a kind."""
        for at in reversed(range(len(self._rows))):
            if self._rows[at][0] == kind.KIND:
                return self._entry(at)  # type: ignore[return-value]
        return None

    def all(self, kind: type[E]) -> tuple[E, ...]:
        """Every entry of a kind, in order of its day."""
        return tuple([self._entry(at) for at, row in enumerate(self._rows) if row[0] == kind.KIND])  # type: ignore[misc]

    def every(self) -> tuple[Entry, ...]:
        """Every entry, in order of its day."""
        return tuple(map(self._entry, range(len(self._rows))))

    def _entry(self, at: int) -> Entry:
        if at not in self._made:
            assert self._read, "rows come with what reads them"
            self._made[at] = self._read(self._rows[at])
        return self._made[at]
