"""Examine a store without changing it: is it there, whole, up to date and ready for use?"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from datetime import date, timedelta
from typing import Any

from msgspec import Struct

from ..domain.commissioner import Commissioner
from ..domain.days import count, words
from ..domain.placement import Placement
from ..domain.provider import Provider
from ..domain.pupil import Pupil
from ..domain.roles import MAY, Role
from ..errors import ApError, NotAllowed, StoreProblem
from ..forms.text import first_of
from ..store import clock, evidence
from ..store.access import explain_role, find_user
from ..store.address import Address
from ..store.advice import restore_command
from ..store.attachments import Files
from ..store.connection import DATABASE_ERRORS, HEAD, is_empty, told, wrong_version
from ..store.damage import Unreadable
from ..store.inspecting import (
    StoreFile,
    find_version,
    inspect_file,
    inspect_server,
    list_damage,
    list_lost_references,
)
from ..store.opening import Store, open_read_only
from ..store.protection import list_plain
from ..store.queries import terms as stored
from ..store.queries.entries import list_unreadable_entries
from ..store.queries.identity import id_of_store
from ..store.queries.records import all_nouns
from ..store.restoring import evidence_in
from . import overlay
from .holds import list_holds
from .terms import known_until

PATIENCE = 1.0
"""Seconds to wait for another program that is writing: a doctor says so soon."""

AHEAD = timedelta(weeks=6)
"""How long before term dates end the next ones are needed: about a half term."""

STORE, ENCRYPTION, INTEGRITY, SCHEMA, RECORDS, HOLDS, CLOCK, EVIDENCE, TERM_DATES, COUNTY = (
    "store",
    "encryption",
    "integrity",
    "schema",
    "records",
    "legal holds",
    "clock",
    "evidence",
    "term dates",
    "county",
)
CANNOT = (*DATABASE_ERRORS, OSError, UnicodeDecodeError, StoreProblem)
"""What can go wrong while a store is read."""


class Check(Struct, frozen=True):
    """What was looked at, whether all is well, and in words what was found.

    `ok` is None if it could not be looked at. `mend` is the command that puts it right, if there is
    one, or what to do.
    """

    check: str
    ok: bool | None
    says: str
    mend: str | None = None
    details: dict[str, Any] = {}


def examine_store(address: Address, today: date) -> list[Check]:
    """Examine a store; nothing is made, upgraded or repaired."""
    if address.server:
        return examine_on_server(address, today)
    try:
        file = inspect_file(address)
    except OSError as problem:
        return [Check(STORE, False, str(told(problem, address))), *not_examined(ENCRYPTION)]
    found = check_file(address, file)
    if file is None or not file.readable:
        return [found, *not_examined(ENCRYPTION)]
    try:
        store = open_read_only(address, PATIENCE)
    except ApError as problem:  # its key is not to be found
        details = {"encrypted": True, "left": []}
        locked = Check(ENCRYPTION, False, str(problem), "ap db unlock", details)
        return [found, locked, *not_examined(INTEGRITY)]
    assert store, "its file is there"
    with closing(store):
        return [found, check_encryption(address), *examine_contents(store, today)]


def examine_on_server(address: Address, today: date) -> list[Check]:
    """Examine a store on a server."""
    try:
        store = open_read_only(address)
        if store is not None and (limited := check_limited(store)):
            store.close()
            return limited
        if store is None:
            said = f"there is none yet at {address}"
            return [Check(STORE, False, said, "ap init"), *not_examined(INTEGRITY)]
        with closing(store):
            return [check_server(store), *examine_contents(store, today)]
    except StoreProblem as problem:
        return [Check(STORE, False, str(problem)), *not_examined(INTEGRITY)]


def check_limited(store: Store) -> list[Check]:
    """Say what who sees no records can see of a store; nothing for who can look at all of it."""
    user, role = find_user(store.connection)
    if role not in (None, Role.REPORT):
        return []
    if role is None:
        raise NotAllowed(explain_role(store.connection, role))
    details = {"path": str(store.address), "user": user, "role": role}
    said = f"{store.address}, as {user}, who may {MAY[role]}"
    return [Check(STORE, True, said, details=details)]


def check_server(store: Store) -> Check:
    """Say which server a store is on, and how large it is."""
    found, (_, role) = inspect_server(store), find_user(store.connection)
    details: dict[str, Any] = {
        "path": str(store.address),
        "bytes": found.bytes,
        "evidence": found.evidence,
        "server": found.version,
        "user": found.user,
        "role": role,
    }
    size = size_words(found.bytes)
    said = f"{store.address}, PostgreSQL {found.version}, as {found.user} ({role}), {size}"
    if found.evidence:
        said += f" and {count(found.evidence, 'file')} of evidence"
    return Check(STORE, True, said, details=details)


def not_examined(first: str) -> list[Check]:
    """The checks from this one on, which need a store that can be read."""
    names = (ENCRYPTION, INTEGRITY, SCHEMA, RECORDS, HOLDS, CLOCK, EVIDENCE, TERM_DATES, COUNTY)
    return [
        Check(name, None, "skipped: mend the store first") for name in names[names.index(first) :]
    ]


def check_file(address: Address, file: StoreFile | None) -> Check:
    """Check that the file is there, can be read and written, and is not everybody's."""
    path = address.path
    details: dict[str, Any] = {"path": str(path), "bytes": None, "evidence": None}
    if file is None:
        return Check(STORE, False, f"there is none yet at {path}", "ap init", details)
    details |= {"bytes": file.bytes, "evidence": file.evidence}
    if not file.readable:
        return Check(STORE, False, f"{path} cannot be read", CHOOSE_ANOTHER, details)
    if not file.writable:
        mend = f"ask for the right to write to the file and its folder, {path.parent}"
        return Check(STORE, False, f"{path} can be read, but not changed", mend, details)
    if file.public:
        mend = f"chmod 600 {shlex.quote(str(path))}"
        return Check(STORE, False, f"{path} can be read by all on this computer", mend, details)
    said = f"{path}, {size_words(file.bytes)}"
    if file.evidence:
        said += f" and {count(file.evidence, 'file')} of evidence"
    return Check(STORE, True, said, details=details)


