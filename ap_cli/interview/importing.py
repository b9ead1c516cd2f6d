"""What an import asks on a terminal: sheets, columns, and what rows leave open."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence

from ..domain.days import count
from ..errors import ApError
from ..exchange.by_sheet import SheetColumn, sheet_key
from ..exchange.columns import IGNORED, LIKE, NAME, find_field
from ..exchange.fields import Field, all_fields
from ..exchange.layouts import Layout
from ..exchange.whose import without_store
from ..forms.text import first_of, shortened
from ..forms.yes_no import read_yes_or_no
from .asking import Asking
from .prompts import rows_of_terminal, width_of_terminal
from .typed import pick_option, read_number, read_numbers

HEADING, FIELD = 22, 24
"""The most letters of a column's name, and of what it holds, in the list of columns."""

EVERY = "all"
"""What is typed to see every column."""

MOST_OWN = 6
"""The most columns of an export that are named."""

MATCHES = 8
"""The most fields that are offered for a word."""


def ask_sheets(asking: Asking, layouts: Sequence[Layout]) -> list[str]:
    """Ask which sheets are imported; return their numbers."""
    asking.say("Sheets with rows to import:")
    for at, layout in enumerate(layouts, 1):
        asking.say(
            f"{at:>4}  {shortened(layout.sheet.name)}{' (hidden)' if layout.sheet.hidden else ''}"
        )

    def problem(text: str) -> str:
        if not text or read_numbers(text, len(layouts)):
            return ""
        return f"Type numbers from 1 to {len(layouts)}, such as 1 2, or all."

    text = asking.line("Which of them? Numbers, or all [all]", problem)
    return [str(number) for number in read_numbers(text or "all", len(layouts))]


def ask_by_school(asking: Asking, layouts: Sequence[Layout]) -> bool:
    """Ask whether the sheets are called like the home schools of their pupils."""
    named = first_of([f"“{shortened(layout.sheet.name, 25)}”" for layout in layouts], 4)
    return asking.yes(f"{named}: are these the home schools of the pupils there?")


def ask_turned(asking: Asking, sample: str) -> bool:
    """Ask whether the names of a file begin with the surname, which one of them shows."""
    said = f"The names are written as “{shortened(sample)}”."
    return asking.yes(f"{said} Is the surname before the comma?")


def show_wrong(asking: Asking, lines: Sequence[str]) -> None:
    """Show all that is wrong, a page of the terminal at a time, if that is wanted."""
    what = f"There are {len(lines)} reasons why rows are wrong. Show them all?"
    if not asking.yes(what, usual=False):
        return
    page = max(rows_of_terminal() - 3, 5)
    for at in range(0, len(lines), page):
        asking.say("\n".join(lines[at : at + page]))
        if at + page < len(lines) and not asking.yes("Go on?"):
            return


def ask_kind(asking: Asking, kinds: Sequence[str]) -> str:
    """Ask what the rows of a file are."""
    asking.say("What are the rows of this file?")
    for at, kind in enumerate(kinds, 1):
        asking.say(f"{at:>4}  {kind}")

    def problem(text: str) -> str:
        ok = pick_option(text, kinds) in kinds
        return "" if ok else f"Choose a number from 1 to {len(kinds)}."

    return pick_option(asking.line(">", problem), kinds)


def ask_kept_kinds(asking: Asking, kept: Sequence[tuple[str, str]]) -> list[int]:
    """Show new providers with the kinds that were given before; return which are asked again."""
    asking.say("New providers, with the kind that you gave each before:")
    names = [shortened(name) for name, _ in kept]
    widest = max(map(len, names))
    for at, (name, (_, kind)) in enumerate(zip(names, kept, strict=True), 1):
        asking.say(f"{at:>4}  {name:<{widest}}  {kind}")
    which = "1" if len(kept) == 1 else f"numbers from 1 to {len(kept)}, such as 1 2,"

    def problem(text: str) -> str:
        known = not text or read_yes_or_no(text) is True or read_numbers(text, len(kept))
        return "" if known else f"Type {which} or press Enter."

    numbers = "1" if len(kept) == 1 else "Numbers"
    text = asking.line(f"{numbers} to be asked about again, or Enter if that is right:", problem)
    return read_numbers(text, len(kept))


def ask_columns(
    asking: Asking,
    match: Callable[[Mapping[str, str]], Sequence[SheetColumn]],
    changed: dict[str, str],
) -> dict[str, str]:
    """Show what each column holds, let it be changed, and return all as told: key to field.

    What is `changed` is told at once, in the case that the questions end here, and may say what
    other columns hold: `match` judges them anew. Those of an export of ap by its own headings are
    shown in a line, until all are asked for.
    """
    shows_all = False
    while True:
        columns = match(changed)
        own = frozenset[str]() if shows_all else own_headings(columns)
        number = ask_which_column(asking, columns, own)
        if number is None:
            return {one.key: held_by(one) for one in columns}
        if not isinstance(number, int):
            shows_all = True
            continue
        one = columns[number - 1]
        chosen = ask_field(asking, one.label)
        if chosen is None:
            continue
        tell(changed, one, chosen)
        for other in columns:
            if is_given_up(other, one, chosen):
                tell(changed, other, IGNORED)
                asking.say(f"“{shortened(other.label)}” is not read then.")


