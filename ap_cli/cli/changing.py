"""Keeping changed answers of a record on a terminal: what is refused is shown and changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ..domain.placement import Placement
from ..forms.form import Noun
from ..render.result import Result
from ..services import records
from .nouns import keep_typed_changes
from .settings import Settings

if TYPE_CHECKING:
    from ..domain.entries.entry import Entry
    from ..interview.drafting import DraftKeeper
    from ..interview.run import Interview
    from ..interview.steps import Step


def note_changes(before: Noun | Entry, keeper: DraftKeeper) -> Callable[[Interview, Step], None]:
    """What saves in the draft, after each answer, those that differ from the record's."""
    from ..domain.readers import answers_of
    from ..interview.interview import find_changes

    known = answers_of(before)

    def note(interview: Interview, _: Step) -> None:
        keeper.note(find_changes(interview, known))

    return note


def finder(settings: Settings, before: Noun | Entry) -> Callable[[str], Any]:
    """What looks up the pupil, provider or commissioner of a placement; None for all others."""

    def find(name: str) -> Any:
        number = getattr(before, name, None)
        if not isinstance(before, Placement) or not isinstance(number, int):
            return None
        noun = next(each for each in records.NOUNS.values() if name == each.NOUN)
        return records.get(settings.store, noun, number, settings.today)

    return find


def review_changes(
    settings: Settings,
    before: Noun | Entry,
    keeper: DraftKeeper,
    answers: Mapping[str, Any],
    problems: tuple[str, ...] = (),
) -> dict[str, Any]:
    """Show all answers of a record, with these in place of its own; return those that differ."""
    from ..domain.readers import answers_of
    from ..forms.filling import merge_answers
    from ..interview.interview import ask_changes

    known = answers_of(before)
    merged = merge_answers(known, answers)
    return ask_changes(
        type(before),
        known,
        merged,
        settings.today,
        problems,
        note_changes(before, keeper),
        before,
        finder(settings, before),
    )


def keep_changes(
    settings: Settings, before: Noun, keeper: DraftKeeper, answers: Mapping[str, Any]
) -> Result:
    """Correct a record with these answers, and remove their draft."""
    from ..interview.interview import keep_or_change

    def keep(answers: Mapping[str, Any]) -> Result:
        return keep_typed_changes(settings, before, answers, keeper.number)

    def change(answers: Mapping[str, Any], problems: tuple[str, ...]) -> dict[str, Any]:
        return review_changes(settings, before, keeper, answers, problems)

    with keeper.guard():
        return keep_or_change(dict(answers), keep, change)
