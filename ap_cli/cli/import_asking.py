"""An import on a terminal: its sheets and columns are shown, and what rows leave open is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from functools import partial
from pathlib import Path
from shlex import join

from msgspec import Struct, field
from msgspec.structs import replace

from ..domain.days import count
from ..errors import ApError, Interrupted
from ..exchange.by_sheet import SheetColumn, told_of
from ..exchange.columns import LIKE
from ..exchange.fields import WHAT_IS_WRONG, fold_heading
from ..exchange.import_file import (
    HOME_SCHOOL,
    ImportFile,
    choose_sheets,
    columns_of_sheets,
    fingerprint,
    nouns_of,
    say_noticed,
)
from ..exchange.layouts import Layout
from ..exchange.sheets import Tables
from ..forms.text import capital, printable
from ..interview.asking import Asking
from ..interview.import_settling import Settling
from ..interview.importing import (
    ask_by_school,
    ask_columns,
    ask_kept_kinds,
    ask_kind,
    ask_sheets,
    ask_turned,
    show_wrong,
)
from ..render.importing import most_lines, part_lines, summary_lines, wrong_lines
from ..render.result import Result
from ..render.show import plain_view
from ..services.import_values import CHANGED, NEW, Decisions
from ..services.importing import ImportReport
from ..store.queries.identity import id_of_store
from .import_choices import NOUNS_OF, Choices
from .import_mappings import (
    KeptMapping,
    keep_mapping,
    read_mappings,
    unfinished_name,
)
from .import_naming import ask_name
from .import_opening import lay_out, open_chosen
from .import_running import (
    begin_decisions,
    finish,
    keep_rows,
    make_file,
    mapping_of,
    numbers_of_sheets,
    refuse_unknown,
    rehearse,
    report_of,
)
from .import_saying import say_foreign, say_kept, say_unread, say_unused
from .import_wrong import say_goes_to
from .settings import Settings


class Import(Struct):
    """An import on a terminal: the call, whoever asks, and what rows would bring, by what was said.

    To go back to a question is to come to it anew, so that rows are looked at once for each.
    """

    settings: Settings
    file: Path
    dry_run: bool
    skip_wrong: bool
    asking: Asking = field(default_factory=Asking)
    rehearsed: dict[str, ImportReport] = {}

    @property
    def call(self) -> list[str]:
        """Return the call that goes on with it, without the names that it is to use."""
        flags = {"--dry-run": self.dry_run, "--skip-wrong": self.skip_wrong}
        return [str(self.file), *(flag for flag, is_given in flags.items() if is_given)]

    def rehearse(self, chosen: ImportFile, choices: Choices, decisions: Decisions) -> ImportReport:
        """Return what would become of each row of a file as chosen."""
        said = f"{choices}{decisions}"
        if said not in self.rehearsed:
            self.rehearsed[said] = rehearse(self.settings, chosen, decisions)
        return self.rehearsed[said]


class Settled(Struct):
    """An import of which everything is answered."""

    layouts: list[Layout]
    choices: Choices
    chosen: ImportFile
    decisions: Decisions


def ask_import(
    settings: Settings, file: Path, choices: Choices, dry_run: bool, skip_wrong: bool
) -> Result:
    """Import a file, asking what is open, and whether to go on; return its report."""
    run = Import(settings, file, dry_run, skip_wrong)
    settled = run.asking.run(partial(settle_all, run, choices))
    if isinstance(settled, Result):
        return settled
    report = keep_rows(settings, settled.chosen, settled.decisions, skip_wrong=True)
    said = ask_name(settled.choices) if report.kept else []
    said += finish(
        settings, file, settled.layouts, settled.chosen, settled.choices, report, skip_wrong=True
    )
    return report_of(settled.chosen, report, said, rehearsed=False, brief=True)


@contextmanager
def keeping_answers(keep: Callable[[], str]) -> Iterator[None]:
    """Within the block, being stopped keeps the answers, and says how to go on with them."""
    try:
        yield
    except (KeyboardInterrupt, EOFError):
        raise Interrupted(f"stopped: {keep()}") from None


def keep_answers(run: Import, layouts: list[Layout], choices: Choices) -> str:
    """Keep the answers of an import that imports nothing, and return what to say of it."""
    return keep_under_name(run, choices, mapping_of(run.settings, layouts, choices))


def keep_columns(
    run: Import, layouts: list[Layout], choices: Choices, changed: Mapping[str, str]
) -> str:
    """Keep what is changed of the columns, of which the others have not been seen to be right.

    Raise KeyboardInterrupt if nothing is changed.
    """
    if not changed:
        raise KeyboardInterrupt
    fields = {**choices.told, **changed}
    store = id_of_store(run.settings.store)
    mapping = KeptMapping(columns=fingerprint(layouts), fields=fields, store=store)
    if choices.kept_as and choices.kept_for in ("", store):
        mapping = replace(read_mappings()[choices.kept_as], fields=fields)
    return keep_under_name(run, choices, mapping)


def keep_under_name(run: Import, choices: Choices, mapping: KeptMapping) -> str:
    """Keep answers of which nothing is imported, under a name of their own, and say so.

    They are used again if the call names them: nobody has said that they are right.
    """
    nothing = "nothing was imported"
    try:
        known, before = read_mappings(), choices.mapping or choices.kept_as
        if before in known and known[before].store in ("", mapping.store):
            mapping = replace(mapping, fills={**known[before].fills, **mapping.fills})
        name = choices.mapping or unfinished_name(known, mapping)
        is_done = name in known and not known[name].unfinished
        keep_mapping(name, replace(mapping, unfinished=not is_done))
    except ApError as problem:
        return f"{nothing}, and your answers could not be kept: {problem}"
    sheets = [word for one in choices.sheets for word in ("--sheet", one)]
    again = [*run.call, "--mapping", name, *sheets]
    again += ["--with-hidden"] if choices.with_hidden else []
    return f"{nothing}; your answers are kept as “{name}”: ap import {printable(join(again))}"


def settle_all(run: Import, chosen: Choices) -> Settled | Result:
    """Ask what is open beside what is chosen, and whether to import; return a report if not."""
    choices = deepcopy(chosen)
    choose = partial(settle_sheets, run.asking)
    tables = open_chosen(run.settings, run.file, choices, choose, asks=True)
    layouts = lay_out(run.settings, tables, choices, strict=False)
    changed: dict[str, str] = {}
    with keeping_answers(partial(keep_columns, run, layouts, choices, changed)):
        layouts = settle_columns(run, tables, layouts, choices, changed)
    with keeping_answers(partial(keep_answers, run, layouts, choices)):
        return settle_rest(run, layouts, choices)


def settle_rest(run: Import, layouts: list[Layout], choices: Choices) -> Settled | Result:
    """Ask what is open beside the columns, and whether to import; return a report if not."""
    settings, asking = run.settings, run.asking
    settle_schools(asking, layouts, choices)
    settle_kind(asking, layouts, choices)
    chosen = make_file(settings, layouts, choices)
    if settle_names(asking, choices, chosen):
        chosen = make_file(settings, layouts, choices)
    for line in (*say_unused(choices), *say_foreign(choices), *say_noticed(chosen)):
        asking.say(line)
    chosen, decisions, report = settle_rows(run, layouts, choices, chosen)
    if run.dry_run:
        return report_of(chosen, report, [], rehearsed=True)
    show_report(run, chosen, report)
    offer_wrong(run, chosen, report)
    if not report.counts[NEW] + report.counts[CHANGED]:
        return leave_all(run, layouts, choices, chosen, report)
    if not is_wanted(run, report):
        said = [keep_answers(run, layouts, choices)]
        return report_of(chosen, report, said, rehearsed=True, brief=True)
    return Settled(layouts, choices, chosen, decisions)


def leave_all(
    run: Import,
    layouts: list[Layout],
    choices: Choices,
    chosen: ImportFile,
    report: ImportReport,
) -> Result:
    """Return the report of a file that brings nothing, and keep the answers."""
    said = finish(run.settings, run.file, layouts, chosen, choices, report, run.skip_wrong)
    if report.wrong:
        said.append(keep_answers(run, layouts, choices))
    return report_of(chosen, report, said, rehearsed=True, brief=True, skip_wrong=run.skip_wrong)


def settle_sheets(asking: Asking, layouts: list[Layout], choices: Choices) -> list[Layout]:
    """Return the sheets that are imported; ask if there are several and none is named."""
    if not choices.sheets and sum(not layout.sheet.hidden for layout in layouts) > 1:
        choices.sheets = tuple(ask_sheets(asking, layouts))
    return choose_sheets(layouts, choices.sheets)


def settle_columns(
    run: Import,
    tables: Tables,
    layouts: list[Layout],
    choices: Choices,
    changed: dict[str, str],
) -> list[Layout]:
    """Show what the columns hold, unless that is kept, and return the sheets as answered."""
    columns = [column for layout in layouts for column in layout.columns]
    is_known = choices.is_kept and all(is_told_of(layout, choices) for layout in layouts)
    if is_known and not any(column.how == LIKE for column in columns):
        for line in (*say_kept(run.settings, choices), *say_unread(layouts, choices)):
            run.asking.say(capital(line))
        return layouts

    def match(more: Mapping[str, str]) -> list[SheetColumn]:
        as_told = replace(choices, told={**choices.told, **more})
        return columns_of_sheets(lay_out(run.settings, tables, as_told, strict=False))

    choices.told = choices.told | ask_columns(run.asking, match, changed)
    return lay_out(run.settings, tables, choices)


def is_told_of(layout: Layout, choices: Choices) -> bool:
    """Tell whether it is said of each column of a sheet what it holds."""
    told = {*told_of(choices.told, layout.sheet.name), fold_heading(WHAT_IS_WRONG)}
    return all(fold_heading(column.heading) in told for column in layout.columns)


def settle_schools(asking: Asking, layouts: list[Layout], choices: Choices) -> None:
    """Ask whether the sheets are schools, if there are several and no column says which."""
    schools = not holds(layouts, HOME_SCHOOL) and len(layouts) > 1
    if schools and not (choices.by_school or choices.is_kept):
        choices.by_school = ask_by_school(asking, layouts)


def holds(layouts: list[Layout], name: str) -> bool:
    """Tell whether a column of some sheets holds a field."""
    fields = [column.field for layout in layouts for column in layout.columns]
    return any(field is not None and field.name == name for field in fields)


def settle_kind(asking: Asking, layouts: list[Layout], choices: Choices) -> None:
    """Ask what the rows are, if the columns do not tell."""
    try:
        refuse_unknown(layouts, choices.nouns or nouns_of(layouts))
    except ApError:
        if choices.nouns:
            raise
        choices.nouns = NOUNS_OF[ask_kind(asking, list(NOUNS_OF))]


def settle_rows(
    run: Import, layouts: list[Layout], choices: Choices, chosen: ImportFile
) -> tuple[ImportFile, Decisions, ImportReport]:
    """Ask what the rows leave open, until nothing is left, and return what they would bring."""
    settling = Settling(run.asking, run.settings.name_style, choices.usual)
    decisions = begin_decisions(run.settings, layouts, choices)
    report = run.rehearse(chosen, choices, decisions)
    if settle_kinds(run.asking, choices, report):
        decisions = begin_decisions(run.settings, layouts, choices)
        report = run.rehearse(chosen, choices, decisions)
    while True:
        try:
            decided = settling.ask(decisions, report)
        finally:
            choices.note(settling.so_far(decisions), settling.fills, settling.once)
        if decided is None:
            return chosen, decisions, report
        decisions = decided
        chosen = make_file(run.settings, layouts, choices)
        report = run.rehearse(chosen, choices, decisions)


def settle_kinds(asking: Asking, choices: Choices, report: ImportReport) -> bool:
    """Show the kinds that were kept of new providers, and return if some are asked about anew.

    A name that was misspelt then is asked about anew as well: it may be nearly another.
    """
    kept = [(key, name) for key, name in report.decided_kinds.items()]
    if not kept:
        return False
    numbers = ask_kept_kinds(asking, [(name, choices.kinds[key]) for key, name in kept])
    again = {kept[number - 1][0] for number in numbers}
    choices.kinds = {key: kind for key, kind in choices.kinds.items() if key not in again}
    choices.providers = {key: name for key, name in choices.providers.items() if key not in again}
    return bool(again)


def show_report(run: Import, chosen: ImportFile, report: ImportReport) -> None:
    """Show what would become of the rows."""
    view = plain_view(run.settings)
    run.asking.say("\n".join(summary_lines(report, True, view)))
    run.asking.say("\n".join(part_lines(report, numbers_of_sheets(chosen), view)))


def offer_wrong(run: Import, chosen: ImportFile, report: ImportReport) -> None:
    """Offer to show all wrong rows, if there are more than were shown."""
    view = plain_view(run.settings)
    lines = wrong_lines(report, numbers_of_sheets(chosen), view)
    if len(lines) > most_lines(view):
        show_wrong(run.asking, lines)


def settle_names(asking: Asking, choices: Choices, chosen: ImportFile) -> bool:
    """Ask whether names begin with the surname, if all have one comma; return if that changes."""
    if choices.turned is not None or choices.is_kept or not chosen.turned:
        return False
    choices.turned = ask_turned(asking, chosen.turned)
    return not choices.turned


def is_wanted(run: Import, report: ImportReport) -> bool:
    """Ask whether to import the rows that are right."""
    right = count(report.counts[NEW] + report.counts[CHANGED], "row")
    if report.wrong and not run.skip_wrong:
        left = count(report.wrong, "wrong row goes", "wrong rows go")
        what = f"Import the {right}? The {left} to {say_goes_to(run.file)}"
        return run.asking.yes(what, usual=False)
    return run.asking.yes(f"Import the {right}?")
