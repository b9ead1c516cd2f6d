"""Finding a record by its reference or, where names may be searched, by a name."""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import ApError
from ..forms.form import Noun, reference
from ..forms.text import echo
from ..services import records
from .settings import Settings

NOT_SEARCHED = "names are not searched here: give the reference, or add --names"
"""What is said off a terminal, whether a child has that name or not."""

LISTED = 3
"""How many references a message names."""


def find_record(settings: Settings, text: str, *allowed: type[Noun]) -> tuple[type[Noun], int]:
    """Return the kind and number of a record, by its reference, a pupil's UPN, or a name.

    On a terminal several with a name are listed to choose from. Raise ApError if nothing is found.
    """
    if not records.is_name(text, allowed):
        return records.find_subject(settings.store, text, *allowed)
    return records.subject_of(find_named(settings, text, allowed), *allowed)


def find_named(settings: Settings, text: str, allowed: tuple[type[Noun], ...]) -> str:
    """Return the reference of the record that is meant by a name; raise ApError if none is."""
    from ..services.meant import list_meant, list_named

    searched = searched_names(settings)
    if settings.interactive:
        if found := list_meant(settings.store, text, allowed, searched):
            if chosen := choose_named(settings, text, found, allowed):
                return chosen
            raise ApError("nothing was chosen")
    elif settings.names:
        found = list_named(settings.store, text, allowed, searched)
        if len(found) == 1:
            return found[0]
    raise ApError(problem_of_name(settings, text, allowed))


def searched_names(settings: Settings) -> tuple[type[Noun], ...]:
    """Whose names are searched: children's on a terminal, and where names were asked for."""
    from ..services.meant import EVERYBODY, PLACES

    return EVERYBODY if settings.interactive or settings.names else PLACES


def problem_of_name(settings: Settings, text: str, allowed: tuple[type[Noun], ...]) -> str:
    """Say what to type in the place of a name.

    Where children's names are not searched, it is the same whether a child has that name or not.
    """
    from ..services.meant import EVERYBODY, list_meant

    searched = searched_names(settings)
    is_none = f"“{echo(text)}” is not a reference"
    if near := list_meant(settings.store, text, allowed, searched):
        more = f" or {len(near) - LISTED} more" if len(near) > LISTED else ""
        return f"{is_none}: did you mean {' or '.join(near[:LISTED])}{more}?"
    if searched != EVERYBODY:
        return f"{is_none}, and {NOT_SEARCHED}"
    return f"{is_none}: type one like P-0001, PR-0001 or PL-0001"


def choose_named(
    settings: Settings, text: str, found: Sequence[str], allowed: tuple[type[Noun], ...]
) -> str | None:
    """Return the one of several records that a person chooses; None if none is chosen.

    One that has the text in its name is taken at once; one spelt nearly so is asked about.
    """
    from ..interview.choosing import choose_numbered
    from ..services.meant import list_named

    searched = searched_names(settings)
    named = list_named(settings.store, text, allowed, searched)
    if len(named) == 1:
        return named[0]

    def search(typed: str) -> list[tuple[str, str]]:
        if not records.is_name(typed, allowed):
            noun, id = records.find_subject(settings.store, typed, *allowed)
            return label_found(settings, [reference(noun.PREFIX, id)])
        return label_found(settings, list_named(settings.store, typed, allowed, searched))

    return choose_numbered(label_found(settings, found), search)


def label_found(settings: Settings, references: Sequence[str]) -> list[tuple[str, str]]:
    """Pair references with lines to tell them by: the name as names are shown, and where."""
    from ..domain.days import words
    from ..forms.text import printable, shortened
    from ..render.show import terminal_view
    from ..render.tasks import who
    from ..services.people import People

    people, view = People(settings.store), terminal_view(settings)
    labelled = []
    for ref in references:
        whom = people.whom(ref)
        name = who(whom, view)
        parts = [] if name == ref else [shortened(name)]
        if whom.placement:
            parts.append(f"at {shortened(printable(whom.provider_name))}")
        if whom.placement and whom.starts is not None:
            parts.append(f"from {words(whom.starts)}")
        elif whom.pupil and whom.school:
            parts.append(shortened(printable(whom.school)))
        labelled.append((ref, f"{ref:<8} {', '.join(parts)}".rstrip()))
    return labelled
