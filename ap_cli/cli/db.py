"""ap db"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..domain.roles import Role
from ..errors import ApError, Interrupted, Tampered, TerminalNeeded
from ..render.result import Result, fixed_lines
from .command import command, group
from .encrypting import decrypt_db, encrypt_db, rekey_db, unlock_db
from .settings import Settings

if TYPE_CHECKING:
    from ..services.backups import Restore
    from ..store.address import Address

app = group("Look after the store.")
command(app, name="encrypt")(encrypt_db)
command(app, name="decrypt")(decrypt_db)
command(app, name="rekey")(rekey_db)
command(app, name="unlock")(unlock_db)


@command(app, name="upgrade")
def upgrade_db(settings: Settings) -> Result:
    """Bring an older store to this program's schema; a backup is made beside it first.

    Examples: ap db upgrade; ap db upgrade --json; ap db upgrade --csv
    """
    from ..store.connection import HEAD

    check_exists(settings)
    with saying_what_to_see():
        before, backup = upgrade_store(settings)
    said = f"the store is at the newest schema, {HEAD}"
    if before != HEAD:
        said = f"the store was at schema {before} and is at {HEAD}"
    if backup:
        said += f"; the backup is {backup}"
    row = {
        "store": str(settings.address),
        "before": before,
        "now": HEAD,
        "backup": str(backup) if backup else None,
    }
    kept = "the upgraded store" if before != HEAD else ""
    return Result("db upgrade", [row], lines=fixed_lines(said), kept=kept)


def upgrade_store(settings: Settings) -> tuple[str, Path | None]:
    """Upgrade a store; return the schema it had, and the backup made first, if one was needed."""
    if settings.address.server:
        from ..store.serving import upgrade_there

        return upgrade_there(settings.address) or "", None
    from ..store.schema import upgrade_with_backup

    return upgrade_with_backup(settings.address.path)


@command(app, name="backup")
def backup_db(
    settings: Settings,
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE",
            help="A new zip file, or a folder; without it the backup stays beside the store.",
            show_default=False,
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be backed up, and write nothing.")
    ] = False,
) -> Result:
    """Back up the store and its files of evidence, while others go on using it.

    FILE becomes one zip file with everything in it, to keep on another disk. Only you can read it.
    It is checked before it gets its name, to which .zip is added unless it ends so.

    Examples: ap db backup; ap db backup friday.zip; ap db backup --dry-run
    """
    from ..render.backups import show_made
    from ..services.backups import make_backup

    return show_made(make_backup(settings.address, file, dry_run), dry_run)


@command(app, name="backups")
def list_backups_of_db(settings: Settings) -> Result:
    """List the backups that ap keeps beside the store, newest first, and whether each is whole.

    Examples: ap db backups; ap db backups --json; ap db backups --csv
    """
    from ..render.backups import show_kept
    from ..services.backups import list_kept

    return show_kept(list_kept(settings.address))


@command(app, name="restore")
def restore_db(
    settings: Settings,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup.", show_default=False)],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Restore it without asking.")] = False,
) -> Result:
    """Put a backup in the place of the store, after showing what would change.

    The backup is checked first. The store that it replaces is kept as a backup. It also works if
    the store is missing or damaged. Without a terminal it needs --yes, and exits with 4 otherwise.

    Examples: ap db restore friday.zip --dry-run; ap db restore friday.zip; ap db restore friday.zip
    --yes
    """
    from ..services.backups import prepare_restore

    with prepare_restore(store_to_restore(settings, file), file.absolute()) as restore:
        if dry_run:
            return show_restore(restore)
        if not yes and not ask_restore(settings, restore):
            return show_restore(restore, "Nothing was restored.")
        with saying_what_to_see():
            kept = restore.put(settings.author)
    said = f"The store that was there is kept as {kept}" if kept else "There was no store before."
    return show_restore(restore, said, restored=True, kept=kept)


@contextmanager
def saying_what_to_see() -> Iterator[None]:
    """Within the block, whoever stops it is told how to see how far it came."""
    try:
        yield
    except KeyboardInterrupt:
        raise Interrupted(
            "stopped: `ap db check` says how the store is; then type this command again"
        ) from None


def store_to_restore(settings: Settings, file: Path) -> Address:
    """Where a backup goes; raise ApError if it is of another store and the call names none."""
    from shlex import quote

    from ..store.advice import find_store_of

    own = None if settings.address.server else find_store_of(file)
    if own and not settings.named and own != settings.address.path.absolute():
        raise ApError(
            f"this is a backup of {own}, and your store is {settings.address}: to restore it there,"
            f" type `ap --db {quote(str(own))} db restore {quote(str(file))}`"
        )
    return settings.address


def ask_restore(settings: Settings, restore: Restore) -> bool:
    """Show what would change and ask; raise TerminalNeeded if nobody can be asked."""
    if not settings.interactive:
        raise TerminalNeeded(
            "restoring replaces the whole store: add --dry-run to see what would change, or --yes"
        )
    from ..interview.prompts import ask_yes, say
    from ..render.backups import comparison_lines

    for line in comparison_lines(restore.comparison):
        say(line)
    return ask_yes("Restore this backup?", usual=False)


def show_restore(
    restore: Restore, said: str = "", restored: bool = False, kept: Path | None = None
) -> Result:
    """What a restore would change, or has changed."""
    from ..render.backups import ERASED_UNKNOWN, comparison_data, comparison_lines

    row = comparison_data(restore.comparison, restored, str(kept) if kept else None)
    lines = fixed_lines(*([] if said else comparison_lines(restore.comparison)))
    if restored:
        lines = fixed_lines(f"Restored {restore.comparison.backup}")
    kept_store = "the restored store" if restored else ""
    warned = restored and restore.comparison.erased_unknown
    told = tuple(filter(None, (said, ERASED_UNKNOWN if warned else "")))
    return Result("db restore", [row], lines=lines, said=told, kept=kept_store)


def check_exists(settings: Settings) -> None:
    """Raise ApError if there is no store."""
    from ..store.opening import is_there

    if not is_there(settings.address):
        from ..store.connection import missing_store

        raise missing_store(settings.address)


@command(app, name="copy")
def copy_db(
    settings: Settings,
    source: Annotated[
        str,
        typer.Argument(metavar="FROM", help="The store: a file, or postgresql://HOST/DATABASE."),
    ],
    target: Annotated[
        str, typer.Argument(metavar="TO", help="A new file, or an empty database on a server.")
    ],
) -> Result:
    """Copy a store from a file to a PostgreSQL server, or from a server to a file.

    Records, log, drafts and files of evidence go with it. The copy is compared row by row before it
    is kept, and the store that it was made of stays as it is.

    Examples: ap db copy ap.db postgresql://db.example.org/ap; ap db copy
    postgresql://db.example.org/ap copy.db; ap db copy ap.db postgresql://db.example.org/ap --json
    """
    from ..render.moving import show_copied
    from ..render.progress import with_progress
    from ..services.moving import copy_whole_store
    from ..store.address import read_address, refuse_password

    refuse_password(source, "FROM")
    refuse_password(target, "TO")
    with saying_what_to_see():
        copied = copy_whole_store(read_address(source), read_address(target), with_progress)
    return show_copied(copied)


@command(app, name="check")
def check_db(
    settings: Settings,
    mend: Annotated[
        bool,
        typer.Option(
            "--mend",
            help="First bring files back from the backups, and delete what nothing uses.",
        ),
    ] = False,
) -> Result:
    """Check the whole store: damage, the log of changes, files of evidence, drafts, backups.

    It ends with 5 if the store is damaged, with 6 if its log was altered, and with 1 if something
    else is to be put right. Without --mend nothing is changed.

    Examples: ap db check; ap db check --json; ap db check --mend
    """
    from msgspec.structs import asdict

    from ..services.storecheck import check_store, exit_code, mend_store
    from .doctor import doctor_lines, name_store

    check_exists(settings)
    settings.refuse_unless(Role.ADMINISTRATOR if mend else Role.READER)
    done = mend_store(settings.address) if mend else []
    checks = [
        name_store(settings, check) for check in check_store(settings.address, settings.today)
    ]
    rows = [asdict(check) for check in checks]
    columns = ("check", "ok", "says", "mend")
    code = exit_code(checks)
    return Result("db check", rows, columns, doctor_lines, code=code, said=tuple(done))


@command(app, name="verify")
def verify_db(
    settings: Settings,
    seal: Annotated[
        str | None,
        typer.Option("--seal", help="A seal from the minutes, to check against.", metavar="SEAL"),
    ] = None,
) -> Result:
    """Say whether the log is as it was written, and name the first change that is not.

    Each change is chained to the one before, and so are the marks of attendance that it brought.
    If something altered, removed, added or swapped any, it ends with exit code 6. So it does if a
    record is not as the log says, as another program changed it. Whether changes at the end were
    cut off shows only against a seal: see `ap db seal`.

    Examples: ap db verify; ap db verify --json;
    ap db verify --seal 128-4f2a-9c01-77be-20d3-9b1e
    """
    from ..render.verifying import show_verified
    from ..store.comparing import compare_records
    from ..store.seals import read_seal
    from ..store.verifying import verify

    asked = read_seal(seal) if seal is not None else None
    check_exists(settings)
    report = compare_records(settings.store, verify(settings.store, asked))
    return show_verified(report, str(settings.address), asked is not None)


@command(app, name="seal")
def seal_db(settings: Settings) -> Result:
    """Print a seal of the log as it stands, to paste into minutes, a mail or a notebook.

    The seal stands for every change until now and says nothing about any child. Later
    `ap db verify --seal` shows whether one of them was altered, or cut off. The log is verified
    first.

    Examples: ap db seal; ap db seal --json; ap db seal --out seal.txt
    """
    from ..render.verifying import KEEP_IT, show_seal
    from ..store.verifying import verify

    check_exists(settings)
    report = verify(settings.store)
    if report.problem:
        raise Tampered(f"{report.problem}\n{KEEP_IT}")
    if report.seal is None:
        raise ApError("nothing was changed in this store yet, so there is nothing to seal")
    return show_seal(report.seal, report.last.head, settings.today)
