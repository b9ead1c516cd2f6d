"""A whole store that was exported or imported, for people."""

from __future__ import annotations

from ..domain.days import count
from ..forms.text import first_of, printable
from ..render.result import Result, fixed_lines
from ..services.whole import Whole

NAMED = {
    "pupil": "pupil",
    "provider": "provider",
    "placement": "placement",
    "entry": "entry",
    "mark": "mark",
    "chain": "change in the log",
}
"""The tables whose rows are counted, with what a row of each is called."""

PLURAL = {"entry": "entries", "chain": "changes in the log"}


def show_exported(whole: Whole, dry_run: bool) -> Result:
    """What was exported, or would be: the file on stdout, what is in it beside that."""
    done = "Would be exported" if dry_run else "Exported and checked"
    warning = (
        ("The file is not encrypted as the store is: whoever has it can read all records",)
        if whole.of_encrypted and not dry_run
        else ()
    )
    return _show(whole, "export all", done, "" if dry_run else "the file", warning)


def show_imported(whole: Whole, dry_run: bool) -> Result:
    """What was imported, or would be."""
    if dry_run:
        done = "Would be imported"
    else:
        done = "Imported" if whole.unreadable else "Imported and checked"
    return _show(whole, "import all", done, "" if dry_run else "the store")


def _show(whole: Whole, kind: str, done: str, kept: str, warning: tuple[str, ...] = ()) -> Result:
    row = {
        "file": str(whole.file),
        "rows": whole.rows,
        "evidence": whole.evidence,
        "verified": whole.verified,
        "left_out": list(whole.left_out),
        "unreadable": list(whole.unreadable),
        "done": bool(kept),
    }
    said = [f"{done}: {describe_rows(whole)}"]
    if not whole.verified:
        said.append("The log was altered before it was exported: ap db verify says where")
    if whole.left_out:
        said.append(
            f"Left out, as it is missing or altered: the file of {first_of(whole.left_out, 5)}"
        )
    if whole.unreadable:
        said.append(
            f"{first_of(whole.unreadable, 3)}. It was so when it was exported:"
            " ap check --rule AP906 says more"
        )
    lines = fixed_lines(printable(str(whole.file)))
    return Result(kind, [row], lines=lines, said=(*said, *warning), kept=kept)


def describe_rows(whole: Whole) -> str:
    """Say how many records there are of each kind: "2 pupils, 1 entry, 3 files of evidence"."""
    parts = [
        count(number, what, PLURAL.get(table, f"{what}s"))
        for table, what in NAMED.items()
        if (number := whole.rows.get(table, 0))
    ]
    evidence = count(whole.evidence, "file of evidence", "files of evidence")
    return ", ".join([*parts, evidence] if whole.evidence else parts) or "no records"
