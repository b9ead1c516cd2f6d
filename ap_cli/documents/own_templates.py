"""A user's own templates: DOCX, typst or HTML, with the fields of a paper by their keys."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from ..errors import ApError
from ..extras import needing
from ..forms.text import hide_quoted, shortened
from .content import Content, Fields, Paper, Table, Value, paper_data, value_data
from .html import inline_logo

ENDINGS = {"pdf": ".typ", "docx": ".docx", "html": ".html"}
"""The ending of the template that each format is made with."""


class BadTemplate(ApError):
    """A user's own template that is not there or cannot be used; exit code 2."""


def find_template(folder: Path, name: str, format: str) -> Path:
    """Return the template of a document in a folder; raise BadTemplate if there is none."""
    template = folder / f"{name}{ENDINGS[format]}"
    if not template.is_file():
        raise BadTemplate(f"--templates: there is no {template.name} in that folder: put it there.")
    return template.resolve()


def fill_template(paper: Paper, template: Path, format: str) -> bytes:
    """Return a paper made with a user's own template; raise BadTemplate if that cannot be used."""
    with needing("documents"):
        import typst
        from docx.opc.exceptions import OpcError
        from jinja2 import TemplateError
    wrong = (TemplateError, OpcError, typst.TypstError, BadZipFile, *WRONG)
    try:
        return MAKERS[format](paper, template)
    except wrong as problem:
        raise BadTemplate(describe_problem(template, problem)) from None


WRONG = (OSError, ValueError, TypeError, LookupError, ArithmeticError, RuntimeError, SyntaxError)
"""What a template can do wrong beside what its library names."""


def describe_problem(template: Path, problem: Exception) -> str:
    """Say why a template cannot be used, without a text of the record that it may quote."""
    line = getattr(problem, "lineno", None)
    where = f" in line {line}" if line else ""
    reason = shortened(hide_quoted(str(problem).splitlines()[0] if str(problem) else ""), 160)
    return f"The template {template.name} cannot be used{where}: {reason or type(problem).__name__}"


def make_context(paper: Paper) -> dict[str, Any]:
    """Return what a template can show: each field by its key, each table, and the whole paper."""
    data = paper_data(paper)
    fields = {field.key: text_of_value(field.value) for field in paper.content.fields()}
    tables = {
        block.key: [[text_of_value(value) for value in row] for row in block.rows]
        for block in paper.content.blocks
        if isinstance(block, Table)
    }
    common = {name: data[name] for name in ("title", "reference", "version", "date", "to")}
    head = data["letterhead"]
    sender = {"letterhead": head["name"], "letterhead_lines": head["lines"]}
    return {**tables, **fields, **common, **sender, "paper": data}


def text_of_value(value: Value) -> str:
    """Return a value as text; one that is missing says so."""
    text: str = value_data(value)["text"]
    return text


def list_keys(content: Content) -> list[tuple[str, str]]:
    """List the keys of a document's fields and tables, each with what it holds."""
    keys = []
    for block in content.blocks:
        if isinstance(block, Fields):
            keys += [(field.key, field.label) for field in block.rows]
        elif isinstance(block, Table):
            keys.append((block.key, f"rows of: {', '.join(filter(None, block.head))}"))
    return keys


def fill_docx(paper: Paper, template: Path) -> bytes:
    """Fill a DOCX template; no text of the record is markup."""
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    document = DocxTemplate(BytesIO(template.read_bytes()))
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    document.render(make_context(paper), environment)
    document.docx.core_properties.keywords = paper.mark
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def fill_html(paper: Paper, template: Path) -> bytes:
    """Fill an HTML template; no text of the record is markup."""
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, loader=FileSystemLoader(template.parent)
    )
    made = environment.get_template(template.name)
    return made.render(logo=inline_logo(paper.letterhead.logo), **make_context(paper)).encode()


def fill_typst(paper: Paper, template: Path) -> bytes:
    """Fill a typst template, which reads `sys.inputs.fields` and `sys.inputs.paper`, both JSON."""
    from msgspec.json import encode

    from .pdf import compile_typst, paper_inputs

    context = make_context(paper)
    del context["paper"]
    inputs = paper_inputs(paper) | {"fields": encode(context).decode()}
    return compile_typst(str(template), template.parent, inputs, paper)


MAKERS = {"pdf": fill_typst, "docx": fill_docx, "html": fill_html}
"""What fills a template of each format."""
