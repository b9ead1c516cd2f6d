"""A backup to carry away: one zip file that holds a store and its files of evidence."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from shutil import copyfileobj
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo, is_zipfile

from ..errors import ApError, StoreProblem
from ..forms.text import name_file
from . import attachments
from .advice import STORE_IN_ZIP
from .connection import told
from .disk import PART, create_private, remove_orphans, sync_file, sync_folder, unique_beside
from .key import MARK, NAMED, Key
from .sealing import open_unsealed, unseal
from .unpacking import Bound, count_unpacked, has_password

DATABASE, EVIDENCE, READ_ME = STORE_IN_ZIP, "attachments/", "READ ME.txt"
"""What is in the zip file: the store, the files of evidence, and how to restore both."""

BOUND = Bound(most=16 << 30, times=200)
"""The records of a county are below one gigabyte; rows are 10 to 30 times as large as packed."""

DAMAGED = (BadZipFile, EOFError, zlib.error, RuntimeError, ValueError, OverflowError)
"""The errors that reading a damaged zip file raises; an unknown method is a RuntimeError."""

INSTRUCTIONS = """This is a backup of the records of ap. It holds personal data of children.

To restore it:  ap db restore {name}

ap.db is the store, a SQLite database. attachments has the files of evidence.
"""


def write_archive(database: Path, files: Collection[Path], target: Path) -> None:
    """Write a store and files of evidence to a new zip file, as `write_zip` does."""

    def fill(archive: ZipFile) -> None:
        archive.writestr(READ_ME, INSTRUCTIONS.format(name=target.name))
        archive.write(database, DATABASE)
        add_evidence(archive, files)

    write_zip(target, fill)


def add_evidence(archive: ZipFile, files: Collection[Path]) -> None:
    """Add files of evidence to a zip file as they are, sealed ones sealed."""
    for file in files:
        archive.write(file, EVIDENCE + file.name, ZIP_STORED)


def add_unsealed(archive: ZipFile, files: Collection[Path]) -> None:
    """Add files of evidence to a zip file as they were given; raise KeyMissing as it is read."""
    for file in files:
        part = ZipInfo.from_file(file, EVIDENCE + file.name)
        with open_unsealed(file) as source, archive.open(part, "w", force_zip64=True) as out:
            copyfileobj(source, out, 1 << 20)


def write_zip(target: Path, fill: Callable[[ZipFile], None]) -> None:
    """Write a new zip file that only its owner can read; `fill` puts into it what it holds.

    It is read again and compared with its checksums before it takes its name. Raise StoreProblem
    if it cannot be written, and ApError if there is a file of this name already.
    """
    remove_orphans(target.parent)
    beside = unique_beside(target, PART)
    try:
        with (
            os.fdopen(create_private(beside), "w+b") as out,
            ZipFile(out, "w", ZIP_DEFLATED) as archive,
        ):
            fill(archive)
        with ZipFile(beside) as archive:
            if archive.testzip() is not None:
                raise StoreProblem(f"{target} was not written as it should be: try another disk")
        sync_file(beside)
        _put_new(beside, target)
        sync_folder(target.parent)
    except (OSError, BadZipFile) as problem:
        raise told(problem, target) from None
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _put_new(beside: Path, target: Path) -> None:
    """Give a file its name; raise ApError if another has it already."""
    if target.exists():
        raise ApError(f"{target} is there already: name another file")
    beside.rename(target)


def open_archive(file: Path) -> ZipFile:
    """Open a zip file that can be read to its end.

    Raise ApError if it has a password, unpacks to far more than it is, or a name in it leads
    elsewhere; BadZipFile if it is none; OSError if it cannot be opened.
    """
    try:
        archive = ZipFile(file)
    except DAMAGED as problem:
        raise BadZipFile(str(problem)) from None
    wrong = find_wrong(archive, file.stat().st_size)
    if wrong is not None:
        archive.close()
        raise ApError(f"{name_file(file)} {wrong}")
    return archive


def find_wrong(archive: ZipFile, packed: int) -> str | None:
    """Say why a zip file of so many bytes is not to be unpacked; None if all is well."""
    parts = archive.infolist()
    if has_password(archive):
        return "is protected by a password: unpack it, and pack it again without"
    if BOUND.is_passed(archive, packed):
        megabytes = count_unpacked(archive) >> 20
        return f"would unpack to {megabytes:,} megabytes, more than ap writes: it is not read"
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        return "is packed in a way that ap does not write: unpack it, and pack it as a plain zip"
    if any(leads_elsewhere(part.filename) for part in parts):
        return "has a file in it that would be written elsewhere: it is not read"
    if len({part.filename for part in parts}) < len(parts):
        return "has two files of one name in it: it is not read"
    return None


def leads_elsewhere(name: str) -> bool:
    """Return whether the name of a file in a zip file leads out of the folder it is unpacked to."""
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name


def is_archive(file: Path) -> bool:
    """Return whether a file is a zip file."""
    return is_zipfile(file)


@contextmanager
def open_store_in(file: Path) -> Iterator[IO[bytes]]:
    """Open the store in a zip file to read it; raise StoreProblem if there is none, or damaged."""
    try:
        with open_archive(file) as archive, archive.open(DATABASE) as member:
            yield member
    except KeyError:
        raise StoreProblem(f"{file} is no backup of ap: there is no {DATABASE} in it") from None
    except (OSError, *DAMAGED) as problem:
        raise StoreProblem(f"{file} is damaged: {problem}") from None


def unpack_store(file: Path, target: Path) -> None:
    """Write the store in a zip file to a file; raise StoreProblem as `open_store_in` does."""
    with open_store_in(file) as member, target.open("wb") as out:
        copyfileobj(member, out)


def read_store(file: Path) -> bytes:
    """Return the store in a zip file; raise StoreProblem as `open_store_in` does."""
    with open_store_in(file) as member:
        return member.read()


def has_encrypted_store(file: Path) -> bool:
    """Return whether the store in a zip file is encrypted; raise StoreProblem if there is none."""
    with open_store_in(file) as member:
        return member.read(NAMED).startswith(MARK)


def list_evidence(file: Path) -> set[str]:
    """Return the names of the files of evidence in a zip file."""
    with ZipFile(file) as archive:
        names = {name.removeprefix(EVIDENCE) for name in archive.namelist()}
    return {name for name in names if attachments.NAME.fullmatch(name)}


def unpack_evidence(file: Path, name: str, target: Path, key: Key | None) -> bool:
    """Write a file of evidence from a zip file to its place, sealed if there is a key.

    Return whether it was whole. Raise KeyMissing if the key that it is sealed with is not to be
    found.
    """
    try:
        with (
            ZipFile(file) as archive,
            archive.open(EVIDENCE + name) as member,
            unseal(member, target) as source,
        ):
            return attachments.write_whole(source, target, key)
    except DAMAGED:
        return False
