"""Help that begins with examples, and shows the usual options before the rest."""

from __future__ import annotations

import re
from inspect import cleandoc
from typing import Any

from typer.core import TyperCommand, TyperGroup

EXAMPLES = re.compile(r"\s*^Examples?: (.*)\Z", re.DOTALL | re.MULTILINE)
MOST = 3


def part_examples(help: str) -> tuple[str, list[str]]:
    """Part a command's help into its text and its examples."""
    text = cleandoc(help)
    found = EXAMPLES.search(text)
    if found is None:
        return text, []
    return text[: found.start()], re.split(r"; ", " ".join(found[1].split()))


def write_help(formatter: Any, text: str, examples: list[str]) -> None:
    """Write examples, a line each, and the text below them."""
    if examples:
        formatter.write_paragraph()
    for example in examples:
        for line in wrap_example(example, formatter.width - 2):
            formatter.write(f"  {line}\n")
    if text:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(text)


def wrap_example(example: str, width: int) -> list[str]:
    """Break a long command between its words, so that it can still be copied into a shell."""
    from textwrap import wrap

    lines = wrap(
        example,
        width - 2,
        subsequent_indent="    ",
        break_on_hyphens=False,
        break_long_words=False,
    )
    return [*(f"{line} \\" for line in lines[:-1]), *lines[-1:]]


class ApCommand(TyperCommand):
    """A command whose help begins with its examples."""

    def format_help_text(self, ctx: Any, formatter: Any) -> None:
        """Write the examples, then what the command does."""
        text, examples = part_examples(self.help or "")
        write_help(formatter, text, examples)


class ApGroup(TyperGroup):
    """A group whose help begins with examples: its own, or one of each of its first commands."""

    def format_help_text(self, ctx: Any, formatter: Any) -> None:
        """Write the examples, then what the group is for."""
        text, examples = part_examples(self.help or "")
        write_help(formatter, text, examples or self.examples())

    def examples(self) -> list[str]:
        """List an example of each of the first commands that have one."""
        found = [
            part_examples(command.help or "")[1]
            for command in self.commands.values()
            if not command.hidden
        ]
        return [examples[0] for examples in found if examples][:MOST]
