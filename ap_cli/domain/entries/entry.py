"""What happens on a day: the base of every kind of entry."""

from datetime import date
from enum import StrEnum
from typing import ClassVar, NewType

from ...forms.facts import Fact, recorded
from ...forms.form import Form, ask, reference, require

EntryRef = NewType("EntryRef", int)
"""A reference to an entry, such as `E-0031`."""

PREFIX = "E"
BARE = ("day", "by")
"""What every entry has, whatever it says."""


class Entry(Form):
    """Something that happened: on a day, by somebody."""

    KIND: ClassVar[str] = ""
    ABOUT: ClassVar[tuple[str, ...]] = ("placement",)
    WITHIN: ClassVar[bool] = False
    """Whether it can only happen from the first to the last day of a placement."""
    ONCE_STARTED: ClassVar[bool] = False
    """Whether it can only happen from the first day of a placement on, or after its last one."""
    AHEAD: ClassVar[bool] = False
    """Whether it can be recorded before its day."""
    ENOUGH: ClassVar[str] = ""
    """Which of `day` and `by` says something by itself, as that a plan is held says all."""
    EXAMPLE: ClassVar[str] = ""
    """The options of the example in its help; if empty, they are made from its questions."""

    id: int = 0
    day: date = require("What day was it?", hint="Today, unless you say another day.")
    by: Fact[str] = ask("Who by?")
    note: Fact[str] = ask("Is there anything else to note?", last=True)

    @property
    def says_something(self) -> bool:
        """Whether it says anything beyond its day and who it was by, or these are enough."""
        said = (name for name in self.ASKS if name not in BARE or name == self.ENOUGH)
        return any(recorded(getattr(self, name)) for name in said)

    @property
    def ref(self) -> str:
        """Its reference: `E-0031`."""
        return reference(PREFIX, self.id)


class Party(StrEnum):
    """Who has a part in a placement."""

    CHILD = "child"
    PARENT = "parent"
    SCHOOL = "school"
    HEAD = "head-teacher"
    GOVERNORS = "governors"
    PROVIDER = "provider"
    AUTHORITY = "local-authority"
    AGENCIES = "agencies"
