"""An import on a terminal: its sheets and columns are shown, and what rows leave open is asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shlex import join

from msgspec.structs import replace

from ..domain.days import count
from ..errors import ApError, Interrupted
from ..exchange.columns import LIKE
from ..exchange.fields import fold_heading
from ..exchange.import_file import HOME_SCHOOL, ImportFile, choose_sheets, nouns_of, say_noticed
from ..exchange.layouts import Layout
from ..forms.text import printable
from ..interview.import_settling import Settling
from ..interview.importing import (
    ask_by_school,
    ask_columns,
    ask_kind,
    ask_sheets,
    ask_turned,
    show_wrong,
)
from ..interview.prompts import ask_line, ask_yes, say
from ..render.importing import most_lines, part_lines, summary_lines, wrong_lines
from ..render.result import Result
from ..render.show import terminal_view
from ..services.import_values import CHANGED, NEW, Decisions
from ..services.importing import ImportReport
from .import_choices import NOUNS_OF, Choices
from .import_mappings import USUAL_NAME, check_name, free_name, keep_mapping, read_mappings
from .import_running import (
    begin_decisions,
    finish,
    keep_rows,
    make_file,
    mapping_of,
    numbers_of_sheets,
    open_layouts,
    refuse_unknown,
    rehearse,
    report_of,
)
from .import_saying import say_foreign
from .settings import Settings

FORGET = "-"
"""What is typed for answers that are not to be kept."""


def ask_import(
    settings: Settings, file: Path, choices: Choices, dry_run: bool, skip_wrong: bool
) -> Result:
    """Import a file, asking what is open, and whether to go on; return its report."""
    layouts = settle_sheets(open_layouts(settings, file, choices, asks=True, strict=False), choices)
    layouts = settle_columns(settings, file, layouts, choices)
    call = [
        str(file),
        *(["--dry-run"] if dry_run else []),
        *(["--skip-wrong"] if skip_wrong else []),
    ]
    with keeping_answers(settings, layouts, choices, call):
        settled = settle_all(settings, file, layouts, choices, dry_run, skip_wrong)
    if isinstance(settled, Result):
        return settled
    chosen, decisions = settled
    report = keep_rows(settings, chosen, decisions, skip_wrong=True)
    said = finish(settings, file, layouts, chosen, choices, report, skip_wrong=True)
    return report_of(chosen, report, said, rehearsed=False, brief=True)


@contextmanager
def keeping_answers(
    settings: Settings, layouts: list[Layout], choices: Choices, call: list[str]
) -> Iterator[None]:
    """Within the block, being stopped keeps the answers, and says how to go on with them."""
    try:
        yield
    except (KeyboardInterrupt, EOFError):
        raise Interrupted(keep_answers(settings, layouts, choices, call)) from None


def keep_answers(
    settings: Settings, layouts: list[Layout], choices: Choices, call: list[str]
) -> str:
    """Keep the answers of an import that was stopped, and return what to say of it.

    They have the name that they had, or one that no others have.
    """
    stopped = "stopped: nothing was imported"
    try:
        known = read_mappings()
        name = choices.mapping or choices.kept_as or free_name(known)
        mapping = mapping_of(settings, layouts, choices)
        if name in known and known[name].store in ("", mapping.store):
            mapping = replace(mapping, fills={**known[name].fills, **mapping.fills})
        keep_mapping(name, mapping)
    except ApError as problem:
        return f"{stopped}, and your answers could not be kept: {problem}"
    again = [
        *call,
        "--mapping",
        name,
        *(word for one in choices.sheets for word in ("--sheet", one)),
    ]
    again += ["--with-hidden"] if choices.with_hidden else []
    return f"{stopped}; your answers are kept as “{name}”: ap import {printable(join(again))}"


def settle_all(
    settings: Settings,
    file: Path,
    layouts: list[Layout],
    choices: Choices,
    dry_run: bool,
    skip_wrong: bool,
) -> tuple[ImportFile, Decisions] | Result:
    """Ask what is open beside the columns, and whether to import; return a report if not."""
    settle_schools(layouts, choices)
    settle_kind(layouts, choices)
    chosen = make_file(settings, layouts, choices)
    if settle_names(choices, chosen):
        chosen = make_file(settings, layouts, choices)
    for line in (*say_foreign(choices), *say_noticed(chosen)):
        say(line)
    chosen, decisions, report = settle_rows(settings, layouts, choices, chosen)
    if dry_run:
        return report_of(chosen, report, [], rehearsed=True)
    show_report(settings, chosen, report)
    offer_wrong(settings, chosen, report)
    if not report.counts[NEW] + report.counts[CHANGED]:
        return report_of(chosen, report, [], rehearsed=True, brief=True)
    if not is_wanted(file, report, skip_wrong):
        return report_of(chosen, report, ["nothing was imported"], rehearsed=True, brief=True)
    ask_name(choices)
    return chosen, decisions


def settle_sheets(layouts: list[Layout], choices: Choices) -> list[Layout]:
    """Return the sheets that are imported; ask if there are several and none is named."""
    if not choices.sheets and sum(not layout.sheet.hidden for layout in layouts) > 1:
        choices.sheets = tuple(ask_sheets(layouts))
    return choose_sheets(layouts, choices.sheets)


def settle_columns(
    settings: Settings, file: Path, layouts: list[Layout], choices: Choices
) -> list[Layout]:
    """Show what the columns hold, unless that is kept, and return the sheets as answered."""
    columns = {
        fold_heading(column.heading): column for layout in layouts for column in layout.columns
    }
    if choices.is_kept and not any(column.how == LIKE for column in columns.values()):
        say(f"The columns are read as last time ({choices.kept_as}); --map changes one.")
    else:
        choices.told = choices.told | ask_columns(list(columns.values()))
        opened = open_layouts(settings, file, choices, asks=True)
        wanted = {layout.sheet.name for layout in layouts}
        layouts = [layout for layout in opened if layout.sheet.name in wanted]
    return layouts


def settle_schools(layouts: list[Layout], choices: Choices) -> None:
    """Ask whether the sheets are schools, if there are several and no column says which."""
    schools = not holds(layouts, HOME_SCHOOL) and len(layouts) > 1
    if schools and not (choices.by_school or choices.is_kept):
        choices.by_school = ask_by_school(layouts)


def holds(layouts: list[Layout], name: str) -> bool:
    """Tell whether a column of some sheets holds a field."""
    fields = [column.field for layout in layouts for column in layout.columns]
    return any(field is not None and field.name == name for field in fields)


def settle_kind(layouts: list[Layout], choices: Choices) -> None:
    """Ask what the rows are, if the columns do not tell."""
    try:
        refuse_unknown(layouts, choices.nouns or nouns_of(layouts))
    except ApError:
        if choices.nouns:
            raise
        choices.nouns = NOUNS_OF[ask_kind(list(NOUNS_OF))]


def settle_rows(
    settings: Settings, layouts: list[Layout], choices: Choices, chosen: ImportFile
) -> tuple[ImportFile, Decisions, ImportReport]:
    """Ask what the rows leave open, until nothing is left, and return what they would bring."""
    settling = Settling(settings.name_style)
    decisions = begin_decisions(settings, layouts, choices)
    report = rehearse(settings, chosen, decisions)
    while True:
        try:
            decided = settling.ask(decisions, report.asks)
        finally:
            choices.note(settling.so_far(decisions), settling.fills)
        if decided is None:
            return chosen, decisions, report
        decisions = decided
        chosen = make_file(settings, layouts, choices)
        report = rehearse(settings, chosen, decisions)


def show_report(settings: Settings, chosen: ImportFile, report: ImportReport) -> None:
    """Show what would become of the rows."""
    view = terminal_view(settings)
    say("\n".join(summary_lines(report, True, view)))
    say("\n".join(part_lines(report, numbers_of_sheets(chosen), view)))


def offer_wrong(settings: Settings, chosen: ImportFile, report: ImportReport) -> None:
    """Offer to show all wrong rows, if there are more than were shown."""
    view = terminal_view(settings)
    lines = wrong_lines(report, numbers_of_sheets(chosen), view)
    if len(lines) > most_lines(view):
        show_wrong(lines)


def settle_names(choices: Choices, chosen: ImportFile) -> bool:
    """Ask whether names begin with the surname, if all have one comma; return if that changes."""
    if choices.turned is not None or choices.is_kept or not chosen.turned:
        return False
    choices.turned = ask_turned(chosen.turned)
    return not choices.turned


def is_wanted(file: Path, report: ImportReport, skip_wrong: bool) -> bool:
    """Ask whether to import the rows that are right."""
    right = count(report.counts[NEW] + report.counts[CHANGED], "row")
    if report.wrong and not skip_wrong:
        left = count(report.wrong, "wrong row goes", "wrong rows go")
        return ask_yes(f"Import the {right}? The {left} to {file.name}.wrong.csv", usual=False)
    return ask_yes(f"Import the {right}?")


def ask_name(choices: Choices) -> None:
    """Ask under which name the answers are kept for the next file with these columns."""
    if choices.mapping is not None or choices.is_kept:
        return

    def problem(text: str) -> str:
        if text in ("", FORGET):
            return ""
        try:
            check_name(text)
        except ApError as wrong:
            return str(wrong).removeprefix("--mapping: ")
        return ""

    what = f"Keep these answers for such files? A name, or {FORGET} [{USUAL_NAME}]"
    text = ask_line(what, problem)
    choices.mapping = None if text == FORGET else check_name(text or USUAL_NAME)