def check_encryption(address: Address) -> Check:
    """Say whether a store is encrypted and what that protects; to have it plain is no mistake."""
    if not address.is_encrypted:
        said = (
            "none: whoever has this disk reads all records, unless the disk is encrypted"
            " (BitLocker, FileVault); to have it: ap db encrypt"
        )
        return Check(ENCRYPTION, True, said, details={"encrypted": False, "left": []})
    left = [str(file) for file in list_plain(address)]
    details = {"encrypted": True, "left": left}
    if left:
        said = f"the store is encrypted, but not {count(len(left), 'file')} of it: {left[0]}"
        return Check(ENCRYPTION, False, said, "ap db encrypt", details)
    said = (
        "store, evidence and backups are encrypted: a lost disk tells nothing without the key;"
        " whoever is logged in as you can read all"
    )
    return Check(ENCRYPTION, True, said, details=details)


CHOOSE_ANOTHER = "choose another store: ap config set db FILE"


def size_words(number: int) -> str:
    """Return a number of bytes in words: "312 kB", "1.4 MB"."""
    if number < 1_000_000:
        return f"{max(number // 1000, 1)} kB"
    return f"{number / 1_000_000:,.1f} MB"


def examine_contents(store: Store, today: date) -> list[Check]:
    """Check what is in a store, as far as it can be read."""
    try:
        version = find_version(store)
    except CANNOT as problem:
        return [cannot_read(store, problem), *not_examined(SCHEMA)]
    if version is None:
        is_none = is_empty(store.address.path)
        said = "the file is empty" if is_none else "this is not an ap file but another database"
        mend = restore_command(store.address) or CHOOSE_ANOTHER
        return [Check(INTEGRITY, False, said, mend), *not_examined(SCHEMA)]
    whole, schema = check_integrity(store), check_schema(store, version)
    if not schema.ok or not whole.ok:
        return [whole, schema, *not_examined(RECORDS)]
    return [
        whole,
        schema,
        check_records(store, today),
        check_holds(store, today),
        check_clock(store),
        check_evidence(store),
        check_term_dates(store, today),
        check_county(store),
    ]


