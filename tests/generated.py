"""What is made from the program: parts of the README and of the reference pages, completions, golden files.

`--write` writes them, `--check` compares.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from json import dumps
from pathlib import Path
from textwrap import dedent

from ap_cli.cli.app import COMMANDS
from ap_cli.cli.completion import SHELLS, make_script
from ap_cli.domain.attendance import CODES
from ap_cli.domain.entries import KINDS
from ap_cli.domain.placement import Placement
from ap_cli.domain.readers import choices
from ap_cli.domain.roles import MAY
from ap_cli.errors import EXIT_CODES
from ap_cli.forms.form import Question, questions
from ap_cli.policy.county import COUNTY, FIGURES, MADE, checksums, default
from ap_cli.policy.figures import lines
from ap_cli.policy.sources import SOURCES
from ap_cli.policy.terms import BANK_HOLIDAYS
from ap_cli.render.schema import FILE
from ap_cli.render.schema import make_schema as made_schema
from ap_cli.rules import RULES
from ap_cli.rules.examples.builders import Example
from ap_cli.rules.rule import Rule
from ap_cli.services.pages import FOLDER, list_pages
from ap_cli.store.opening import SCRIPT

from .new_store import script

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAGES = (README, ROOT / "CONTRIBUTING.md", *sorted(FOLDER.glob("*.md")))
PART = re.compile(r"^<!-- ([a-z-]+) -->$", re.MULTILINE)


def table(header: tuple[str, ...], rows: list[tuple[object, ...]]) -> str:
    """A Markdown table."""
    lines = [header, tuple("---" for _ in header), *rows]
    return "\n".join(
        "| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines
    )


def question_row(question: Question) -> tuple[object, ...]:
    offered = ", ".join(f"`{choice}`" for choice in choices(question))
    required = "required" if question.required else ""
    return (
        f"`{question.flag}`",
        question.text,
        offered,
        ", ".join(filter(None, (required, question.source))),
    )


def sections() -> dict[str, str]:
    """Each generated part of the README by the name in its markers."""
    return {
        "commands": table(
            ("command", "what it does"), [(f"`ap {name}`", told) for name, told in COMMANDS.items()]
        ),
        "kinds": table(
            ("kind", "about", "what it is"),
            [
                (f"`ap record {name}`", " or ".join(form.ABOUT), form.__doc__)
                for name, form in KINDS.items()
            ],
        ),
        "questions": table(
            ("flag", "question", "choices", "source"),
            [question_row(question) for question in questions(Placement)],
        ),
        "rules": table(
            ("rule", "what is right", "severity", "source"),
            [(rule.id, rule.title, rule.binds, "; ".join(rule.sources)) for rule in RULES],
        ),
        "figures": table(
            ("figure", "value", "since", "source"),
            [
                (
                    figure.title,
                    f"{line.value} {figure.unit}",
                    line.since,
                    line.source or figure.source,
                )
                for figure in lines(default()).values()
                for line in figure.values
            ],
        ),
        "sources": table(("short", "in full"), list(SOURCES.items())),
        "contacts": table(
            ("team", "helps with", "email", "telephone", "source"),
            [
                (each.name, each.helps_with, each.email, each.phone, each.source)
                for each in default().contacts
            ],
        ),
        "codes": table(
            ("code", "meaning", "counts as"),
            [
                (f"`{code}`", told, counts.replace("-", " "))
                for code, (told, counts) in CODES.items()
            ],
        ),
        "roles": table(
            ("role", "what they may do"), [(f"`{role}`", told) for role, told in MAY.items()]
        ),
        "exit-codes": table(("code", "meaning"), list(EXIT_CODES.items())),
        "document-fields": table(("document", "field", "what it holds"), document_fields()),
    }


def document_fields() -> list[tuple[object, ...]]:
    """Each field of each document, as a template names it, made from the documents themselves."""
    from ap_cli.documents.making import DOCUMENTS
    from ap_cli.documents.own_templates import list_keys
    from ap_cli.rules.examples.builders import placement_case
    from ap_cli.services.papers import Letterhead, PaperFacts

    facts = PaperFacts(placement_case(), Letterhead(), "")
    return [
        (f"`{kind.name}`", f"`{key}`", what)
        for kind in DOCUMENTS.values()
        for key, what in list_keys(kind.make_content(facts))
    ]


def topics() -> str:
    """The list of reference pages, each linked, with what it is about."""
    lines = [
        f"- [{page.title}]({(FOLDER / page.topic).relative_to(ROOT).as_posix()}.md) "
        f"(`ap help {page.topic}`): {page.summary}"
        for page in list_pages()
    ]
    return "\n".join(lines)


def code(path: str, mark: str) -> str:
    """The definition in a module that holds this text, from its decorator or class to its end."""
    blocks = (ROOT / path).read_text("utf-8").split("\n\n\n")
    return fenced(next(block for block in blocks if mark in block))


def excerpt(path: str, start: str, end: str) -> str:
    """What a file has from one text to the next other one, both included, without its indent."""
    _, found, rest = (ROOT / path).read_text("utf-8").partition(start)
    assert found, f"{path} has no {start}"
    return fenced(dedent(start + rest.partition(end)[0] + end))


def fenced(text: str) -> str:
    """Python in a fence of Markdown."""
    return f"```python\n{text.strip()}\n```"


def snippets() -> dict[str, str]:
    """The code that CONTRIBUTING.md shows, as it stands in the program."""
    return {
        "rule": code("ap_cli/rules/direction.py", '"AP423"'),
        "rule-examples": excerpt("ap_cli/rules/examples/plan.py", '    "AP423": (', "\n    ),"),
        "question": excerpt("ap_cli/domain/placement.py", "    exit_strategy: ", ")\n"),
        "kind": code("ap_cli/domain/entries/after.py", "class Notified("),
    }


def pages() -> dict[Path, str]:
    """The README and the other pages, with their generated parts made anew.

    Raise SystemExit if a part is not in exactly one of them, or if one names a part that nobody makes.
    """
    made = sections() | snippets() | {"topics": topics()}
    texts = {path: path.read_text("utf-8") for path in PAGES}
    found = sorted(name for text in texts.values() for name in PART.findall(text))
    if [name for name in found if not is_tour(name)] != sorted(made):
        raise SystemExit(f"these parts are in the pages: {found}; these are made: {sorted(made)}")
    return {path: fill_parts(text, made) for path, text in texts.items()}


def fill_parts(text: str, made: dict[str, str]) -> str:
    """The text of a page with each of its generated parts as made now."""
    for name in PART.findall(text):
        start, rest = text.split(f"<!-- {name} -->\n")
        before, end = rest.split(f"<!-- /{name} -->")
        part = run_tour(before) if is_tour(name) else f"{made[name]}\n"
        text = f"{start}<!-- {name} -->\n{part}<!-- /{name} -->{end}"
    return text


def is_tour(name: str) -> bool:
    """Whether a part is a console block, whose commands are run on a store of its own."""
    return name == "tour" or name.endswith("-tour")


LATER = re.compile(r" on \d+ [A-Z][a-z]+ \d{4} \(as on (\d+ [A-Z][a-z]+ \d{4})\)")
"""The day on which a tour is run, where a reader who follows it on its own day sees that alone."""


def run_tour(block: str) -> str:
    """A console block with what its commands print now, on a store of its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith("AP_")
        }
        environment |= {"AP_DB": str(Path(folder) / "ap.db"), "AP_USER": "tester", "COLUMNS": "100"}
        environment |= {"AP_CONFIG": str(Path(folder) / "config.toml")}
        typed = re.findall(r"^\$ (.*)$", block, re.MULTILINE)
        printed = "".join(f"$ {command}\n{ran(command, environment)}" for command in typed)
    return f"```console\n{printed}```\n"


