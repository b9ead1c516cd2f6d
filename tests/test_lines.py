"""What ruff cannot measure of the program's lines: lengths, conditionals inside conditionals, lambdas."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "ap_cli").rglob("*.py"))

LONGEST_FUNCTION = 40
LONGEST_FILE = 400

MAY_BE_LONGER = {
    "ap_cli/rules/examples": "tables of cases; a lambda makes a case when it is asked for",
    "ap_cli/demo": "the sample school and its year, told as one list of what happened",
}
"""Folders and files whose lengths and lambdas are not counted, each with the reason."""

LAMBDAS_MAY_BE = {"key", "default_factory"}
"""Keyword arguments that may be a lambda: what to sort by, and what a field starts from."""


def spelt(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def may_be_longer(name: str) -> bool:
    return any(name == place or name.startswith(f"{place}/") for place in MAY_BE_LONGER)


def long_functions(tree: ast.Module) -> Iterator[str]:
    """Each function over 40 lines, from its `def` to its end, without its decorators."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"line {node.lineno}: {node.name} has {lines} lines"


def nested_conditionals(tree: ast.Module) -> Iterator[str]:
    """Each conditional expression with another one inside it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.IfExp):
            inside = (child for part in ast.iter_child_nodes(node) for child in ast.walk(part))
            if any(isinstance(child, ast.IfExp) for child in inside):
                yield f"line {node.lineno}: a conditional expression inside another"


def lambdas(tree: ast.Module) -> Iterator[str]:
    """Each lambda that is neither what to sort by nor what a field starts from."""
    allowed = {
        id(keyword.value)
        for keyword in ast.walk(tree)
        if isinstance(keyword, ast.keyword) and keyword.arg in LAMBDAS_MAY_BE
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Lambda) and id(node) not in allowed:
            yield f"line {node.lineno}: a lambda"


CHECKS = {
    "function over 40 lines": long_functions,
    "conditional inside another": nested_conditionals,
    "lambda": lambdas,
}


def faults(path: Path) -> dict[str, list[str]]:
    """What is too long or too dense in a file, by the name of the check."""
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    found = {check: list(finder(tree)) for check, finder in CHECKS.items()}
    lines = len(text.splitlines())
    found["file over 400 lines"] = [f"{lines} lines"] if lines > LONGEST_FILE else []
    if may_be_longer(spelt(path)):
        for check in ("function over 40 lines", "file over 400 lines", "lambda"):
            found[check] = []
    return {check: places for check, places in found.items() if places}


@pytest.mark.parametrize("path", SOURCES, ids=spelt)
def test_a_file_is_short_and_says_one_thing_a_line(path: Path) -> None:
    assert faults(path) == {}


def test_what_may_be_longer_is_there() -> None:
    assert [name for name in MAY_BE_LONGER if not (ROOT / name).exists()] == []


@pytest.mark.parametrize(
    ("line", "check"),
    [
        ("x = 1 if a else 2 if b else 3", "conditional inside another"),
        ("x = [lambda: 1]", "lambda"),
        ("def f():\n" + "    x = 1\n" * 40, "function over 40 lines"),
    ],
)
def test_what_is_too_dense_is_found(line: str, check: str) -> None:
    assert list(CHECKS[check](ast.parse(line)))


@pytest.mark.parametrize(
    ("line", "check"),
    [
        ("x = 1 if a else 2", "conditional inside another"),
        ("x = sorted(y, key=lambda each: each.day)", "lambda"),
        ("def f():\n" + "    x = 1\n" * 39, "function over 40 lines"),
    ],
)
def test_what_is_just_right_is_let_pass(line: str, check: str) -> None:
    assert not list(CHECKS[check](ast.parse(line)))