def cannot_read(store: Store, problem: BaseException) -> Check:
    """The check of a store that cannot be read: why, and the newest backup if it is damaged."""
    said = str(problem if isinstance(problem, StoreProblem) else told(problem, store.address))
    if "damaged" not in said:
        return Check(INTEGRITY, False, said)
    return Check(INTEGRITY, False, said, restore_command(store.address))


def check_integrity(store: Store) -> Check:
    """Check that SQLite finds no damage, and that no record names one that is not there."""
    try:
        damage = list_damage(store)
        damage += [
            f"{table} names a record that is not there" for table in list_lost_references(store)
        ]
    except CANNOT as problem:
        return cannot_read(store, problem)
    details = {"damage": damage}
    if not damage:
        return Check(INTEGRITY, True, "no damage", details=details)
    mend = restore_command(store.address) or "restore a backup of your own: ap db restore FILE"
    return Check(INTEGRITY, False, f"damaged: {'; '.join(damage)}", mend, details)


def check_records(store: Store, today: date) -> Check:
    """Check that each record can be read; what cannot be is corrected, and needs no restore."""
    try:
        found = [str(problem) for problem in list_unreadable(store, today)]
    except CANNOT as problem:
        return Check(RECORDS, False, cannot_read(store, problem).says)
    details = {"unreadable": found}
    if not found:
        return Check(RECORDS, True, "each can be read", details=details)
    more = f"; and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
    said = f"{'; '.join(found[:MOST_NAMED])}{more}"
    return Check(RECORDS, False, said, "ap check --rule AP906", details)


def check_holds(store: Store, today: date) -> Check:
    """Say which pupils are on legal hold, so that their records stay; that is no mistake."""
    try:
        found = list(dict.fromkeys(hold.ref for hold in list_holds(store, today)))
    except CANNOT as problem:
        return Check(HOLDS, False, cannot_read(store, problem).says)
    details = {"pupils": found}
    if not found:
        return Check(HOLDS, True, "none", details=details)
    said = f"{first_of(found, MOST_NAMED)}: neither erased nor past any period"
    return Check(HOLDS, True, said, details=details)


def list_unreadable(store: Store, today: date) -> Iterator[StoreProblem]:
    """List why records and entries cannot be read, an error each."""
    for noun in (Commissioner, Pupil, Provider, Placement):
        for found in all_nouns(store, noun, today):
            if isinstance(found, Unreadable):
                yield found.problem
    yield from list_unreadable_entries(store)


def check_schema(store: Store, version: str) -> Check:
    """Check that a store is at the schema of this program."""
    details = {"version": version, "needed": HEAD}
    if version == HEAD:
        with suppress(*CANNOT):  # the page that has it may be damaged
            details["id"] = id_of_store(store)
        return Check(SCHEMA, True, f"{version}, up to date", details=details)
    if version < HEAD:
        said = f"{version}, and this ap needs {HEAD}"
        return Check(SCHEMA, False, said, "ap db upgrade", details)
    return Check(SCHEMA, False, str(wrong_version(version, store.address)), None, details)