def held_by(one: SheetColumn) -> str:
    """Return what a column holds, as it is told."""
    return one.column.field.name if one.column.field else IGNORED


def tell(changed: dict[str, str], one: SheetColumn, ours: str) -> None:
    """Tell what a column holds, in each of its sheets."""
    changed[one.key] = ours
    changed |= {sheet_key(sheet, one.column): ours for sheet in one.sheets if len(one.sheets) > 1}


def is_given_up(other: SheetColumn, one: SheetColumn, ours: str) -> bool:
    """Tell whether a column held what another of a sheet of its holds now."""
    same = held_by(other) == ours != IGNORED and other.column.group == one.column.group
    return same and other.key != one.key and bool({*other.sheets} & {*one.sheets})


def own_headings(columns: Iterable[SheetColumn]) -> frozenset[str]:
    """Return the headings that an export of ap has for what its columns hold; none of other files.

    The references of an export name their store.
    """
    found = [one.column for one in columns]
    if not any(without_store(column.heading) != column.heading for column in found):
        return frozenset()
    return frozenset(column.heading for column in found if column.how == NAME)


def ask_which_column(
    asking: Asking, columns: Sequence[SheetColumn], own: Container[str]
) -> int | str | None:
    """Show the columns and ask for the number of one: None if all are right, EVERY to see all."""
    is_short = show_columns(asking, columns, own)
    most = len(columns)

    def problem(text: str) -> str:
        known = not text or read_yes_or_no(text) is True or read_number(text, most)
        if known or (is_short and text.lower() == EVERY):
            return ""
        return f"Choose a number from 1 to {most}, or press Enter."

    see_all = f", {EVERY} to see all of them" if is_short else ""
    text = asking.line(f"A number to change it{see_all}, or Enter if that is right:", problem)
    return EVERY if text.lower() == EVERY else read_number(text, most)


def show_columns(asking: Asking, columns: Sequence[SheetColumn], own: Container[str]) -> bool:
    """Show what each column holds, then those that are not read in a line.

    Those of an export that are read by their `own` names stand in a line: return if there are some.
    """
    asking.say("What the columns hold:")
    unread, known = [], []
    for at, one in enumerate(columns, 1):
        column = one.column
        if column.field is None:
            unread.append(f"{at} {shortened(one.label, HEADING)}")
        elif column.heading in own and column.how == NAME:
            known.append(shortened(without_store(column.heading), HEADING))
        else:
            asking.say(column_line(at, one))
    if known:
        read = count(
            len(known), "column is read by its own name", "columns are read by their own names"
        )
        asking.say(f"{read}: {first_of(known, MOST_OWN)}")
    if unread:
        asking.say(f"Not read: {', '.join(unread)}")
    return bool(known)


def column_line(at: int, one: SheetColumn) -> str:
    """Show a column that is read: its name, what it holds, and some of its values."""
    held = f"{all_fields()[held_by(one)].label}{'?' if one.column.how == LIKE else ''}"
    samples = ", ".join(one.column.samples)
    line = f"{at:>3} {shortened(one.label, HEADING):<{HEADING}} {shortened(held, FIELD):<{FIELD}}"
    room = max(width_of_terminal() - len(line) - 2, 8)
    return f"{line} {shortened(samples, room)}" if samples else line.rstrip()


def ask_field(asking: Asking, heading: str) -> str | None:
    """Ask what a column holds by a word of it; return the field's name, IGNORED for nothing.

    None if it stays as it is, for Enter alone.
    """
    asking.say(
        f"What does “{shortened(heading)}” hold? A word of it, such as start; - if it is not read."
    )
    asking.say("Enter leaves it as it was.")
    found: list[Field] = []

    def problem(text: str) -> str:
        if text in ("", IGNORED) or read_number(text, len(found)):
            return ""
        if text.isdecimal() and found:
            return f"Choose a number from 1 to {len(found)}, or type another word."
        found[:] = fields_with(text)
        if len(found) == 1:
            return ""
        if not found:
            return "Nothing is called so. Try another word, or - if it is not read."
        lines = [f"{at:>4}  {field.label}" for at, field in enumerate(found, 1)]
        return "\n".join(["Which of them? Its number:", *lines])

    text = asking.line(">", problem)
    if not text:
        return None
    if text == IGNORED:
        return IGNORED
    number = read_number(text, len(found))
    return found[number - 1 if number and len(found) > 1 else 0].name


def fields_with(text: str) -> list[Field]:
    """List the fields that a word may mean: the one of that name, else those with it in theirs.

    Beside one that is also called so stand those whose own name begins so.
    """
    try:
        exact = find_field(text)
    except ApError:
        exact = None
    if exact is not None:
        word, fields = text.strip().casefold(), all_fields().values()
        others = [one for one in fields if one.label.casefold().startswith(f"{word} ")]
        is_own = word in (exact.name, exact.label.casefold())
        return [exact, *(one for one in others if one != exact and not is_own)][:MATCHES]
    wanted = text.casefold().split()
    return [
        field
        for field in all_fields().values()
        if wanted and all(word in f"{field.label} {field.name}".casefold() for word in wanted)
    ][:MATCHES]
