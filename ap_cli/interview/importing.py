"""What an import asks on a terminal: sheets, columns, and what rows leave open."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from ..domain.days import count, words
from ..domain.likeness import provider_key
from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.readers import FILLER
from ..errors import ApError
from ..exchange.cells import prepare_choice
from ..exchange.columns import IGNORED, LIKE, Column, find_field
from ..exchange.fields import Field, all_fields
from ..exchange.layouts import Layout
from ..forms.form import Question, question, reference
from ..forms.text import first_of, shortened
from ..services.import_near import names_near
from ..services.import_values import (
    ANOTHER,
    Decisions,
    KindOfProvider,
    NeededInRows,
    OpenQuestion,
    SamePlacement,
    SameProvider,
    SamePupil,
    SameSchool,
)
from ..services.records import name_in_style
from .prompts import ask_line, ask_number, ask_yes, rows_of_terminal, say, width_of_terminal
from .typed import BACK, number_options, pick_option, read_number, read_numbers

HEADING, FIELD = 22, 24
"""The most letters of a column's name, and of what it holds, in the list of columns."""

NEW = "new"
"""What is typed for a provider, or a child, that is none of those shown."""

LEAVE_OUT = "or Enter to leave its rows out"

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


class Settling:
    """Asks what rows leave open; what is skipped is not asked again.

    `names` is how children are named: "full", "short" or "never".
    """

    def __init__(self, names: str) -> None:
        self._names = names
        self.skipped: set[OpenQuestion] = set()
        self.fills: dict[str, str] = {}

    def ask(self, decisions: Decisions, asks: Mapping[OpenQuestion, int]) -> Decisions | None:
        """Ask all that is open and return what is decided then; None if nothing is left to ask."""
        left = {asked: rows for asked, rows in asks.items() if asked not in self.skipped}
        if not left:
            return None
        providers, pupils = dict(decisions.providers), dict(decisions.pupils)
        kinds, placements = dict(decisions.kinds), dict(decisions.placements)
        schools = dict(decisions.schools)
        new: dict[str, str] = {}
        for asked, rows in left.items():
            if isinstance(asked, SameProvider):
                self._ask_provider(asked, rows, providers)
            elif isinstance(asked, SameSchool):
                self._ask_school(asked, rows, schools)
            elif isinstance(asked, SamePupil):
                self._ask_pupil(asked, pupils)
            elif isinstance(asked, SamePlacement):
                self._ask_placement(asked, placements)
            elif isinstance(asked, KindOfProvider):
                self._ask_new_provider(asked, rows, providers, kinds, new)
            elif asked.field not in self.fills:
                self._ask_needed(asked, rows)
        return Decisions(
            providers=providers, schools=schools, pupils=pupils, kinds=kinds, placements=placements
        )

    def _ask_provider(self, asked: SameProvider, rows: int, providers: dict[str, str]) -> None:
        key = provider_key(asked.name)
        if key in providers:
            return
        chosen = self._ask_which(asked.name, rows, asked.near)
        if chosen is None:
            self.skipped.add(asked)
        else:
            providers[key] = asked.near[chosen - 1] if chosen else ""

    def _ask_school(self, asked: SameSchool, rows: int, schools: dict[str, str]) -> None:
        key = provider_key(asked.name)
        if key not in schools:
            stays = "or Enter to keep it as it stands"
            chosen = self._ask_which(asked.name, rows, asked.near, stays)
            schools[key] = asked.near[chosen - 1] if chosen else ""

    def _ask_which(
        self, name: str, rows: int, options: Sequence[str], otherwise: str = LEAVE_OUT
    ) -> int | None:
        """Ask which of some a name means: its number, 0 for a new one, None if it is skipped.

        `otherwise` is what Enter alone does.
        """
        say(f"“{shortened(name)}” ({count(rows, 'row')}) is nearly the name of:")
        for at, option in enumerate(options, 1):
            say(f"{at:>4}  {option}")

        def problem(text: str) -> str:
            if not text or text.lower() == NEW or read_number(text, len(options)):
                return ""
            return f"Type a number from 1 to {len(options)}, or {NEW}."

        text = ask_line(f"Its number, “{NEW}” if it is another, {otherwise}:", problem)
        if not text:
            return None
        return read_number(text, len(options)) or ANOTHER

    def _ask_pupil(self, asked: SamePupil, pupils: dict[SamePupil, int]) -> None:
        there = zip(asked.near, asked.names, strict=True)
        options = [f"{self._name(id, name)}, born {words(born)}" for id, (name, born) in there]
        said = f", born {words(asked.born)}" if asked.born else ""
        chosen = self._ask_which(f"{self._name(0, asked.name)}{said}", 1, options)
        if chosen is None:
            self.skipped.add(asked)
        else:
            pupils[asked] = asked.near[chosen - 1] if chosen else ANOTHER

    def _ask_placement(self, asked: SamePlacement, placements: dict[SamePlacement, bool]) -> None:
        ref = reference(Placement.PREFIX, asked.placement)
        say(
            f"{ref} began on {words(asked.starts)} and runs on {words(asked.begins)}, when a row of"
            " the same pupil and provider begins."
        )

        def problem(text: str) -> str:
            return "" if text.lower() in ("", "1", NEW) else f"Type 1 or {NEW}."

        what = f"1 if it is {ref}, “{NEW}” for a further one, Enter to leave the row out:"
        text = ask_line(what, problem)
        if text:
            placements[asked] = text == "1"
        else:
            self.skipped.add(asked)

    def _name(self, id: int, name: str) -> str:
        """Name a child as the screen does; one who is new has no reference yet."""
        if self._names == "never" and not id:
            return "a child of the file"
        return name_in_style(id, name, self._names)

    def _ask_new_provider(
        self,
        asked: KindOfProvider,
        rows: int,
        providers: dict[str, str],
        kinds: dict[str, str],
        new: dict[str, str],
    ) -> None:
        """Ask what kind a new provider is, unless it is another spelling of one asked before."""
        key = provider_key(asked.name)
        if key in kinds or key in providers:
            return
        known = dict(enumerate(new))
        near = [new[known[at]] for at in names_near(known, key)]
        if near:
            chosen = self._ask_which(asked.name, rows, [f"{name} (new)" for name in near])
            if chosen is None:
                self.skipped.add(asked)
                return
            if chosen:
                providers[key] = near[chosen - 1]
                return
        in_rows = count(rows, "row")
        kind = ask_choice(
            f"“{shortened(asked.name)}” ({in_rows}) is new. What kind of provider is it?",
            question(Provider, "kind"),
        )
        if not kind:
            self.skipped.add(asked)
            return
        kinds[key] = kind
        new[key] = asked.name
        if near:
            providers[key] = ""

    def _ask_needed(self, asked: NeededInRows, rows: int) -> None:
        about = all_fields()[asked.field].question
        found = ask_choice(
            f"{about.text if about else ''} ({count(rows, 'row')} without it)", about
        )
        if found:
            self.fills[asked.field] = found
        else:
            self.skipped.add(asked)


def ask_choice(said: str, about: Question | None) -> str:
    """Ask for one of a question's choices by number or word; Enter alone leaves rows out: ""."""
    if about is None:
        return ""
    reader = FILLER.reader(about)
    names = list(reader.choices)
    say(said)
    for numbered, means in zip(number_options(names), reader.meanings, strict=True):
        say(f"  {numbered:<24} {means}".rstrip())

    def choose(text: str) -> str:
        return pick_option(prepare_choice(about.item, text), names)

    def problem(text: str) -> str:
        return "" if not text or choose(text) in names else f"Choose a number, 1 to {len(names)}."

    text = ask_line("A number, or Enter to leave its rows out:", problem)
    return choose(text) if text else ""
