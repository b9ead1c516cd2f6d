"""What a case is about, whichever kind it is; and a record that cannot be read."""

from __future__ import annotations

import re
from datetime import date

from ...domain.commissioner import COMMISSIONER, Commissioner
from ...domain.entries.history import History
from ...domain.placement import Placement
from ...domain.provider import Provider
from ...domain.pupil import Pupil
from ...forms.explaining import explained_fields
from ...forms.facts import Fact, Unknown
from ...forms.form import Noun, Record
from .base import Case
from .placement import PlacementCase
from .provider import ProviderCase
from .pupil import PupilCase


@explained_fields(
    on="the day that is judged", problem="what cannot be read", commissioner="who arranges it"
)
class UnreadCase(Record, frozen=True):
    """A record that cannot be read on a day, and why.

    `imported_as` names what an import mends: "terms" or "overlay"; empty for any other record.
    """

    on: date
    ref: str
    problem: str
    imported_as: str = ""
    entries: History = History()
    commissioner: Fact[Commissioner] = Unknown(COMMISSIONER)

    @property
    def named(self) -> str:
        """The reference that the problem begins with.

        What cannot be read may be something that the record names.
        """
        return next(
            (word for word in self.problem.split()[:4] if re.fullmatch(r"[A-Z]{1,2}-\d+", word)),
            self.ref,
        )

    @property
    def now(self) -> date:
        """The day asked."""
        return self.on


AnyCase = PlacementCase | ProviderCase | PupilCase | UnreadCase
SUBJECTS: dict[type[Record], tuple[type[Noun], ...]] = {
    PlacementCase: (Placement,),
    ProviderCase: (Provider,),
    PupilCase: (Pupil,),
    Case: (Placement, Pupil, Provider),
    UnreadCase: (Placement, Pupil, Provider),
}
"""What the kinds of case are about; a rule about anything that is judged is about all of them."""
