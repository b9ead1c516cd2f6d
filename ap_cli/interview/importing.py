"""What an import asks on a terminal: sheets, columns, and what rows leave open."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from ..errors import ApError
from ..exchange.columns import IGNORED, LIKE, Column, find_field
from ..exchange.fields import Field, all_fields
from ..exchange.layouts import Layout
from ..forms.text import first_of, shortened
from .prompts import ask_line, ask_number, ask_yes, rows_of_terminal, say, width_of_terminal
from .typed import BACK, pick_option, read_number, read_numbers

HEADING, FIELD = 22, 24
"""The most letters of a column's name, and of what it holds, in the list of columns."""

MATCHES = 8
"""The most fields that are offered for a word."""


def ask_sheets(layouts: Sequence[Layout]) -> list[str]:
    """Ask which sheets are imported; return their numbers."""
    say("Sheets with rows to import:")
    for at, layout in enumerate(layouts, 1):
        say(f"{at:>4}  {shortened(layout.sheet.name)}{' (hidden)' if layout.sheet.hidden else ''}")

    def problem(text: str) -> str:
        if not text or read_numbers(text, len(layouts)):
            return ""
        return f"Type numbers from 1 to {len(layouts)}, such as 1 2, or all."

    text = ask_line("Which of them? Numbers, or all [all]", problem)
    return [str(number) for number in read_numbers(text or "all", len(layouts))]


def ask_by_school(layouts: Sequence[Layout]) -> bool:
    """Ask whether the sheets are called like the home schools of their pupils."""
    named = first_of([f"“{shortened(layout.sheet.name, 25)}”" for layout in layouts], 4)
    return ask_yes(f"{named}: are these the home schools of the pupils there?")


def ask_turned(sample: str) -> bool:
    """Ask whether the names of a file begin with the surname, which one of them shows."""
    said = f"The names are written as “{shortened(sample)}”."
    return ask_yes(f"{said} Is the surname before the comma?")


def show_wrong(lines: Sequence[str]) -> None:
    """Show all that is wrong, a page of the terminal at a time, if that is wanted."""
    what = f"See all {len(lines)} lines of wrong rows before that?"
    if not ask_yes(what, usual=False):
        return
    page = max(rows_of_terminal() - 3, 5)
    for at in range(0, len(lines), page):
        say("\n".join(lines[at : at + page]))
        if at + page < len(lines) and not ask_yes("Go on?"):
            return


def ask_kind(kinds: Sequence[str]) -> str:
    """Ask what the rows of a file are."""
    say("What are the rows of this file?")
    for at, kind in enumerate(kinds, 1):
        say(f"{at:>4}  {kind}")

    def problem(text: str) -> str:
        ok = pick_option(text, kinds) in kinds
        return "" if ok else f"Choose a number from 1 to {len(kinds)}."

    return pick_option(ask_line(">", problem), kinds)


def ask_columns(columns: Sequence[Column]) -> dict[str, str]:
    """Show what each column holds, let it be changed, and return all as told: heading to field."""
    told = {
        column.heading: column.field.name if column.field else IGNORED
        for column in columns
        if column.heading
    }
    unsure = {column.heading for column in columns if column.how == LIKE}
    while True:
        show_columns(columns, told, unsure)
        number = ask_number("A number to change it, or Enter if that is right:", len(columns))
        if number is None:
            return told
        heading = columns[number - 1].heading
        chosen = ask_field(heading)
        if chosen is None:
            continue
        told[heading] = chosen
        unsure.discard(heading)
        give_up_others(columns, columns[number - 1], told)


def show_columns(
    columns: Sequence[Column], told: Mapping[str, str], unsure: Container[str]
) -> None:
    """Show what each column holds, then those that are not read in a line."""
    say("What the columns hold:")
    unread = []
    for at, column in enumerate(columns, 1):
        if told[column.heading] == IGNORED:
            unread.append(f"{at} {shortened(column.heading, HEADING)}")
        else:
            say(column_line(at, column, told[column.heading], column.heading in unsure))
    if unread:
        say(f"Not read: {', '.join(unread)}")


def give_up_others(columns: Sequence[Column], changed: Column, told: dict[str, str]) -> None:
    """Leave the other column unread that held what a changed one holds now, and say so."""
    ours = told[changed.heading]
    for column in columns:
        same = told[column.heading] == ours != IGNORED and column.group == changed.group
        if same and column.heading != changed.heading:
            told[column.heading] = IGNORED
            say(f"“{shortened(column.heading)}” is not read then.")


def column_line(at: int, column: Column, ours: str, unsure: bool) -> str:
    """Show a column: its name, what it holds, and some of its values."""
    held = f"{all_fields()[ours].label}{'?' if unsure else ''}"
    samples = ", ".join(column.samples)
    line = (
        f"{at:>3} {shortened(column.heading, HEADING):<{HEADING}} {shortened(held, FIELD):<{FIELD}}"
    )
    room = max(width_of_terminal() - len(line) - 2, 8)
    return f"{line} {shortened(samples, room)}" if samples else line.rstrip()


def ask_field(heading: str) -> str | None:
    """Ask what a column holds by a word of it; return the field's name, IGNORED for nothing.

    None if it stays as it is: Enter alone, or "<", which goes back to the columns.
    """
    say(f"What does “{shortened(heading)}” hold? A word of it, such as start; - if it is not read.")
    say(f"Enter leaves it as it was, and so does {BACK}.")
    found: list[Field] = []

    def problem(text: str) -> str:
        if text in ("", BACK, IGNORED) or read_number(text, len(found)):
            return ""
        if text.isdecimal() and found:
            return f"Choose a number from 1 to {len(found)}, or type another word."
        found[:] = fields_with(text)
        if len(found) == 1:
            return ""
        if not found:
            return f"Nothing is called so. Try another word, - if it is not read, or {BACK}."
        lines = [f"{at:>4}  {field.label}" for at, field in enumerate(found, 1)]
        return "\n".join(["Which of them? Its number:", *lines])

    text = ask_line(">", problem)
    if text in ("", BACK):
        return None
    if text == IGNORED:
        return IGNORED
    number = read_number(text, len(found))
    return found[number - 1 if number and len(found) > 1 else 0].name


def fields_with(text: str) -> list[Field]:
    """List the fields that a word may mean: the one of that name, else those with it in theirs."""
    try:
        exact = find_field(text)
    except ApError:
        exact = None
    if exact is not None:
        return [exact]
    wanted = text.casefold().split()
    return [
        field
        for field in all_fields().values()
        if wanted and all(word in f"{field.label} {field.name}".casefold() for word in wanted)
    ][:MATCHES]
