"""ap pupil"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from ..domain.pupil import Pupil
from ..domain.roles import Role
from ..render.result import Result
from ..render.rows import Page
from . import lists, nouns
from .command import command, group
from .lists import COLUMNS, FROM, LIST, SORT, WORDS
from .options import PAPERS
from .references import CALLED, GONE_PUPIL, IF, INTO_PUPIL, PUPIL, YES
from .rights import erase_pupil, export_pupil, hold_pupil, release_pupil
from .settings import Settings

ANOTHER = typer.Option(
    "--another", help="It is another child than the one with the same name and date of birth."
)
app = group("Keep pupils and their circumstances.")


@command(app, form=Pupil, name="add")
def add_pupil(
    settings: Settings,
    given: Mapping[str, Any],
    called: Annotated[str | None, CALLED] = None,
    another: Annotated[bool, ANOTHER] = False,
) -> Result:
    """Add a pupil; a terminal asks if one looks the same.

    Examples: ap pupil add "First Sample" --born 2010-06-27 --ehcp 2024-09-01;
    ap pupil add "Second Sample" --born 27/6/2011 --home-school "Elm Academy";
    ap pupil add "Third Sample" --born 2012-02-01 --looked-after yes
    """
    return nouns.add_record(settings, Pupil, nouns.add_name(given, called), another=another)


@command(app, name="list")
def list_pupils(
    settings: Settings,
    words: Annotated[list[str] | None, WORDS] = None,
    columns: Annotated[str | None, COLUMNS] = None,
    sort: Annotated[str | None, SORT] = None,
    first: Annotated[int, FROM] = 1,
    whole: Annotated[bool, LIST] = False,
) -> Result:
    """List pupils, a line each; words say which, a state or tier for their placements.

    Examples: ap pupil list; ap pupil list live school:elm;
    ap pupil list provider:PR-1 --sort year
    """
    asked = lists.Asked(tuple(words or ()), columns, sort, Page(first, whole))
    return lists.list_pupils(settings, asked)


@command(app, name="show")
def show_pupil(
    settings: Settings,
    reference: Annotated[str | None, PUPIL] = None,
    first: Annotated[int, FROM] = 1,
    whole: Annotated[bool, LIST] = False,
) -> Result:
    """Show a pupil, a screen at a time: the record, placements, what is open, and what comes.

    Examples: ap pupil show P-0001; ap pupil show p1 --on 2026-06-01; ap pupil show P-0001 --json
    """
    return nouns.summarise(settings, Pupil, reference, Page(first, whole))


@command(app, form=Pupil, name="edit")
def edit_pupil(
    settings: Settings,
    given: Mapping[str, Any],
    reference: Annotated[str | None, PUPIL] = None,
    expected: Annotated[list[str] | None, IF] = None,
) -> Result:
    """Correct a pupil: the new value holds for every day.

    Examples: ap pupil edit P-0001 --looked-after 2026-01-12;
    ap pupil edit P-0001 --home-school "Elm Academy"; ap pupil edit P-0001 --not-known upn
    """
    return nouns.edit_record(settings, Pupil, reference, given, expected)


@command(app, name="merge", needs=Role.WRITER)
def merge_pupils(
    settings: Settings,
    reference: Annotated[str, GONE_PUPIL],
    into: Annotated[str, INTO_PUPIL],
    yes: Annotated[bool, YES] = False,
) -> Result:
    """Join a pupil who is recorded twice: the second takes over all that the first has.

    The first is then gone. Without --yes it says what it would do; a terminal asks.

    Examples: ap pupil merge P-0002 --into P-0001; ap pupil merge P-0002 --into P-0001 --yes;
    ap pupil merge p2 --into p1 --json
    """
    return nouns.merge_records(settings, Pupil, reference, into, yes)


command(app, name="hold", needs=Role.WRITER)(hold_pupil)
command(app, name="release", needs=Role.WRITER)(release_pupil)
command(app, name="erase", needs=Role.ADMINISTRATOR)(erase_pupil)
command(app, name="export", formats=("table", "plain", "json", "jsonl", *PAPERS, "docx"))(
    export_pupil
)
