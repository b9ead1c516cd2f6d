"""ap check"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from typing import Annotated, Any

import typer

from ..domain.days import words
from ..errors import ApError, StoreProblem
from ..forms.text import echo
from ..render.check import Groups, check_lines
from ..render.findings import rows_of
from ..render.result import Result, fixed_lines
from ..rules import RULES
from ..rules.eligibility import UNREADABLE
from ..rules.rule import OPEN, Answer, Rule, Severity
from ..services import checks, records
from ..services.caseload import Subject
from ..services.checks import CheckReport, CheckRequest
from ..store.opening import Store
from .asking import read_day
from .command import command, single
from .finding import find_record
from .references import SEVERAL
from .settings import Settings
from .severities import SEVERITY, read_severities

app = single()
FAIL_ON = tuple(severity.value for severity in Severity)
SHOW = tuple(answer.value.replace(" ", "-") for answer in Answer)


RULE = typer.Option(
    "--rule",
    "--family",
    help="Only rules whose id begins like this. (several allowed)",
    metavar="AP5",
)
CHANGED_SINCE = typer.Option(
    "--changed-since", help="Only what was changed on this day or after.", metavar="DAY"
)
PROPOSED = typer.Option("--proposed", help="Rules that are only proposed as law, too.")
AS_KNOWN = typer.Option(
    "--as-known",
    help="Answer from what was on record at the end of this day.",
    metavar="DAY",
)


def print_schema(wanted: bool) -> None:
    """Print the JSON Schema of what --json writes, and end there, if it is wanted."""
    from ..render.schema import read_schema

    if wanted:
        sys.stdout.write(read_schema())
        raise typer.Exit


SCHEMA = typer.Option(
    "--schema",
    callback=print_schema,
    is_eager=True,
    help="Show the JSON Schema of what --json writes, and check nothing.",
)
FAILS_ON = typer.Option(
    "--fail-on",
    help="Exit 1 for a breach of this severity or above.",
    metavar="|".join(FAIL_ON),
)
STRICT = typer.Option("--strict", help="Exit 3 if an answer at those severities is “cannot tell”.")
SHOWN = typer.Option("--show", help="Which answers to show.", metavar=f"{','.join(SHOW)}|all")
ALL = typer.Option("--all", help="Ended placements and providers without placements, too.")
WHY = typer.Option("--why", help="Show what each rule looked at.")
LATER = typer.Option("--later", help="Show what is not due yet, and advice, too.")
VERBOSE = typer.Option(
    "-v", "--verbose", help="Show each finding, with its message, source and command."
)


@command(app)
def check(
    settings: Settings,
    references: Annotated[list[str] | None, SEVERAL] = None,
    rule: Annotated[list[str] | None, RULE] = None,
    severity: Annotated[list[str] | None, SEVERITY] = None,
    changed: Annotated[str | None, CHANGED_SINCE] = None,
    proposed: Annotated[bool, PROPOSED] = False,
    known: Annotated[str | None, AS_KNOWN] = None,
    schema: Annotated[bool, SCHEMA] = False,
    fail_on: Annotated[str, FAILS_ON] = "should",
    strict: Annotated[bool, STRICT] = False,
    show: Annotated[str | None, SHOWN] = None,
    every: Annotated[bool, ALL] = False,
    why: Annotated[bool, WHY] = False,
    later: Annotated[bool, LATER] = False,
    verbose: Annotated[bool, VERBOSE] = False,
) -> Result:
    """Say, with reasons, whether placements are lawful, safe and reviewed on time.

    A placement, with its pupil and provider; a pupil's or a provider's placements; without a
    reference, all that have not ended. It shows how they stand and what to do; with -v, --rule,
    --show or --why each finding. Exits 1 with a breach at or above --fail-on that is not waived.

    Examples: ap check PL-0001; ap check --rule AP5 --json; ap check --as-known 2026-03-02
    """
    refuse_no_store(settings)
    as_of = day_known(settings, known) if known is not None else None
    severities, shown = read_severities(severity), answers_to_show(show)
    rules = checks.rules_like(rule or (), severities, proposed, checks.own_rules(settings.store))
    subjects = choose_subjects(settings, references or (), changed)
    if subjects is None:
        return Result("check", [], COLUMNS, fixed_lines("nothing was changed since then"))
    request = CheckRequest(
        settings.asof or as_of or settings.today,
        *(subjects, rules, shown, severities, severity_of(fail_on), strict, every),
        *(not changed, why, show is None),
    )
    if settings.format in ("table", "plain") and not (rule or show or why or verbose):
        return standing_result(settings, request, as_of, later)
    return result_of(run(settings, request, as_of), request, joined=show is None and not why)


def choose_subjects(
    settings: Settings, references: Sequence[str], changed: str | None
) -> Sequence[Subject] | None:
    """Return the records that are named, or those changed since a day; None if none were."""
    named = [find_record(settings, each, *CHECKED) for each in references]
    if changed is None:
        return named
    return changed_since(settings, changed, named) or None


def run(settings: Settings, request: CheckRequest, as_of: date | None) -> CheckReport:
    """The report on a request: on what is recorded now, or on what was known on a day."""
    if as_of is None:
        return checks.check(settings.store, request, with_a_bar)
    with known_store(settings, as_of) as supposed:
        return checks.check(supposed, request).read()


def standing_result(
    settings: Settings, request: CheckRequest, as_of: date | None, later: bool
) -> Result:
    """How the records asked about stand: a screen for people, a line for each in a pipe."""
    from ..render.standing import show_standings
    from ..services.standing import judge_request

    with known_store(settings, as_of) as store:
        along = with_a_bar if as_of is None else None
        judged = judge_request(store, request, along)
    lines = show_standings(judged, request.on, later)
    return Result("check", [], COLUMNS, lines, code=judged.exit_code, on=request.on)


def known_store(settings: Settings, as_of: date | None) -> AbstractContextManager[Store]:
    """The store as it is, or as it was known at the end of a day."""
    if as_of is None:
        return nullcontext(settings.store)
    from ..services.supposing import as_known

    return as_known(settings.store, as_of)


def result_of(report: CheckReport, request: CheckRequest, joined: bool) -> Result:
    """A report to be shown; if `joined`, with the findings of each group of rules together."""
    of_damage = {rule.id for rule in request.rules} == {UNREADABLE}
    lines = check_lines(groups(RULES) if joined else (), report.counts, request.on, of_damage)
    return Result(
        "check",
        rows_of(report.findings),
        COLUMNS,
        lines,
        code=report.exit_code,
        keys=keys_of(request.why),
        on=request.on,
    )


def refuse_no_store(settings: Settings) -> None:
    """Raise StoreProblem if there is no store yet.

    A name mistyped in a script would pass as a store without breaches.
    """
    from ..store.opening import is_there

    if not is_there(settings.address):
        raise StoreProblem(
            f"there is no store at {settings.address}: name another with --db, or begin one with"
            " ap init"
        )


def with_a_bar(items: Iterable[Any], total: int) -> Iterable[Any]:
    """Items handed on, with a bar on a terminal of how far they have come."""
    from ..render.progress import with_progress

    return with_progress(items, "checking", total)


def day_known(settings: Settings, text: str) -> date:
    """Read the day of --as-known; raise ApError if it cannot be read or is still to come."""
    day = read_day(settings, text, "--as-known")
    if day > max(date.today(), settings.today):
        raise ApError(f"--as-known: {words(day)} is still to come: choose today or earlier")
    return day


CHECKED = tuple(noun for prefix, noun in records.NOUNS.items() if prefix != "C")
COLUMNS = ("rule", "answer", "severity", "subject", "message", "due", "cites", "remedy", "waived")


def keys_of(why: bool) -> tuple[str, ...]:
    """Name the columns of a CSV of findings; the action, which is nested, is in JSON alone."""
    keys = (*COLUMNS, "task", "key", "urgency", "who")
    return (*keys, "why") if why else keys


def changed_since(settings: Settings, text: str, named: Sequence[Subject]) -> list[Subject]:
    """List what was changed on a day or after it; raise ApError if something else is named too."""
    from ..services.log import subjects_since

    if named:
        raise ApError("--changed-since chooses what is checked: leave the references out")
    day = read_day(settings, text, "--changed-since")
    return [
        records.subject(ref)
        for ref in subjects_since(settings.store, day)
        if ref.partition("-")[0] in ("P", "PR", "PL")
    ]


def groups(rules: tuple[Rule, ...]) -> Groups:
    """The ids of the rules that stand together in a list where all of them are missing."""
    names = dict.fromkeys((rule.group, rule.about) for rule in rules if rule.group)
    return tuple(
        (name, tuple(rule.id for rule in rules if (rule.group, rule.about) == (name, about)))
        for name, about in names
    )


def severity_of(text: str) -> Severity:
    """Return a severity by its name; raise ApError if there is none."""
    if text not in FAIL_ON:
        raise ApError(f"--fail-on: choose one of {', '.join(FAIL_ON)}, not “{echo(text, 20)}”")
    return Severity(text)


def answers_to_show(text: str | None) -> tuple[Answer, ...]:
    """Return the answers named, or those that are open; raise ApError for an unknown name."""
    if text is None:
        return OPEN
    if text == "all":
        return tuple(Answer)
    names = [name.strip().replace("-", " ") for name in text.split(",")]
    if unknown := [name for name in names if name not in tuple(Answer)]:
        raise ApError(f"--show: choose from {', '.join(SHOW)}, all, not “{echo(unknown[0], 20)}”")
    return tuple(Answer(name) for name in names)
