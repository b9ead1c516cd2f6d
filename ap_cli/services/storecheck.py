"""Check a store thoroughly: integrity, the chain of its log, evidence, drafts, views, backups."""

from __future__ import annotations

from contextlib import closing
from datetime import date

from ..domain.days import count, words
from ..errors import StoreProblem, Tampered
from ..store.address import Address
from ..store.advice import is_good, list_backups, restore_command
from ..store.connection import HEAD, missing_store, no_store
from ..store.inspecting import find_version, list_damage, list_lost_references
from ..store.opening import Store, open_read_only, open_store
from . import drafts
from .backups import dump_command
from .doctor import (
    CANNOT,
    EVIDENCE,
    INTEGRITY,
    RECORDS,
    SCHEMA,
    Check,
    cannot_read,
    check_evidence,
    check_records,
    check_schema,
)

REFERENCES, CHAIN, DRAFTS, VIEWS, BACKUPS = "references", "log", "drafts", "views", "backups"
AFTER_SCHEMA = (RECORDS, CHAIN, EVIDENCE, DRAFTS, VIEWS)
"""The checks that need a store at the newest schema."""

WRONG_CODE = 1
"""The exit code if something is to be put right that is neither damage nor an altered log."""


def check_store(address: Address, today: date) -> list[Check]:
    """Check a store without changing it, as far as it can be read; raise ApError if it is none."""
    store = open_read_only(address)
    if store is None:
        raise missing_store(address)
    with closing(store):
        return [*_check_contents(store, today), check_backups(address)]


def _check_contents(store: Store, today: date) -> list[Check]:
    try:
        version = find_version(store)
        if version is None:
            raise no_store(store.address)
        whole = check_pages(store)
    except CANNOT as problem:
        return [cannot_read(store, problem), *_skipped(REFERENCES, SCHEMA, *AFTER_SCHEMA)]
    schema = check_schema(store, version)
    if not whole.ok:
        return [whole, *_skipped(REFERENCES), schema, *_skipped(*AFTER_SCHEMA)]
    if version != HEAD:
        return [whole, check_references(store), schema, *_skipped(*AFTER_SCHEMA)]
    return [
        whole,
        check_references(store),
        schema,
        check_records(store, today),
        check_chain(store),
        check_evidence(store),
        check_drafts(store),
        check_views(store),
    ]


def _skipped(*names: str) -> list[Check]:
    return [Check(name, None, "skipped: mend the store first") for name in names]


def exit_code(checks: list[Check]) -> int:
    """Return how the command ends: damage before an altered log, and that before all else."""
    wrong = {check.check for check in checks if check.ok is False}
    if wrong & {INTEGRITY, REFERENCES}:
        return StoreProblem.exit_code
    if CHAIN in wrong:
        return Tampered.exit_code
    return WRONG_CODE if wrong else 0


def check_pages(store: Store) -> Check:
    """Check that SQLite finds no damage in the pages of the store."""
    damage = list_damage(store)
    details = {"damage": damage}
    if not damage:
        return Check(INTEGRITY, True, "no damage", details=details)
    return Check(INTEGRITY, False, f"damaged: {'; '.join(damage)}", mend_by_restore(store), details)


def check_references(store: Store) -> Check:
    """Check that each record that another names is there."""
    lost = list_lost_references(store)
    details = {"tables": lost}
    if not lost:
        return Check(REFERENCES, True, "each record that is named is there", details=details)
    said = f"a record that is not there is named by: {', '.join(lost)}"
    return Check(REFERENCES, False, said, mend_by_restore(store), details)


def mend_by_restore(store: Store) -> str:
    """Return the command that restores the newest good backup, or any other."""
    return restore_command(store.address) or "ap db restore FILE"


def check_chain(store: Store) -> Check:
    """Check that the log of changes is as it was written, and each record as the log says."""
    from ..store.comparing import compare_records
    from ..store.verifying import verify

    try:
        report = compare_records(store, verify(store))
    except CANNOT as problem:
        return Check(CHAIN, False, cannot_read(store, problem).says)
    details = {
        "changes": report.changes,
        "first_bad": report.bad,
        "differing": report.differing,
    }
    if report.problem:
        return Check(CHAIN, False, report.problem, "ap db verify", details)
    return Check(
        CHAIN, True, f"as it was written, {count(report.changes, 'change')}", None, details
    )


def check_drafts(store: Store) -> Check:
    """Check that each draft can be read."""
    damaged = drafts.list_damaged(store)
    details = {"damaged": damaged}
    if damaged:
        return Check(DRAFTS, False, "; ".join(damaged), None, details)
    number = len(drafts.listed(store))
    return Check(DRAFTS, True, count(number, "draft") if number else "none", details=details)


def check_views(store: Store) -> Check:
    """Check that the views for other programs are those of this one."""
    from ..store.views import stale_views

    stale = sorted(stale_views(store.connection))
    if stale:
        said = f"not those of this ap: {', '.join(stale[:3])}"
        return Check(VIEWS, False, said, "ap db check --mend", {"stale": stale})
    return Check(VIEWS, True, "as this ap makes them", details={"stale": stale})


def check_backups(address: Address) -> Check:
    """Say which is the newest backup that is whole; to have none is no mistake."""
    if address.server:
        return Check(BACKUPS, True, f"whoever runs the server makes them: {dump_command(address)}")
    kept = list_backups(address)
    newest = next((backup for backup in kept if is_good(backup.file)), None)
    details = {"number": len(kept), "newest": str(newest.file) if newest else None}
    if newest is None and kept:
        return Check(BACKUPS, False, "none of them is whole", "ap db backup", details)
    if newest is None:
        said = (
            "none beside the store; to make one: ap db backup (one in a file elsewhere is not "
            "looked for)"
        )
        return Check(BACKUPS, True, said, details=details)
    day = words(newest.made.date(), True)
    return Check(BACKUPS, True, f"the newest is of {day}: {newest.file}", details=details)


def mend_store(address: Address) -> list[str]:
    """Put right what needs no decision, and say what was done.

    Files of evidence come back from the backups, those that nothing has used for a day go, and the
    views are made again. Raise StoreProblem if the store cannot be used.
    """
    from ..store import evidence
    from ..store.restoring import bring_back

    with closing(open_store(address)) as store:  # it makes the views
        files = evidence.examine(store)
        lost = {*files.missing, *files.altered}
        back = set() if address.server else bring_back(address, lost)
        swept = evidence.sweep(store)
    done = []
    if back:
        done.append(f"{count(len(back), 'file')} of evidence came back from the backups")
    if swept:
        done.append(f"{count(len(swept), 'file')} that no record used were deleted")
    return done
