"""Look after the files of evidence: those that are missing, altered, or used by nothing."""

from __future__ import annotations

import time

from ..domain.entries.entry import PREFIX
from ..forms.form import reference
from . import attachments
from .attachments import NAME, Files
from .opening import Store
from .queries import entries, log


def files_by_entry(store: Store) -> dict[str, tuple[str, ...]]:
    """Map the name of each file that entries name to the references of those entries."""
    found: dict[str, tuple[str, ...]] = {}
    for id, name in entries.files_of_entries(store):
        if NAME.fullmatch(name):
            found[name] = (*found.get(name, ()), reference(PREFIX, id))
    return found


def files_in_log(store: Store) -> set[str]:
    """Name the files that the log of changes mentions, also those of changes that were undone."""
    return {
        match[0]
        for change in log.changes_that_name_files(store)
        for value in change
        for match in NAME.finditer(str(value))
    }


def examine(store: Store) -> Files:
    """Find the files that are missing, altered or orphaned; each file is read."""
    return attachments.examine(store.address, files_by_entry(store), files_in_log(store))


def sweep(store: Store) -> tuple[str, ...]:
    """Delete the files that neither a record nor the log names and that are older than a day.

    Return their names. The store is locked meanwhile, so that nobody begins to use one.
    """
    with store.locked():
        used = {*files_by_entry(store), *files_in_log(store)}
        return attachments.sweep(store.address, used, time.time())