def ran(typed: str, environment: dict[str, str]) -> str:
    """What a command of the tour prints on standard output."""
    command, *args = shlex.split(typed)
    assert command == "ap", typed
    found = subprocess.run(
        [sys.executable, "-m", "ap_cli", "--on", "2026-03-02", *args],
        env=environment,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert found.returncode in (0, 1), (typed, found)
    return LATER.sub(r" on \1", found.stdout)


def examples_of(rule: Rule) -> Sequence[Example]:
    """Return the examples of a rule; ValueError if it has none."""
    from ap_cli.rules.examples import EXAMPLES

    if rule.id not in EXAMPLES:
        raise ValueError(f"{rule.id} has no examples: write them in ap_cli/rules/examples/")
    return EXAMPLES[rule.id]


def explanations() -> str:
    """Each rule explained on its first example of each answer: what an officer reads, to be read as one."""
    from ap_cli.render.command import spell
    from ap_cli.rules.engine import make_finding

    told = []
    for rule in RULES:
        told.append(f"{rule.id}  {rule.title}")
        seen = set()
        for example in examples_of(rule):
            if example.answer in seen:
                continue
            seen.add(example.answer)
            case = example.make()
            found = make_finding(rule, case, rule.answer(case), why=True)
            told.append(
                f"  {example.told}\n  {found.answer}: {found.message}"
                + (f"\n  → {spell(found.remedy)}" if found.remedy else "")
            )
            told += [
                f"    {note.told}: {note.value}" + (f"  [{note.source}]" if note.source else "")
                for note in found.why or ()
            ]
        told.append("")
    return "\n".join(told)


def decisions() -> str:
    """What each rule decides on each of its examples, in which no words matter: answer, day, severity, facts looked at."""
    from ap_cli.rules.engine import make_finding

    told = []
    for rule in RULES:
        for example in examples_of(rule):
            case = example.make()
            found = make_finding(rule, case, rule.answer(case), why=True)
            facts = sorted(
                {
                    note.fact or f"E-{note.entries}"
                    for note in found.why or ()
                    if note.fact or note.entries
                }
            )
            told.append(
                f"{rule.id}  {example.told}\n  {found.answer}, {found.severity}, {found.due or 'no day'}\n  {', '.join(facts) or 'no fact'}"
            )
    return "\n".join(told) + "\n"


def shipped() -> str:
    """The figures of policy and the county that ship, as the program reads them: their TOML as JSON."""
    texts = {"figures": FIGURES, "county": COUNTY}
    made: dict[str, object] = {
        part: tomllib.loads(MADE.with_name(name).read_text("utf-8")) for part, name in texts.items()
    }
    made["sums"] = checksums(MADE.parent)
    return dumps(made, indent=1, default=str, ensure_ascii=False) + "\n"


YEARS = range(2020, 2041)
"""The years whose bank holidays ship with the program."""


def holidays() -> str:
    """The bank holidays of England that fall on a weekday, as the library has them."""
    from holidays import country_holidays

    found = country_holidays("GB", subdiv="ENG", years=YEARS)
    return "day,name\n" + "".join(
        f"{day},{found[day].replace(',', ' ')}\n" for day in sorted(found) if day.weekday() < 5
    )


def files() -> dict[Path, str]:
    """Every generated file with what it should hold."""
    made = {ROOT / "completions" / shell.file: make_script(name) for name, shell in SHELLS.items()}
    made |= pages()
    made |= {
        FILE: dumps(made_schema(), indent=2) + "\n",
        BANK_HOLIDAYS: holidays(),
        MADE: shipped(),
        SCRIPT: script(),
    }
    golden = ROOT / "tests" / "golden"
    return made | {
        golden / "explanations.txt": explanations(),
        golden / "decisions.txt": decisions(),
    }


def main() -> None:
    if "--write" in sys.argv:
        for path, make in FIRST.items():
            write_if_stale(path, make())
    stale = {path: text for path, text in files().items() if not is_current(path, text)}
    if "--write" not in sys.argv:
        if stale:
            names = ", ".join(str(path.relative_to(ROOT)) for path in stale)
            raise SystemExit(f"not current: {names}; run poe docs")
        return
    for path, text in stale.items():
        write_if_stale(path, text)


FIRST = {MADE: shipped, SCRIPT: script}
"""The files with which the rest is made."""


def write_if_stale(path: Path, text: str) -> None:
    """Write a file that is not current, and say so."""
    if not is_current(path, text):
        path.write_text(text, "utf-8", newline="\n")
        print(f"written: {path.relative_to(ROOT)}")


def is_current(path: Path, text: str) -> bool:
    """Whether a file is there and holds this text."""
    return path.exists() and path.read_text("utf-8") == text


if __name__ == "__main__":
    main()
