"""Look after the files of evidence: those that are missing, altered, or used by nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from ..domain.entries.entry import PREFIX
from ..forms.form import reference
from . import attachments
from .attachments import NAME, Files, KeptFile
from .opening import Store
from .queries import entries, log
from .sealing import open_unsealed
from .soundness import kept


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
    named, logged = files_by_entry(store), files_in_log(store)
    if store.address.server:
        from .attached import examine_there

        return examine_there(store, named, logged)
    return attachments.examine(store.address, named, logged)


@contextmanager
def copied(store: Store, given: str) -> Iterator[KeptFile]:
    """Copy a file to the attachments of a store; unless it is kept, it goes again.

    Raise BadAnswers if it cannot be copied.
    """
    if store.address.server:
        from .attached import copy_there

        yield copy_there(store, given)
        return
    with attachments.copied(store.address, given) as file:
        yield file


def is_whole(store: Store, name: str) -> bool:
    """Return whether a file of evidence is there and as it was."""
    if store.address.server:
        from .attached import is_whole_there

        return is_whole_there(store, name)
    return attachments.is_whole(store.address.attachments / name)


def sweep(store: Store) -> tuple[str, ...]:
    """Delete the files that neither a record nor the log names and that are older than a day.

    Return their names. The store is locked meanwhile, so that nobody begins to use one.
    """
    if store.address.server:
        from .attached import sweep_there

        with kept(store):
            return sweep_there(store, {*files_by_entry(store), *files_in_log(store)})
    with store.locked():
        used = {*files_by_entry(store), *files_in_log(store)}
        return attachments.sweep(store.address, used, time.time())


def open_file(store: Store, name: str) -> IO[bytes]:
    """Open a file of evidence to be read as it was given; raise OSError if that cannot be."""
    if store.address.server:
        from .attached import open_there

        return open_there(store, name)
    return open_unsealed(attachments.find(store.address, name))
