"""Which placement a row of a spreadsheet means: the one that begins then, or one that runs then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ..domain.days import words
from ..domain.imported import ANOTHER_WORD, REFERENCE
from ..domain.placement import Placement
from ..domain.pupil import Pupil
from ..domain.readers import answer
from ..forms.facts import recorded
from ..forms.form import Noun, question, reference
from .import_elsewhere import PlacementsInFile, ask_provider, say_unsure_where
from .import_history import History
from .import_known import Known, read_known
from .import_told import Told
from .import_values import ANOTHER, Decisions, SamePlacement, Wrong


class PlacementFinder:
    """Finds which placement of a pupil at a provider a row means that names none."""

    def __init__(
        self,
        known: Known,
        decisions: Decisions,
        told: Told,
        history: History,
        in_file: PlacementsInFile,
        today: date,
    ) -> None:
        self.known, self.decisions, self.told = known, decisions, told
        self.history, self.in_file, self.today = history, in_file, today

    def find(self, answers: Mapping[str, object], pupil: int, provider: Noun) -> Placement | None:
        """Return the placement that begins on the day of a row; None for a new one.

        Raise Wrong if none does and one on record, which the file has not named, runs then, there
        or from that day elsewhere, unless the row is about another.
        """
        day = self._day("starts", answers)
        if day is None or not pupil:
            return None
        return self._there(answers, pupil, provider.id, day) or (
            None if answers.get(REFERENCE) == ANOTHER else self._elsewhere(pupil, provider, day)
        )

    def _there(
        self, answers: Mapping[str, object], pupil: int, provider: int, day: date
    ) -> Placement | None:
        """Return the placement that begins on a day, or did, or is meant by another day."""
        if not provider:
            return None
        found = self.known.starting(pupil, provider, day)
        if len(found) > 1:
            refs = " and ".join(reference(Placement.PREFIX, id) for id in found)
            raise Wrong(
                f"{refs} both begin on {words(day)}: write which one it is in a column “Placement"
                " ref”"
            )
        if found:
            return read_known(self.known, Placement, found[0])
        if answers.get(REFERENCE) == ANOTHER:
            return None
        once = self.history.placements(pupil, provider, day)
        left = [id for id in once if not self.told.has(Placement, id)]
        if len(left) == 1:
            return read_known(self.known, Placement, left[0])
        return self._meant(answers, pupil, provider)

    def _elsewhere(self, pupil: int, provider: Noun, day: date) -> Placement | None:
        """Return the placement that a row gives another provider; raise Wrong if it is unsure.

        It began on the same day, and is not in the file as it stands on record.
        """
        for id, at in self.known.beginning(pupil, day):
            if at == provider.id or self.told.has(Placement, id):
                continue
            there = read_known(self.known, Placement, id)
            if self.in_file.have(there, self.known, self.history):
                continue
            asked = ask_provider(self.known, there, provider)
            if asked not in self.decisions.placements:
                raise Wrong(say_unsure_where(self.known, there, provider.id), asks=asked)
            if self.decisions.placements[asked]:
                return there
        return None

    def _meant(self, answers: Mapping[str, object], pupil: int, provider: int) -> Placement | None:
        """Return the placement that is meant by another first day; raise Wrong if it is unsure."""
        first = self._day("starts", answers) or date.max
        ended = answers.get("ended")
        last = ended if isinstance(ended, date) else self._day("ends", answers) or date.max
        for starts, id in self.known.running(pupil, provider):
            if self.told.has(Placement, id):
                continue
            there = read_known(self.known, Placement, id)
            if starts > last or (recorded(there.ends) and there.ends < first):
                continue
            name = read_known(self.known, Pupil, pupil).name
            asked = SamePlacement(id, starts, first, pupil, name)
            if asked not in self.decisions.placements:
                raise Wrong(say_unsure(there, first), asks=asked)
            if self.decisions.placements[asked]:
                return there
        return None

    def _day(self, key: str, answers: Mapping[str, object]) -> date | None:
        asked = question(Placement, key)
        day = answer(asked, answers, self.today) if asked else None
        return day if isinstance(day, date) else None


def say_unsure(there: Placement, first: date) -> str:
    """Say which placement a row may mean, and what tells where nobody can be asked."""
    return (
        f"this may be {there.ref}, which begins on {words(there.starts)}: if it is, correct that"
        f" with ap placement edit {there.ref} --starts {first.isoformat()}, or write {there.ref} in"
        f" a column “Placement ref”; if it is a further one, write “{ANOTHER_WORD}” there"
    )
