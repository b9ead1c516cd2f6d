"""What an erasure takes, or has taken, in lines and as data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..domain.days import count, words
from ..services.erasing import Backups, Erasure
from ..store.erasing import Erased
from .backups import list_refs
from .result import Result, fixed_lines

ELSEWHERE = (
    "Copies elsewhere are yours to delete: what ap made with --out, ap make or ap export, and"
    " backups that were written to another folder."
)


def erasure_data(erasure: Erasure, is_done: bool) -> list[dict[str, Any]]:
    """An erasure as data, a row for each pupil."""
    until = erasure.backups.until
    return [
        {
            "ref": each.ref,
            "placements": list(each.placements),
            "entries": each.entries,
            "marks": each.marks,
            "changes": each.changes,
            "drafts": each.drafts,
            "files": len(each.files),
            "named_in": list(each.named_in),
            "emptied": list(each.emptied),
            "namesake": each.is_namesake,
            "backups": [str(file) for file in erasure.backups.files],
            "backups_until": until.isoformat() if until else None,
            "backups_deleted": [str(file) for file in erasure.deleted],
            "unfinished": erasure.is_unfinished,
            "erased": is_done,
        }
        for each in erasure.pupils
    ]


def erased_lines(each: Erased) -> Iterator[str]:
    """What goes of a pupil, and what stays, in lines."""
    parts = (
        count(len(each.placements), "placement"),
        count(each.entries, "record of what happened", "records of what happened"),
        count(each.marks, "mark"),
        count(each.drafts, "draft"),
        count(len(each.files), "file of evidence", "files of evidence"),
    )
    yield f"{each.ref} goes for good, with {', '.join(parts)}."
    yield (
        f"The values of {count(each.changes, 'entry', 'entries')} of the log go as well; it keeps"
        " when they were made, by whom, and about which reference."
    )
    if each.named_in:
        yield f"Named in {list_refs(each.named_in)}: {each.ref} stands there instead of the name."
    if each.emptied:
        yield emptied_words(each, "lose")
    if each.is_namesake:
        yield "Another child has the same name: where others wrote it, it stays."
    yield f"What stays: the reference {each.ref}, the day, who erased it, why, and these numbers."


def emptied_words(each: Erased, lose: str) -> str:
    """Whose history in the log loses values, as it names the pupil."""
    return (
        f"The log of {list_refs(each.emptied)} names {each.ref}: those entries {lose} their old and"
        " new values and the reason."
    )


def backup_lines(erasure: Erasure, is_done: bool = False) -> Iterator[str]:
    """Which copies hold a pupil, and when the last goes; what was deleted, or is not yet."""
    if erasure.is_unfinished:
        yield (
            "Not all files of evidence could be deleted, as another program has one open: what is"
            " left goes when the store is next opened."
        )
    if erasure.deleted:
        yield f"Deleted {count(len(erasure.deleted), 'backup')}:"
        yield from (f"  {file}" for file in erasure.deleted)
    backups = erasure.backups
    if backups.files:
        hold = "It is" if len(backups.files) == 1 else "They are"
        when = thinned_words(backups, is_done)
        yield f"Still in {count(len(backups.files), 'backup')}. {hold} {when}:"
        yield from (f"  {file}" for file in backups.files)


def thinned_words(backups: Backups, is_done: bool) -> str:
    """When the last backup that holds a pupil goes by itself, and how it goes at once."""
    at_once = "delete the files to be rid of them now" if is_done else "--backups-too deletes them"
    if not backups.thinned:
        return f"never thinned, as your automatic backups are off; {at_once}"
    if backups.until is None:
        return f"kept until you delete them; {at_once}"
    return f"thinned by {words(backups.until)} if ap is used each day; {at_once}"


def show_erasure(erasure: Erasure, is_done: bool) -> Result:
    """What an erasure takes, or has taken: the references if it is done, else what would go."""
    rows = erasure_data(erasure, is_done)
    copies = [*backup_lines(erasure, is_done), ELSEWHERE]
    if is_done:
        refs = [each.ref for each in erasure.pupils]
        gone = f"{list_refs(tuple(refs))} {'was' if len(refs) == 1 else 'were'} erased."
        emptied = (emptied_words(each, "lost") for each in erasure.pupils if each.emptied)
        said = (gone, *emptied, *copies)
        return Result("erase", rows, lines=fixed_lines(*refs), said=said, kept="the erasure")
    lines = [line for each in erasure.pupils for line in erased_lines(each)]
    return Result("erase", rows, lines=fixed_lines(*lines, *copies), said=(NOT_DONE,))


NOT_DONE = "Nothing was erased: give --yes, with --reason, to erase it"
