"""What becomes of a row of a spreadsheet, and what it leaves open, as values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ..forms.form import Noun, Record

NEW, CHANGED, SAME, WRONG, PASSED = "new", "changed", "same", "wrong", "passed over"
"""What becomes of a row."""

ANOTHER = 0
"""The answer that a name is of another record than those that are like it; also as a reference."""

NAMESAKE = -1
"""The answer that an address is that of another provider of the same name."""


class SameProvider(Record, frozen=True):
    """The question whether a provider's name is one of those that are nearly the same."""

    name: str
    near: tuple[str, ...]


class SameSchool(Record, frozen=True):
    """The question whether a home school's name is one of those that are nearly the same."""

    name: str
    near: tuple[str, ...]


class SamePupil(Record, frozen=True):
    """The question whether a child is one of those that are nearly the same.

    `near` has their numbers and `names` what each is called, with the birth date.
    """

    name: str
    born: date | None
    near: tuple[int, ...]
    names: tuple[tuple[str, date], ...]


class SamePlacement(Record, frozen=True):
    """The question whether a row means a placement that runs then and began on another day.

    `pupil` is the number of its child, who has a `name`.
    """

    placement: int
    starts: date
    begins: date
    pupil: int
    name: str


class OtherProvider(Record, frozen=True):
    """The question whether a row corrects the provider of a placement that began on the same day.

    It is `at` a provider by name, the row has one that is `called` so. `pupil` is the number of
    its child, who has a `name`.
    """

    placement: int
    at: str
    called: str
    begins: date
    pupil: int
    name: str


WhichPlacement = SamePlacement | OtherProvider
"""The questions whether a row means a placement on record that is not quite as it says."""


class NewName(Record, frozen=True):
    """The question whether a provider that is named by its reference has a new name."""

    provider: int
    on_record: str
    name: str


class MovedSite(Record, frozen=True):
    """The question whether an address is a new one of a provider's site, or that of one more.

    `sites` has the addresses on record, with their numbers.
    """

    provider: int
    name: str
    address: str
    sites: tuple[tuple[int, str], ...]


class OtherStore(Record, frozen=True):
    """The question whether a file is from another store, as its references do not fit this one."""


class WhichCommissioner(Record, frozen=True):
    """The question which commissioner a name means, or who commissions if a row names nobody.

    `known` has those that it can be: the reference and name of each.
    """

    name: str
    known: tuple[tuple[str, str], ...]


class KindOfProvider(Record, frozen=True):
    """The question what kind of provider a new one is."""

    name: str


class NeededInRows(Record, frozen=True):
    """The question for an answer that rows need and do not have, by the field's name.

    `options` are the choices that there are for these rows; none if there are all.
    """

    field: str
    options: tuple[str, ...] = ()


OpenQuestion = (
    SameProvider
    | SameSchool
    | SamePupil
    | SamePlacement
    | OtherProvider
    | NewName
    | MovedSite
    | OtherStore
    | WhichCommissioner
    | KindOfProvider
    | NeededInRows
)


class Decisions(Record, frozen=True):
    """What a person has answered of what rows leave open.

    `providers` maps the spelling of a name to the name it is spelt as in ap, empty for a provider
    of its own, and `schools` does so for home schools. `pupils` maps the question to the number of
    the pupil, ANOTHER for a new one, `placements` the question to whether it is that placement, and
    `kinds` the name of a new provider to its kind. `renamed` has the new names of providers,
    `moved` the number of the site that has another address, ANOTHER for one more, NAMESAKE if it is
    that of another provider, and
    `commissioners` maps what a row calls a commissioner to the reference or name in ap.
    `own_references` is whether the references of the file are those of this store, None if nobody
    has said so. A file that `is_from_another` store can have references of this one too, which
    somebody wrote down.
    """

    providers: Mapping[str, str] = {}
    schools: Mapping[str, str] = {}
    pupils: Mapping[SamePupil, int] = {}
    kinds: Mapping[str, str] = {}
    placements: Mapping[WhichPlacement, bool] = {}
    renamed: frozenset[NewName] = frozenset()
    moved: Mapping[MovedSite, int] = {}
    commissioners: Mapping[str, str] = {}
    own_references: bool | None = None
    is_from_another: bool = False


class Kept(Record, frozen=True):
    """A fact that stays as somebody has changed it: a file still says what it was before.

    `given` is what the file says. `joined` is the record that was joined with this one, and that
    the file still has.
    """

    noun: type[Noun]
    ref: str
    name: str
    now: Any
    given: Any
    who: str
    day: date
    joined: str = ""


class Step(Record, frozen=True):
    """A record as a row leaves it: new without `before`, the same without changes."""

    after: Noun
    before: Noun | None = None
    changed: Mapping[str, Any] = {}

    @property
    def outcome(self) -> str:
        """Return whether the record is new, changed or the same."""
        if self.before is None:
            return NEW
        return CHANGED if self.changed else SAME


class PlaceSteps(Record, frozen=True):
    """A provider and a placement there, as a place of a row leaves them."""

    provider: Step | None = None
    placement: Step | None = None


class RowPlan(Record, frozen=True):
    """What becomes of a row; `wrong` says why nothing does, `asks` what would settle it.

    `noted` says what is read otherwise than it stands, `kept` what somebody has changed since.
    """

    sheet: str
    number: int
    pupil: Step | None = None
    places: tuple[PlaceSteps, ...] = ()
    wrong: tuple[str, ...] = ()
    asks: tuple[OpenQuestion, ...] = ()
    passed: str = ""
    noted: tuple[str, ...] = ()
    kept: tuple[Kept, ...] = ()

    @property
    def steps(self) -> list[Step]:
        """List its records: those of a place after the pupil."""
        of_places = (step for place in self.places for step in (place.provider, place.placement))
        return [step for step in (self.pupil, *of_places) if step is not None]

    @property
    def outcome(self) -> str:
        """Return what becomes of the row: the most that becomes of one of its records."""
        if self.passed:
            return PASSED
        if self.wrong:
            return WRONG
        found = {step.outcome for step in self.steps}
        return next((one for one in (NEW, CHANGED) if one in found), SAME)


class Wrong(Exception):
    """Why a row cannot be imported, with the question that would settle it, if there is one."""

    def __init__(self, *problems: str, asks: OpenQuestion | None = None) -> None:
        super().__init__()
        self.problems, self.asks = problems, asks


class Earlier(Record, frozen=True):
    """What an earlier row of the file said of a record: the row, and the questions it answered."""

    number: int
    answered: frozenset[str]
