"""ap eligible"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from ..domain.options import Route
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..domain.readers import fill
from ..errors import AnswersMissing, ApError
from ..render.eligibility import Naming, show_eligibility
from ..render.result import Result
from ..rules.eligibility import Verdict
from ..services.eligibility import Eligibility, Enquiry, judge
from .asking import choose_record
from .command import command, single
from .questions import complete_choice
from .references import PUPIL, completing
from .settings import Settings

app = single()

SUPPOSED = "The child"
"""The name of a child who is only supposed; nothing is written."""

AT = typer.Option(
    "--at",
    help="The provider. Without it, any place that is not a school.",
    metavar="PR-0001",
    autocompletion=completing("provider"),
)
HOURS = typer.Option(
    "--hours",
    help="How many hours a week there. Without it, both sides of full time.",
    metavar="HOURS",
)
ROUTE = typer.Option(
    "--route",
    help="The legal route. Without it, arranged by whoever arranges placements here.",
    metavar="|".join(Route),
    autocompletion=complete_choice(list(Route)),
)
STARTS = typer.Option(
    "--starts",
    help="The first day. Without it, the first school day in a fortnight.",
    metavar="DAY",
)
COMMISSIONER = typer.Option(
    "--commissioner",
    help="Who arranges it, if there are several.",
    metavar="C-0001",
    autocompletion=completing("commissioner"),
)
FOR_AUTHORITY = typer.Option(
    "--for-authority/--no-for-authority", help="Whether you arrange it for the council."
)
BORN = typer.Option(
    "--born", help="The date of birth of a child who is not recorded.", metavar="DAY"
)
EHCP = typer.Option("--ehcp/--no-ehcp", help="Suppose that the child has an EHC plan, or has none.")
LOOKED_AFTER = typer.Option(
    "--looked-after/--no-looked-after",
    help="Suppose that the child is looked after, or is not.",
)
YES_OR_NO = {True: "yes", False: "no"}


@command(app)
def eligible(
    settings: Settings,
    reference: Annotated[str | None, PUPIL] = None,
    at: Annotated[str | None, AT] = None,
    hours: Annotated[str | None, HOURS] = None,
    route: Annotated[str | None, ROUTE] = None,
    starts: Annotated[str | None, STARTS] = None,
    commissioner: Annotated[str | None, COMMISSIONER] = None,
    for_authority: Annotated[bool | None, FOR_AUTHORITY] = None,
    born: Annotated[str | None, BORN] = None,
    ehcp: Annotated[bool | None, EHCP] = None,
    looked_after: Annotated[bool | None, LOOKED_AFTER] = None,
) -> Result:
    """Say whether a child may be placed (there), and what comes before the first day.

    YES, YES ONCE some things are done, NO, or FIND OUT what decides it. Nothing is written. A
    terminal then offers to plan the placement. Exits 1 for a no, 3 if nobody can tell.

    --starts is the first day there. --on asks, as everywhere, as if today were another day.

    Examples: ap eligible P-0001; ap eligible P-0001 --at PR-0001 --hours 12 --starts 2027-01-05;
    ap eligible --born 2012-03-01 --no-ehcp --no-looked-after --hours 19
    """
    circumstances = {"ehcp": ehcp, "looked_after": looked_after}
    given = {key: YES_OR_NO[value] for key, value in circumstances.items() if value is not None}
    child = read_child(settings, reference, born, given)
    provider = choose_record(settings, Provider, at) if at is not None else None
    answers: dict[str, Any] = {
        "hours": hours,
        "route": route,
        "starts": starts,
        "commissioner": commissioner,
        "for_authority": for_authority,
    }
    enquiry = Enquiry(child, provider, {k: v for k, v in answers.items() if v is not None})
    answer = judge(settings.store, enquiry, settings.today)
    result = show_eligibility(answer, name_both(settings, enquiry), settings.today)
    return go_on(settings, enquiry, answer, result)


def read_child(
    settings: Settings, reference: str | None, born: str | None, given: Mapping[str, str]
) -> Pupil:
    """The child as recorded, or supposed from a date of birth; with what is supposed besides."""
    if reference is not None and born is not None:
        raise ApError("give a pupil's reference or --born, not both")
    if born is not None:
        answers = {"name": SUPPOSED, "born": born, **given}
        return fill(Pupil, answers, settings.today)
    if reference is None and not settings.interactive:
        raise AnswersMissing(["a reference such as P-0001, or --born DAY for another child"])
    recorded_child = choose_record(settings, Pupil, reference)
    return fill(Pupil, given, settings.today, base=recorded_child) if given else recorded_child


def name_both(settings: Settings, enquiry: Enquiry) -> Naming:
    """What the child and the place are called.

    The child was asked for, so that a terminal shows the full name unless it is to show none.
    """
    child, provider = enquiry.child, enquiry.provider
    called = child.ref if settings.name_style == "never" else child.name
    first = f"{called} ({child.ref})" if called != child.ref else child.ref
    return Naming(
        first if child.id else SUPPOSED,
        called if child.id else SUPPOSED.lower(),
        f"{provider.name} ({provider.ref})" if provider else "",
        child.ref if child.id else None,
        provider.ref if provider else None,
        next_command(enquiry),
    )


def next_command(enquiry: Enquiry) -> str:
    """Spell the command that plans the placement with what was said."""
    words = ["ap", "placement", "new"]
    words += ["--pupil", enquiry.child.ref] if enquiry.child.id else []
    words += ["--provider", enquiry.provider.ref] if enquiry.provider else []
    for key, value in enquiry.answers.items():
        flag = f"--{key.replace('_', '-')}"
        if isinstance(value, bool):
            words.append(flag if value else f"--no-{flag[2:]}")
        else:
            words += [flag, shlex.quote(str(value))]
    return " ".join(words)


def go_on(settings: Settings, enquiry: Enquiry, answer: Eligibility, result: Result) -> Result:
    """Show the answer and, on a terminal, offer to go on into the wizard with what was said."""
    if answer.verdict is Verdict.NO or not may_offer(settings):
        return result
    from ..interview.prompts import ask_line
    from ..render.showing import show_result
    from .planning import plan_placement

    show_result(result, settings)
    if ask_line("Plan it now? [y/N]", refuse_other).lower() not in ("y", "yes"):
        raise typer.Exit(result.code if isinstance(result.code, int) else 0)
    return plan_placement(settings, answers_for_wizard(enquiry), None, False)


def may_offer(settings: Settings) -> bool:
    """Whether a person is there who reads the answer and can be asked."""
    reads_it = settings.format == "table" and settings.out is None
    return settings.interactive and reads_it


def refuse_other(text: str) -> str:
    """Why a text is neither yes nor no; empty if it is."""
    return "" if text.lower() in ("", "y", "yes", "n", "no") else "Type yes or no."


def answers_for_wizard(enquiry: Enquiry) -> dict[str, Any]:
    """What was said, as answers of a placement."""
    records = {"provider": enquiry.provider.ref} if enquiry.provider else {}
    records |= {"pupil": enquiry.child.ref} if enquiry.child.id else {}
    return records | dict(enquiry.answers)
