"""ap db encrypt, decrypt, rekey and unlock"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..domain.days import count
from ..errors import ApError, Interrupted, TerminalNeeded
from ..forms.text import first_of, name_file
from ..render.result import Result, fixed_lines
from .settings import Settings

if TYPE_CHECKING:
    from ..services.encryption import Recoded
    from ..store.key import Key

DRY_RUN = typer.Option("--dry-run", help="Say what would be written anew, and change nothing.")
RECOVERY_TO = typer.Option(
    "--recovery-to",
    help="Write the recovery key to a new file that only you can read, instead of showing it.",
    metavar="FILE",
    show_default=False,
)
KEEP_PLAIN = typer.Option(
    "--keep-plain-backups",
    help="Leave the backups that ap keeps beside the store as they are.",
)
NO_PLACE = (
    "there is no key ring here that could keep the key: name a file for it with --key-file, or"
    " choose --passphrase"
)
NO_PAPER = (
    "the recovery key is shown once, on a terminal: elsewhere name a file for it with --recovery-to"
)


def encrypt_db(
    settings: Settings,
    passphrase: Annotated[
        bool,
        typer.Option("--passphrase", help="Ask for a passphrase, and keep no key on the computer."),
    ] = False,
    recovery_to: Annotated[Path | None, RECOVERY_TO] = None,
    keep_plain_backups: Annotated[bool, KEEP_PLAIN] = False,
    dry_run: Annotated[bool, DRY_RUN] = False,
) -> Result:
    """Encrypt the store, its files of evidence and its backups, so that a thief reads nothing.

    The key is kept in the key ring of your computer, or in the file that --key-file names. The
    recovery key is shown once. A store that is encrypted already gets its other files encrypted.

    Examples: ap db encrypt --dry-run; ap db encrypt;
    ap db encrypt --key-file ap.key --recovery-to recovery.txt
    """
    from ..services.encryption import encrypt, finish_encryption
    from ..store.key import name_of_new
    from ..store.keys import name_in

    refuse_other_version(settings)
    if dry_run:
        name = name_in(settings.address.path) or name_of_new()
        return show_plan(settings, "encrypt", name, not keep_plain_backups)
    if settings.address.is_encrypted:
        done = finish_encryption(settings.address, not keep_plain_backups)
        return show_done(settings, "encrypt", done, "The store is encrypted already.")
    with saying_how_to_go_on("ap db encrypt"), a_new_key(settings, passphrase, recovery_to) as key:
        done = encrypt(settings.address, key, not passphrase, not keep_plain_backups)
    return show_done(settings, "encrypt", done, "The store is encrypted.")


def rekey_db(
    settings: Settings,
    passphrase: Annotated[
        bool | None,
        typer.Option(
            "--passphrase/--no-passphrase",
            help="Derive the new key from a passphrase, or not; as before if neither is given.",
            show_default=False,
        ),
    ] = None,
    recovery_to: Annotated[Path | None, RECOVERY_TO] = None,
    dry_run: Annotated[bool, DRY_RUN] = False,
) -> Result:
    """Give an encrypted store a new key, as when somebody who knew the old one has left.

    The old key and its recovery key open nothing any longer that ap keeps; zip files that were
    carried away still need them.

    Examples: ap db rekey --dry-run; ap db rekey; ap db rekey --recovery-to new.txt
    """
    from ..services.encryption import encrypt
    from ..store.key import is_from_passphrase, name_of_new
    from ..store.keys import name_in

    refuse_other_version(settings)
    name = name_in(settings.address.path)
    if name is None:
        raise ApError(f"{settings.address} is not encrypted: `ap db encrypt` does that")
    if dry_run:
        return show_plan(settings, "rekey", name_of_new(), True)
    asked = is_from_passphrase(name) if passphrase is None else passphrase
    with saying_how_to_go_on("ap db encrypt"), a_new_key(settings, asked, recovery_to) as key:
        done = encrypt(settings.address, key, not asked)
    return show_done(settings, "rekey", done, "The store has a new key.")


def decrypt_db(
    settings: Settings,
    dry_run: Annotated[bool, DRY_RUN] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Decrypt it without asking.")] = False,
) -> Result:
    """Write an encrypted store, its files of evidence and its backups so that no key is needed.

    Whoever has the computer or its disk can read them then. Without a terminal it needs --yes.

    Examples: ap db decrypt --dry-run; ap db decrypt; ap db decrypt --yes
    """
    from ..services.encryption import decrypt

    refuse_other_version(settings)
    if not settings.address.is_encrypted:
        raise ApError(f"{settings.address} is not encrypted")
    if dry_run:
        return show_plan(settings, "decrypt", None, True)
    if not yes and not ask_decrypt(settings):
        return Result("db decrypt", [], lines=fixed_lines(), said=("Nothing was changed.",))
    with saying_how_to_go_on("ap db decrypt"):
        done = decrypt(settings.address)
    return show_done(settings, "decrypt", done, "The store is not encrypted any longer.")


def unlock_db(
    settings: Settings,
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]", help="A backup, instead of the store.", show_default=False
        ),
    ] = None,
    recovery_from: Annotated[
        Path | None,
        typer.Option(
            "--recovery-from",
            help="The file with the recovery key, instead of asking.",
            metavar="FILE",
            show_default=False,
        ),
    ] = None,
) -> Result:
    """Put the key of a store or a backup back, from its recovery key or its passphrase.

    It is kept in the key ring of your computer, or in the file that --key-file names.

    Examples: ap db unlock; ap db unlock friday.zip; ap db unlock --recovery-from recovery.txt
    """
    from ..services.encryption import unlock
    from ..store.keys import can_keep

    address = settings.address  # from now on its key file is known
    typed = read_recovery(settings, recovery_from)
    if not can_keep():
        raise ApError(NO_PLACE)
    unlocked, where = unlock(address, file.absolute() if file else None, typed)
    row = {"file": str(unlocked), "key": where}
    said = f"Its key is kept in {where}: commands find it there from now on"
    lines = fixed_lines(str(unlocked))
    return Result("db unlock", [row], lines=lines, said=(said,), kept="the key")


def refuse_other_version(settings: Settings) -> None:
    """Raise ApError if there is no store, it is on a server, or this program cannot write it."""
    from ..store.connection import missing_store
    from ..store.opening import open_store

    if settings.address.server:
        raise ApError(
            f"{settings.address} is on a server: whoever runs it encrypts its disk and its backups"
        )
    if not settings.address.exists():
        raise missing_store(settings.address)
    with closing(open_store(settings.address)):
        pass


@contextmanager
def a_new_key(settings: Settings, passphrase: bool, recovery_to: Path | None) -> Iterator[Key]:
    """Make a key, and see that its recovery key is kept; a file with it goes if the block fails.

    Raise TerminalNeeded if nobody can be asked, and Interrupted if the person wants none.
    """
    refuse_without_place(settings, passphrase, recovery_to)
    key = make_key(passphrase)
    keep_recovery(key, recovery_to)
    try:
        yield key
    except BaseException:
        if recovery_to is not None and not settings.address.has_key(key):
            with suppress(OSError):
                recovery_to.unlink()
        raise


def refuse_without_place(settings: Settings, passphrase: bool, recovery_to: Path | None) -> None:
    """Raise ApError if there is no place for a new key, or for its recovery key."""
    from ..store.keys import can_keep

    if not settings.interactive and (passphrase or recovery_to is None):
        raise TerminalNeeded("only a terminal can ask for a passphrase" if passphrase else NO_PAPER)
    if not passphrase and not can_keep():
        raise ApError(NO_PLACE)
    if recovery_to is not None and recovery_to.exists():
        raise ApError(f"{name_file(recovery_to)} is there already: name another file")


def make_key(passphrase: bool) -> Key:
    """Draw a key, or ask for a passphrase and derive it."""
    from ..store.key import FROM_PASSPHRASE, derive_key, draw_key, draw_name

    if not passphrase:
        return draw_key()
    from ..interview.secret import ask_new_passphrase

    return derive_key(ask_new_passphrase(), draw_name(FROM_PASSPHRASE))


def keep_recovery(key: Key, recovery_to: Path | None) -> None:
    """Write the recovery key to a file, or show it; raise Interrupted if the person stops there."""
    if recovery_to is not None:
        from ..store.key_file import write_private

        write_private(recovery_to, f"{key.recovery}\n")
        return
    from ..interview.secret import show_recovery

    if not show_recovery(key.recovery):
        raise Interrupted("stopped: nothing was changed, and this recovery key opens nothing")


def read_recovery(settings: Settings, file: Path | None) -> str:
    """The recovery key in a file that only its owner can read, or as it is typed.

    A passphrase may be typed instead. Raise ApError if the file cannot be read, and TerminalNeeded
    if nobody can be asked.
    """
    if file is not None:
        from ..store.key_file import read_private

        return read_private(file).strip()
    if not settings.interactive:
        raise TerminalNeeded("only a terminal can ask for it: name a file with --recovery-from")
    from ..interview.secret import ask_secret

    return ask_secret("Recovery key or passphrase: ")


def ask_decrypt(settings: Settings) -> bool:
    """Ask whether to decrypt; raise TerminalNeeded if nobody can be asked."""
    if not settings.interactive:
        raise TerminalNeeded("without encryption whoever has the disk reads all: add --yes")
    from ..interview.prompts import ask_yes

    return ask_yes("Whoever has this computer or its disk can read all then. Decrypt?", usual=False)


@contextmanager
def saying_how_to_go_on(command: str) -> Iterator[None]:
    """Within the block, whoever stops it is told how to finish."""
    try:
        yield
    except KeyboardInterrupt:
        raise Interrupted(
            f"stopped: the store can be used, `{command}` finishes what was begun, and"
            " `ap doctor` says how it is"
        ) from None


def show_plan(settings: Settings, what: str, name: bytes | None, backups: bool) -> Result:
    """What would be written anew."""
    from ..services.encryption import plan

    found = plan(settings.address, name, backups)
    row = as_row(found, done=False)
    said = [f"Would be written anew: {settings.address}, {count_rest(found)}. Nothing was changed"]
    return Result(f"db {what}", [row], lines=fixed_lines(str(found.store)), said=tuple(said))


def show_done(settings: Settings, what: str, done: Recoded, first: str) -> Result:
    """What was written anew, where the key is, and what is left as it was."""
    said = [f"{first} Written anew with it: {count_rest(done)}"]
    if done.kept_in is not None:
        said.append(f"The key is in {done.kept_in}")
    if done.before_in is not None:
        said.append(
            f"The key before is still in {done.before_in}, as copies and backups elsewhere may need"
            " it: `ap help encryption` says how to take it out"
        )
    if what != "decrypt":
        said.append(
            "What lay on the disk before in plain may still be found there by whoever searches it;"
            " backups and exports that you carried away are as they were"
        )
    if done.altered:
        said.append(
            f"{count(len(done.altered), 'file')} of evidence stayed as it was, altered or without"
            f" its key: {name_some(done.altered)}; `ap db check` names the record"
        )
    left = done.left
    if left:
        are = "These stay as they were" if len(left) > 1 else "This stays as it was"
        said.append(f"{are}, and can be read without the new key: {name_some(left)}")
        if ask_delete(settings, left):
            for file in left:
                file.unlink(missing_ok=True)
            said.append(f"Deleted: {count(len(left), 'file')}")
    lines = fixed_lines(str(done.store))
    return Result(f"db {what}", [as_row(done)], lines=lines, said=tuple(said), kept="the store")


def name_some(files: tuple[Path, ...]) -> str:
    """Name three files at most, and how many more there are."""
    return first_of([str(file) for file in files], 3)


def ask_delete(settings: Settings, left: tuple[Path, ...]) -> bool:
    """Ask on a terminal whether to delete the backups that stay as they were."""
    if not settings.interactive:
        return False
    from ..interview.prompts import ask_yes

    try:
        return ask_yes(f"Delete {count(len(left), 'file')} that stays as it was?", usual=False)
    except (EOFError, KeyboardInterrupt):  # the store is done already
        return False


def count_rest(found: Recoded) -> str:
    """How many files belong to a store: "2 files of evidence and 1 backup"."""
    return f"{count(found.evidence, 'file')} of evidence and {count(found.backups, 'backup')}"


def as_row(found: Recoded, done: bool = True) -> dict[str, Any]:
    """What was written anew, as data."""
    return {
        "store": str(found.store),
        "evidence": found.evidence,
        "backups": found.backups,
        "left": [str(file) for file in (*found.left, *found.altered)],
        "key": found.kept_in,
        "key_before": found.before_in,
        "done": done,
    }
