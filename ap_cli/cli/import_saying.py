"""What an import says of the columns of a file: what is not read, and what would read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..domain.imported import REFERENCE
from ..domain.readers import choices as choices_of
from ..exchange.columns import IGNORED, LIKE, Column, find_alike
from ..exchange.fields import WHAT_IS_WRONG, all_fields
from ..exchange.import_file import ImportFile, unread_columns
from ..exchange.layouts import Layout
from ..exchange.whose import without_store
from ..forms.text import echo, first_of, shortened
from ..services.import_values import (
    MovedSite,
    OtherProvider,
    OtherStore,
    SamePlacement,
    SameProvider,
    SamePupil,
    WhichCommissioner,
)
from ..services.importing import ImportReport
from ..store.queries.identity import id_of_store
from .import_choices import Choices
from .settings import Settings

ROUTE = "placement.route"
COMMISSIONER_KEY = "commissioner"
"""The key of the question who commissions a placement."""


def say_kept(settings: Settings, choices: Choices) -> list[str]:
    """Return a line with what was kept and is used again, if something is."""
    if not choices.is_kept:
        return []
    if choices.kept_for not in ("", id_of_store(settings.store)):
        return [
            f"“{choices.kept_as}” was kept for another store: the columns are read as it says, and"
            " what it says of providers, schools and empty cells is not used"
        ]
    fills = [f"{name}={echo_fill(name, text)}" for name, text in choices.fills.items()]
    filled = f"; empty cells are read as {', '.join(fills)}" if fills else ""
    return [f"the columns are read as kept under “{choices.kept_as}”; --map changes one{filled}"]


def say_unused(choices: Choices) -> Iterator[str]:
    """Yield what was kept for empty cells and is not used, as the call does not name it.

    A route is asked for, and offered.
    """
    unused = [name for name in choices.usual if name not in (*choices.fills, ROUTE)]
    if unused:
        fills = [f"{all_fields()[one].label} “{choices.usual[one]}”" for one in unused]
        name = choices.kept_as
        yield f"Not used of “{name}”: {', '.join(fills)} in empty cells. --mapping {name} uses it."


def echo_fill(name: str, text: str) -> str:
    """Return an answer for rows without one; off a terminal a free text is hidden, no choice is."""
    asked = all_fields()[name].question
    return text if asked is not None and text in choices_of(asked) else echo(text)


def say_foreign(choices: Choices) -> Iterator[str]:
    """Yield a line about the columns with references of another store, if there are some."""
    if choices.foreign:
        names = first_of([shortened(without_store(one)) for one in choices.foreign])
        yield (
            f"the file is from another store, and its references are not read ({names}): children"
            " are found by UPN, or name and date of birth, providers by URN or name"
        )
        yield "the visits, reviews, concerns and staff checks of that store are not in this file"


def say_columns(file: ImportFile, choices: Choices) -> list[str]:
    """Return lines with the columns that are not read, and how those are that may be meant."""
    lines = [*say_foreign(choices), *say_unread(file.layouts, choices)]
    for one in unread_columns(file.layouts):
        likely = find_alike(one.column, file.nouns) if one.column.how == LIKE else None
        if likely is not None:
            told = f"{shortened(one.key)}={likely.name}"
            lines.append(f'{one.column.place} is read with --map "{told}", if it holds that')
    return lines


def say_unread(layouts: Sequence[Layout], choices: Choices) -> Iterator[str]:
    """Yield a line with the columns that are not read, if there are some."""
    known = (WHAT_IS_WRONG, *choices.foreign)
    unread = [one for one in unread_columns(layouts) if one.column.heading not in known]
    if unread:
        named = [f"{one.column.place} ({shortened(one.label)})" for one in unread]
        yield f"not read: {first_of(named, 8)}; --map says what a column holds"


OF_WHOM = (SamePupil, SamePlacement, OtherProvider, SameProvider, MovedSite)
"""The questions that a reference answers, or the word for a new record in its place."""


def say_where(layouts: list[Layout], report: ImportReport, choices: Choices) -> Iterator[str]:
    """Yield where a file has the references that rows ask for, if that is no plain column."""
    if not any(isinstance(asked, OF_WHOM) for asked in report.asks):
        return
    if choices.foreign:
        yield (
            "write it in a column that you add, called “Pupil ref”, “Provider ref” or “Placement"
            " ref” alone: the columns with references of another store are not read"
        )
    if any(layout.is_form for layout in layouts):
        yield (
            "on a form, add a row to its table: “Pupil ref”, “Provider ref” or “Placement ref” on"
            " the left, the reference or “new” on the right"
        )


def say_left_open(layouts: list[Layout], report: ImportReport, choices: Choices) -> Iterator[str]:
    """Yield how the file says what its rows leave open, beside what the rows say themselves."""
    yield from say_where(layouts, report, choices)
    if any(isinstance(asked, OtherStore) for asked in report.asks):
        yield (
            "if the file is from another store, its references are not those of this one: leave"
            f" them out with {leave_out(layouts, REFERENCE)}"
        )
    known = {one.known for one in report.asks if isinstance(one, WhichCommissioner) and one.name}
    for them in known:
        left_out = leave_out(layouts, COMMISSIONER_KEY)
        names = sorted({name for _, name in them})
        if len(them) == 1:
            yield f"if {shortened(names[0])} commissions them, leave the column out with {left_out}"
        elif them:
            one = "NAME" if len(names) == len(them) else them[0][0]
            yield (
                "if one in ap commissions all of them, leave the column out and name it, with"
                f' {left_out} --fill "commissioner={one}"'
            )


def leave_out(layouts: list[Layout], key: str) -> str:
    """Return the options with which no column is read that answers what has this key."""
    headings = [column.heading for column in columns_of(layouts, key)]
    return " ".join(dict.fromkeys(f'--map "{shortened(one)}={IGNORED}"' for one in headings))


def columns_of(layouts: list[Layout], key: str) -> list[Column]:
    """List the columns that answer what has this key, of any record."""
    columns = (column for layout in layouts for column in layout.columns)
    return [one for one in columns if one.field is not None and one.field.key == key]
