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
from ..forms.text import join_words
from .import_same import is_same
from .import_values import RowPlan
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

    def names_its(self, provider: Answered, now: Noun) -> bool:
        """Tell whether the sheet names the provider as it is called, or was when it was made."""
        if self._returned is None:
            return False
        known = [one for one in (now, self._then.get(Provider)) if isinstance(one, Provider)]
        name = provider_key(str(provider.get("name") or ""))
        return name in [provider_key(one.name) for one in known]

    def without_older(self, now: Noun, given: Mapping[str, object]) -> dict[str, object]:
        """Return the answers about a record without those that ap changed after the sheet.

        Where that is not known, an answer that differs from the record is left out. A child who is
        another by name and birth date is left to who looks for it.
        """
        if self._returned is None:
            return dict(given)
        then = self._then.get(type(now))
        newer = changes(then, now) if then is not None else None
        asked = {one.key: one for one in questions(type(now))}
        older, both = [], []
        for key in given:
            question = asked.get(key)
            if question is None or not self._may_be_newer(question, now, newer):
                continue
            if then is not None and is_same(question, given[key], then, self._today):
                older.append(question)
            elif not is_same(question, given[key], now, self._today):
                both.append(question)
        if isinstance(now, Pupil) and {"name", "born"} <= {one.key for one in both}:
            return dict(given)
        self._noted += describe_newer(now, older, both, is_known=then is not None)
        left_out = {one.key for one in (*older, *both)}
        return {key: value for key, value in given.items() if key not in left_out}

    def _may_be_newer(self, asked: Question, now: Noun, newer: Mapping[str, object] | None) -> bool:
        """Tell whether the record has an answer of later than the sheet, or may have."""
        return recorded(getattr(now, asked.name)) if newer is None else asked.name in newer

    def list_noted(self, row: ImportedRow, planned: RowPlan) -> Iterator[str]:
        """Yield what is told of the sheet, or of any form: what is newer in ap, or was emptied."""
        yield from self._noted
        self._noted = []
        if self._returned and self._returned.then is None:
            yield describe_unknown(self._returned)
        if not row.emptied:
            return
        given: dict[type[Noun], Answered] = {Pupil: row.pupil}
        for place in row.places:
            given |= {Provider: place.provider, Placement: place.placement}
        for before in (step.before for step in planned.steps):
            if before is not None:
                yield from describe_emptied(row.emptied, before, given.get(type(before), {}))


def describe_newer(
    now: Noun, older: Sequence[Question], both: Sequence[Question], is_known: bool
) -> Iterator[str]:
    """Say which answers of a sheet are older than the record, and which both have changed.

    Unless it `is_known` what the record was, say in which they differ.
    """
    if older:
        yield f"{now.ref} keeps what was changed since this sheet was made: {name_all(older)}"
    if not both:
        return
    otherwise = (
        "keeps what was changed since this sheet was made, where the sheet has something else"
        if is_known
        else "keeps what it has, where this sheet has something else"
    )
    correct = f"if the sheet is right, correct it with ap {now.NOUN} edit {now.ref}"
    yield f"{now.ref} {otherwise}: {name_all(both)}; {correct}"


def name_all(asked: Sequence[Question]) -> str:
    """Name answers within a sentence: "start, end and UPN"."""
    return join_words((one.label for one in asked), "and")


def describe_emptied(
    names: Sequence[str], record: Noun, given: Mapping[str, object]
) -> Iterator[str]:
    """Say which answers were emptied on a form and stay on record; nothing if there are none.

    `names` are those of fields, `given` the other answers of the form about this record.
    """
    emptied = [
        asked
        for asked in questions(type(record))
        if f"{record.NOUN}.{asked.key}" in names and asked.key not in given
        if recorded(getattr(record, asked.name))
    ]
    if emptied:
        yield (
            f"emptied here, and kept in {record.ref}: {name_all(emptied)}; to take an answer away,"
            f" type - at its question in ap {record.NOUN} edit {record.ref}"
        )
