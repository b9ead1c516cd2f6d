"""ap report"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer
from msgspec.structs import replace

from ..documents.content import Bars, Content, Fields, Heading, Paper, Paragraph
from ..documents.making import describe_unwritten, find_writer
from ..domain.days import words
from ..domain.roles import Role
from ..errors import ApError, StoreProblem
from ..render.reports import KEYS, inspection_lines, inspection_rows
from ..render.result import Result
from ..services.papers import name_commissioners
from .command import command, group
from .made import read_letterhead
from .options import FORMATS, PAPERS
from .settings import Settings, warn

if TYPE_CHECKING:
    from ..services.inspection import Inspection

app = group("Report to an inspector or to governors, as a page, a PDF or a spreadsheet.")

ANONYMOUS = typer.Option("--anonymous", help="References instead of names.")
FOR_ALL = typer.Option(
    "--anonymous", help="Count children, and tell no number of one to four of them."
)
PUBLISH = typer.Option(
    "--publish", help="With --anonymous: keep it for users of a server with the role report."
)
TERM = typer.Option(
    "--term", metavar="NAME", help="A term, such as “autumn 2025”; else the last that has begun."
)


@command(app, name="inspection", formats=(*FORMATS, *PAPERS))
def report_inspection(settings: Settings, anonymous: Annotated[bool, ANONYMOUS] = False) -> Result:
    """List what an inspector asks for first: where children are placed, who, why, and the checks.

    The page, the PDF and the workbook have the names of the children, and ap log --seen says who
    made them.

    Examples: ap report inspection; ap report inspection --out inspection.pdf;
    ap report inspection --anonymous --out inspection.html
    """
    from ..services.inspection import gather_inspection
    from ..services.todo import find_my_side
    from .todo import my_side

    is_for_people = settings.format in ("table", "xlsx", *PAPERS)
    mine = my_side(settings) if is_for_people else find_my_side(settings.store, settings.today)
    found = gather_inspection(settings.store, settings.today, mine)
    names = not anonymous and (settings.names or settings.format in (*PAPERS, "xlsx"))
    if names:
        log_children(settings, {one.pupil for each in found.providers for one in each.placements})
    return Result(
        "inspection",
        inspection_rows(found, names),
        lines=inspection_lines(found, anonymous),
        keys=tuple(key for key in KEYS if names or key != "name"),
        said=tuple(map(str, found.unread)),
        code=StoreProblem.exit_code if found.unread else 0,
        make=partial(write_inspection, settings, found, anonymous),
    )


@command(app, name="governors", formats=(*FORMATS, *PAPERS))
def report_governors(
    settings: Settings,
    term: Annotated[str | None, TERM] = None,
    anonymous: Annotated[bool, FOR_ALL] = False,
    publish: Annotated[bool, PUBLISH] = False,
) -> Result:
    """Report a term to governors on one page, without names: numbers, reasons, reviews, cost.

    On a server --publish keeps the figures of --anonymous for those who may see no records: they
    type the same command, and see them as they were published.

    Examples: ap report governors; ap report governors --term "autumn 2025" --out autumn.pdf;
    ap report governors --anonymous --out term.html
    """
    from ..documents.anonymous import make_anonymous
    from ..documents.governors import make_content
    from ..services.governors import choose_term, gather_term

    if anonymous and settings.address.server and sees_only_published(settings):
        return show_published(settings, term)
    chosen = choose_term(settings.store, settings.today, term)
    found = gather_term(settings.store, settings.today, chosen)
    content = make_anonymous(found) if anonymous else make_content(found)
    if publish:
        keep_published(settings, chosen.name, content, anonymous)
    return Result(
        "governors",
        figure_rows(content),
        ("section", "what", "value"),
        said=tuple(map(str, found.unread)),
        code=StoreProblem.exit_code if found.unread else 0,
        make=partial(write_report, settings, content),
    )


def sees_only_published(settings: Settings) -> bool:
    """Whether the user of a server may see what was published, and no records."""
    from ..documents.published import sees_only_published

    return sees_only_published(settings.store)


def keep_published(settings: Settings, term: str, content: Content, anonymous: bool) -> None:
    """Publish a report; raise ApError if it shows numbers that tell who a child is."""
    from ..documents.published import publish

    if not anonymous:
        raise ApError("--publish: add --anonymous, so that no number tells who a child is")
    settings.refuse_unless(Role.WRITER)
    publish(settings.store, term, content)


def show_published(settings: Settings, term: str | None) -> Result:
    """A report as it was published, with the day of that."""
    from ..documents.published import read_published

    content, of, day = read_published(settings.store, term)
    return Result(
        "governors",
        figure_rows(content),
        ("section", "what", "value"),
        said=(f"as it was published on {words(day)}",),
        make=partial(write_paper, settings, content, of),
    )


def figure_rows(content: Content) -> list[dict[str, Any]]:
    """The figures of a report as rows: under what heading, what is counted, and the words for it.

    `number` is the number itself where what is counted is a number alone, and shown. A section that
    is empty or hidden has a row as well, that says so.
    """
    rows = []
    section = "Use and care"
    begun = False
    for block in content.blocks:
        if isinstance(block, Paragraph) and begun:
            rows.append(figure_row(section, "all", block.text.rstrip(".").lower()))
        begun = isinstance(block, Heading)
        if isinstance(block, Heading):
            section = block.text
        if isinstance(block, Fields):
            for field in block.rows:
                rows.append(figure_row(section, field.label, str(field.value)))
        if isinstance(block, Bars):
            for bar in block.bars:
                rows.append(figure_row(section, bar.label, bar.text, bar.number))
    return rows


def figure_row(section: str, what: str, value: str, number: int | None = None) -> dict[str, Any]:
    """One figure as a row."""
    return {"section": section, "what": what, "value": value, "number": number}


def write_inspection(settings: Settings, found: Inspection, anonymous: bool, format: str) -> bytes:
    """The inspection list as a page or a PDF: its content is made for these alone."""
    from ..documents.inspection import make_content

    return write_report(settings, make_content(found, anonymous), format)


def write_report(settings: Settings, content: Content, format: str) -> bytes:
    """A report as a page or a PDF, with the user's letterhead."""
    return write_paper(settings, content, name_commissioners(settings.store), format)


def write_paper(settings: Settings, content: Content, of: str, format: str) -> bytes:
    """A report as a page or a PDF, from those whose it is if the user has no letterhead."""
    letterhead = read_letterhead(settings)
    if not letterhead.name:
        letterhead = replace(letterhead, name=of)
    paper = Paper(content, "", 0, settings.today, letterhead)
    for sentence in describe_unwritten(paper, format):
        warn(sentence)
    return find_writer(format)(paper)


def log_children(settings: Settings, children: set[str]) -> None:
    """Log that a report names these children."""
    from ..store.looking import log_look

    log_look(settings.store, settings.author, "report inspection", *sorted(children))
