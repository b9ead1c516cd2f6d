"""ap help"""

from __future__ import annotations

from typing import Annotated

import typer
from msgspec.structs import asdict

from ..render.pages import lines_of_pages, lines_of_topics
from ..render.result import Result
from ..services import pages as service
from .app import COMMANDS
from .command import command, single
from .settings import Settings

app = single()


def complete_topic(incomplete: str) -> list[str]:
    """The topics that begin so."""
    return [topic for topic in service.list_topics() if topic.startswith(incomplete)]


@command(app)
def help(
    settings: Settings,
    topic: Annotated[
        str | None,
        typer.Argument(
            metavar="[TOPIC]",
            help="What to read about.",
            show_default=False,
            autocompletion=complete_topic,
        ),
    ] = None,
) -> Result:
    """Read a reference page, or list the topics.

    Examples: ap help; ap help using; ap help rules
    """
    if topic is None:
        rows = [
            {"topic": page.topic, "title": page.title, "summary": page.summary}
            for page in service.list_pages()
        ]
        return Result("help topics", rows, ("topic", "summary"), lines_of_topics)
    page = service.find_page(topic, COMMANDS)
    return Result("help", [asdict(page)], lines=lines_of_pages)
