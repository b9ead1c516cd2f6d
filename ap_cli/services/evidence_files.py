"""Give out a file of evidence as it was recorded: an encrypted store keeps it sealed."""

from __future__ import annotations

from pathlib import Path
from shutil import copyfileobj

from ..domain.entries.entry import PREFIX
from ..errors import ApError, NotFound
from ..forms.form import reference
from ..store import evidence
from ..store.disk import write_new
from ..store.evidence import files_by_entry
from ..store.opening import Store


def write_evidence(store: Store, entry: int, target: Path) -> Path:
    """Write the file of an entry to a new file that only its owner can read; return that file.

    In a folder it gets the name of the entry. Raise NotFound if the entry has no file, and ApError
    if its file is missing or altered, or the new one cannot be written.
    """
    ref = reference(PREFIX, entry)
    named = [name for name, refs in files_by_entry(store).items() if ref in refs]
    if not named:
        raise NotFound(f"file of {ref}")
    if not evidence.is_whole(store, named[0]):
        raise ApError(f"the file of {ref} is missing or altered: `ap db check` says what to do")
    if target.is_dir():
        target = target / f"{ref}{Path(named[0]).suffix}"
    try:
        with evidence.open_file(store, named[0]) as opened, write_new(target.absolute()) as out:
            copyfileobj(opened, out)
    except FileExistsError:
        raise ApError(f"{target} is there already: name another file") from None
    except OSError as problem:
        raise ApError(f"{target} cannot be written: {problem.strerror or problem}") from None
    return target.absolute()
