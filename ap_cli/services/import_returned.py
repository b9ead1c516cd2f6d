"""What a form that comes back does not change: newer answers, and those that somebody emptied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from ..domain.imported import REFERENCE, Answered, ImportedRow
from ..domain.likeness import provider_key
from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..forms.facts import recorded
from ..forms.form import Noun, Question, questions
from .import_matching import says_the_same
from .import_values import RowPlan, Wrong
from .records import changes
from .returned import Returned, describe_unknown


class ReturnedSheet:
    """What a placement sheet that came back is about; without one, nothing.

    Answers that ap has changed since the sheet was made are left out, and noted.
    """

    def __init__(self, returned: Returned | None, today: date) -> None:
        self.placement = returned.placement if returned else None
        self.pupil = returned.pupil if returned else None
        self._returned, self._today = returned, today
        self._then = (returned.then if returned else None) or {}
        self._noted: list[str] = []

    def of(self, now: Noun, given: Mapping[str, object]) -> dict[str, object]:
        """Return the answers about a record with its reference, and without older ones."""
        return {REFERENCE: now.id} | self.without_older(now, given)

    def names_then(self, provider: Answered, placement: Placement) -> bool:
        """Tell whether the sheet names the provider as it was called when the sheet was made."""
        then = self._then.get(Provider)
        if not isinstance(then, Provider) or then.id != placement.provider:
            return False
        return provider_key(str(provider.get("name") or "")) == provider_key(then.name)

    def without_older(self, now: Noun, given: Mapping[str, object]) -> dict[str, object]:
        """Return the answers about a record without those that ap changed after the sheet."""
        then = self._then.get(type(now))
        if then is None or then.id != now.id:
            return dict(given)
        newer = changes(then, now)
        asked = {one.key: one for one in questions(type(now))}
        older, both = [], []
        taken: dict[str, object] = {}
        for key, value in given.items():
            if key not in asked or asked[key].name not in newer:
                taken[key] = value
            elif is_same(asked[key], value, then, self._today):
                older.append(asked[key].label)
            elif not is_same(asked[key], value, now, self._today):
                both.append(asked[key].label)
        self._noted += describe_newer(now, older, both)
        return taken

    def list_noted(self, row: ImportedRow, planned: RowPlan) -> Iterator[str]:
        """Yield what is told of the sheet, or of any form: what is newer in ap, or was emptied."""
        yield from self._noted
        self._noted = []
        if self._returned and self._returned.then is None:
            yield describe_unknown(self._returned.version)
        if not row.emptied:
            return
        given: dict[type[Noun], Answered] = {Pupil: row.pupil}
        for place in row.places:
            given |= {Provider: place.provider, Placement: place.placement}
        for before in (step.before for step in planned.steps):
            if before is not None:
                yield from describe_emptied(row.emptied, before, given.get(type(before), {}))


def is_same(asked: Question, value: object, record: Noun, today: date) -> bool:
    """Tell whether an answer is what a record has; one that contradicts it is not."""
    try:
        return says_the_same(asked, value, record, today)
    except Wrong:
        return False


def describe_newer(now: Noun, older: Sequence[str], both: Sequence[str]) -> Iterator[str]:
    """Say which answers of a sheet are older than the record, and which both have changed."""
    if older:
        yield f"{now.ref} has a newer {name_all(older)} than this sheet, and keeps it"
    if both:
        yield (
            f"{now.ref} has a newer {name_all(both)} than this sheet had, which has another now: ap"
            f" keeps its own; if the sheet is right, correct it with ap {now.NOUN} edit {now.ref}"
        )


def name_all(labels: Sequence[str]) -> str:
    """Name answers within a sentence: "start, end and UPN"."""
    *others, last = labels
    return f"{', '.join(others)} and {last}" if others else last


def describe_emptied(
    names: Sequence[str], record: Noun, given: Mapping[str, object]
) -> Iterator[str]:
    """Say which answers were emptied on a form and stay on record; nothing if there are none.

    `names` are those of fields, `given` the other answers of the form about this record.
    """
    labels = [
        asked.label
        for asked in questions(type(record))
        if f"{record.NOUN}.{asked.key}" in names and asked.key not in given
        if recorded(getattr(record, asked.name))
    ]
    if labels:
        yield (
            f"emptied here, and kept in {record.ref}: {name_all(labels)}; to take an answer away,"
            f" type - at its question in ap {record.NOUN} edit {record.ref}"
        )