def check_clock(store: Store) -> Check:
    """Check that the newest change is not still to come, and count those dated out of order."""
    try:
        ahead, back = clock.is_ahead(store), list(clock.steps_back(store))
    except CANNOT as problem:
        return Check(CLOCK, False, cannot_read(store, problem).says)
    details = {"ahead": ahead, "dated_before": back}
    if ahead:
        said = f"the newest change is dated {ahead[:16]} UTC, which is still to come"
        return Check(CLOCK, False, said, "set the clocks of those who use the store", details)
    if not back:
        return Check(CLOCK, True, "no change is dated earlier than the one before", details=details)
    are = "is" if len(back) == 1 else "are"
    said = f"a clock ran back: {count(len(back), 'change')} {are} dated earlier than the one before"
    return Check(CLOCK, True, f"{said} (the first is change {back[0]})", details=details)


MOST_NAMED = 3
"""The most records with a wrong file that are named in a sentence; `details` has all."""


def check_evidence(store: Store) -> Check:
    """Check that each file of evidence is there and as it was, and count those not used."""
    try:
        users, files = evidence.files_by_entry(store), evidence.examine(store)
    except CANNOT as unread:
        return Check(EVIDENCE, False, cannot_read(store, unread).says)
    details = {name: list(getattr(files, name)) for name in ("missing", "altered", "orphaned")}
    wrong = [
        f"{what}: {name_records(names, users)}"
        for what, names in (("missing", files.missing), ("altered", files.altered))
        if names
    ]
    if wrong:
        mend = mend_of_evidence(store.address, files, users)
        return Check(EVIDENCE, False, f"files {'; '.join(wrong)}", mend, details)
    said = f"{count(len(users), 'file')} of evidence, as recorded" if users else "no files"
    if files.orphaned:
        said += f"; {count(len(files.orphaned), 'file')} that no record uses"
    return Check(EVIDENCE, True, said, details=details)


def mend_of_evidence(address: Address, files: Files, users: Mapping[str, tuple[str, ...]]) -> str:
    """Return the command that brings a file back from the backups, or records it again."""
    lost = {*files.missing, *files.altered}
    if not address.server and evidence_in(address.backups / "any") & lost:
        return "ap db check --mend"
    ref = users[(files.missing or files.altered)[0]][-1]
    why = "missing" if files.missing else "altered"
    return f'ap record edit {ref} --file FILE --reason "the file was {why}"'


def name_records(files: Sequence[str], users: Mapping[str, tuple[str, ...]]) -> str:
    """Return the references of the records that name these files: "E-0001, E-0004 and 2 more"."""
    refs = sorted({ref for name in files for ref in users[name]})
    named = ", ".join(refs[:MOST_NAMED])
    more = len(refs) - MOST_NAMED
    return f"{named} and {more} more" if more > 0 else named


def check_term_dates(store: Store, today: date) -> Check:
    """Check that term dates are known for the next weeks, so that no due day is an estimate."""
    mend = "ap terms import FILE"
    try:
        _, problem = stored.calendars_and_problem(store)
        until = known_until(store)
    except CANNOT as unread:
        return Check(TERM_DATES, False, str(cannot_read(store, unread).says), mend)
    details = {"known_until": until}
    if problem:
        return Check(TERM_DATES, False, str(problem), mend, details)
    if until is None:
        return Check(TERM_DATES, False, "none are known", mend, details)
    if until < today:
        return Check(TERM_DATES, False, f"they ended on {words(until, True)}", mend, details)
    if until <= today + AHEAD:
        return Check(TERM_DATES, False, f"they end on {words(until, True)}", mend, details)
    return Check(TERM_DATES, True, f"known until {words(until, True)}", details=details)


def check_county(store: Store) -> Check:
    """Check that what the county has of its own can be read."""
    try:
        county, own = overlay.in_force(store), overlay.is_own(store)
        problem = stored.overlay_problem(store)
    except CANNOT as unread:
        return Check(COUNTY, False, str(cannot_read(store, unread).says), "ap county set FILE")
    details = {"name": county.name, "own": own}
    if problem:
        return Check(COUNTY, False, problem, "ap county set FILE", details)
    said = f"{county.name}, {'as you set it' if own else 'which comes with ap'}"
    return Check(COUNTY, True, said, details=details)
