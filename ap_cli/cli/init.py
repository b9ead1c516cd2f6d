"""ap init"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from ..domain.commissioner import Commissioner
from ..errors import Interrupted
from ..extras import is_installed
from ..render.result import Result, fixed_lines
from . import nouns
from .command import command, single
from .encrypting import RECOVERY_TO, encrypt_db, refuse_without_place
from .preferences import PREFERENCES
from .settings import Settings

app = single()


@command(app, form=Commissioner, name="init")
def init_store(
    settings: Settings,
    given: Mapping[str, Any],
    encrypt: Annotated[
        bool | None,
        typer.Option(
            "--encrypt/--no-encrypt",
            help="Encrypt the new store, or do not ask: see `ap help encryption`.",
            show_default=False,
        ),
    ] = None,
    recovery_to: Annotated[Path | None, RECOVERY_TO] = None,
) -> Result:
    """Make the store and say who commissions; more than one can be added.

    The first time, a terminal also asks how the screen shows children's names, and whether to
    encrypt the store if this computer has a key ring.

    Examples: ap init --commissioner "Test Academy" --kind academy; ap init;
    ap init --commissioner "Test Council" --kind local-authority
    """
    fresh = is_fresh(settings)
    if encrypt:
        refuse_without_place(settings, passphrase=False, recovery_to=recovery_to)
    if not given and not settings.interactive:
        result = make_store(settings, fresh)
    else:
        result = nouns.add_record(settings, Commissioner, given)
        if settings.interactive and "names" not in settings.preferences.written:
            result.said += choose_names(settings)
    if encrypt or (encrypt is None and fresh and wants_encryption(settings)):
        result.said += encrypt_new(settings, recovery_to)
    return result


def is_fresh(settings: Settings) -> bool:
    """Whether there is no store yet, or this call has made it on its server."""
    if settings.address.server:
        return settings.store.is_new
    return not settings.address.exists()


def make_store(settings: Settings, fresh: bool) -> Result:
    """Make a store if there is none, and say where it is."""
    settings.store.close()
    return Result(
        "init",
        [{"store": str(settings.address), "made": fresh}],
        lines=fixed_lines(str(settings.address)),
        said=(f"the store {'was made' if fresh else 'is'} at {settings.address}",),
        kept="the new store" if fresh else "",
    )


def wants_encryption(settings: Settings) -> bool:
    """Ask whether to encrypt a new store, on a terminal of a computer with what that needs."""
    if settings.address.server or not settings.interactive or not is_installed("encrypted"):
        return False
    from ..interview.prompts import ask_yes
    from ..store.keys import can_keep

    if not can_keep():
        return False
    try:
        return ask_yes("Encrypt the store? Its key is kept on this computer for you.")
    except (EOFError, KeyboardInterrupt):  # the commissioner is in the store already
        return False


def encrypt_new(settings: Settings, recovery_to: Path | None) -> tuple[str, ...]:
    """Encrypt a store that was just made; return what is to be said of it.

    A person who stops there has a store that is not encrypted, which is said.
    """
    settings.close()
    try:
        return encrypt_db(settings, recovery_to=recovery_to).said
    except (EOFError, KeyboardInterrupt, Interrupted):
        return ("The store is not encrypted: `ap db encrypt` does that later",)


def choose_names(settings: Settings) -> tuple[str, ...]:
    """Ask how the screen shows children's names, and write it in the user's file.

    Return what is to be said of it: nothing if the question was left.
    """
    from ..interview.prompts import ask_names
    from .config import change_setting

    try:
        style = ask_names()
    except (EOFError, KeyboardInterrupt):  # the commissioner is in the store already
        return ()
    return change_setting(settings, PREFERENCES["names"], style).said
