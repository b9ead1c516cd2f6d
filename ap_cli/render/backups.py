"""Backups for people: what was made, which there are, and what a restore would change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from ..domain.days import count, words
from ..forms.text import first_of, printable, shortened
from ..services.backups import MISSING, WHOLE, Comparison, Kept, Made, Newest
from ..services.doctor import size_words
from .result import Result, View, fixed_lines

CALLED = {
    "pupil": "pupil",
    "provider": "provider",
    "placement": "placement",
    "entry": "entry",
    "mark": "mark",
    "draft": "draft",
    "term": "half term",
    "closure": "INSET day",
    "commissioner": "commissioner",
    "hold": "legal hold",
    "erased": "note of an erasure",
}
"""What a row of a table is called; rows of all others are other details."""

PLURAL = {"entry": "entries", "erased": "notes of erasures"}
NONE_KEPT = (
    "There are no backups beside the store. Those written to a file elsewhere are not listed here."
)
WHY = {
    "asked": "you asked",
    "daily": "first change of the day",
    "upgrade": "before an upgrade",
    "import": "before an import",
    "merge": "before a merge",
    "county": "before a change of the county's settings",
    "bulk": "before a change to many records",
    "restore": "before a restore",
}
"""For what a backup was made, in words."""


def show_made(made: Made, dry_run: bool) -> Result:
    """A backup that was made, or would be: its file on stdout, what is in it beside that."""
    row = {
        "file": str(made.file),
        "bytes": made.bytes,
        "evidence": made.evidence,
        "left_out": list(made.left_out),
        "made": not dry_run,
    }
    files = count(made.evidence, "file")
    size = f"{size_words(made.bytes)}, " if made.bytes is not None else ""
    said = [f"Backed up and checked: {size}{files} of evidence"]
    if dry_run:
        said = [f"Would be backed up, with {files} of evidence. Nothing was written."]
    if made.ending_added:
        said.append("A backup is a zip file, so .zip stands at the end of its name")
    if made.left_out:
        said.append(
            f"Left out, as it is missing or altered: the file of {list_refs(made.left_out)}"
        )
    lines = fixed_lines(printable(str(made.file)))
    kept_file = "" if dry_run else "the backup"
    return Result("db backup", [row], lines=lines, said=tuple(said), kept=kept_file)


def list_refs(refs: tuple[str, ...]) -> str:
    """Some references, and how many more there are."""
    return first_of(refs, 5)


def show_kept(kept: list[Kept]) -> Result:
    """The backups that are kept, newest first."""
    rows = [
        {
            "file": str(each.file),
            "made": each.made.isoformat(),
            "why": each.why,
            "bytes": each.bytes,
            "good": each.good,
        }
        for each in kept
    ]
    columns = ("file", "made", "why", "bytes", "good")
    return Result("db backups", rows, columns, kept_lines, empty=NONE_KEPT)


def kept_lines(rows: Iterable[dict[str, Any]], view: View) -> Iterator[str]:
    """Two lines a backup on a terminal, one in a pipe: when, why and how large, then the file."""
    for row in rows:
        made = datetime.fromisoformat(row["made"])
        when = f"{words(made.date(), True)}, {made:%H:%M}"
        size = size_words(row["bytes"]) if row["good"] else "DAMAGED"
        told = f"{when}  {WHY.get(row['why'], row['why'])}  {size}"
        if not view.width:
            yield f"{printable(row['file'])}  {told}"
            continue
        yield told
        yield f"  {printable(row['file'])}"


def comparison_data(compared: Comparison, restored: bool, kept: str | None) -> dict[str, Any]:
    """What a restore changes as data."""
    records = compared.records
    return {
        "store": str(compared.store),
        "backup": str(compared.backup),
        "present": compared.present,
        "records": None if records is None else counted(records),
        "newest_in_store": newest_data(compared.newest_in_store),
        "newest_in_backup": newest_data(compared.newest_in_backup),
        "evidence": compared.evidence,
        "without": list(compared.without),
        "altered": compared.altered,
        "same_store": compared.same_store,
        "erased_again": list(compared.erased_again),
        "erased_unknown": compared.erased_unknown,
        "restored": restored,
        "kept": kept,
    }


def counted(records: Mapping[str, tuple[int, int, int]]) -> dict[str, dict[str, int]]:
    """The counts of each table by their names."""
    names = ("added", "changed", "lost")
    return {table: dict(zip(names, found, strict=True)) for table, found in records.items()}


def newest_data(newest: Newest | None) -> dict[str, str] | None:
    """The newest change as data."""
    return {"at": newest.at, "who": newest.who, "what": newest.what} if newest else None


def comparison_lines(compared: Comparison) -> Iterator[str]:
    """What a restore would change: the two stores, their newest changes, and counts of records."""
    yield f"Backup:  {printable(str(compared.backup))}"
    yield f"         {count(compared.holds, 'record')}; {newest_words(compared.newest_in_backup)}"
    yield f"Store:   {printable(str(compared.store))}"
    if compared.present == WHOLE:
        yield f"         {newest_words(compared.newest_in_store)}"
    else:
        yield f"         {'there is none' if compared.present == MISSING else 'it is damaged'}"
    if compared.records is not None:
        yield from difference_lines(compared.records)
    if compared.evidence:
        yield f"Comes back: {count(compared.evidence, 'file')} of evidence"
    if compared.erased_again:
        yield f"Erased since this backup, and erased again: {list_refs(compared.erased_again)}"
    if compared.erased_unknown:
        yield ERASED_UNKNOWN
    if compared.same_store is False:
        yield "This is a backup of another store: its records take the place of all of yours."
    if compared.altered:
        yield f"The log of the backup was altered: {compared.altered}"
    if compared.without:
        yield f"In neither place: the file of evidence of {list_refs(compared.without)}"


ERASED_UNKNOWN = (
    "Who was erased since this backup was made cannot be known: erase them again (ap pupil erase)."
)


def newest_words(newest: Newest | None) -> str:
    """The newest change in words: "newest change: record review, by A. Tester on 2 March 2026"."""
    if newest is None:
        return "no changes in its log"
    try:
        day = words(date.fromisoformat(newest.at[:10]))
    except ValueError:
        day = shortened(newest.at, 20)
    return f"newest change: {shortened(newest.what, 40)}, by {shortened(newest.who, 40)} on {day}"


EFFECTS = ("Comes back", "Changes back", "Is lost")


def difference_lines(records: Mapping[str, tuple[int, int, int]]) -> Iterator[str]:
    """A line for what would come back, change back and be lost; one line if nothing would."""
    if not records:
        yield "Both hold the same records."
    for place, effect in enumerate(EFFECTS):
        numbers = {table: found[place] for table, found in records.items()}
        others = sum(number for table, number in numbers.items() if table not in CALLED)
        named = [name_rows(table, numbers.get(table, 0)) for table in CALLED]
        named.append(count(others, "other detail") if others else "")
        if any(named):
            yield f"{effect}: {', '.join(each for each in named if each)}"


def name_rows(table: str, number: int) -> str:
    """So many rows of a table in words; nothing for none."""
    return count(number, CALLED[table], PLURAL.get(table, "")) if number else ""
