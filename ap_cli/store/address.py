"""Where a store is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import ClassVar

from msgspec import Struct

from ..errors import ApError
from .key import Key
from .keys import is_plain_database, name_in

SERVER = re.compile(r"postgres(ql)?://", re.IGNORECASE)
"""How the address of a store on a server begins."""

PASSWORD = re.compile(r"(://[^:/?]*):.*@")
"""Where an address of a server may hold a password before its host, and the user before that.

It reads to the last @, further than a server would: a password may have been typed with an @ in it,
or with a / or a ?, and what is wrongly typed is shown in an error.
"""

SECRET = ("password", "secret", "scram")
"""What the names of parameters have in them that hold a password, or what can be used as one."""

KNOWN = (
    *("host", "hostaddr", "port", "dbname", "user", "passfile", "service", "options"),
    *("application_name", "client_encoding", "connect_timeout", "target_session_attrs"),
    *("sslmode", "sslrootcert", "sslcert", "sslkey", "sslcrl", "sslnegotiation"),
    *("gssencmode", "channel_binding", "require_auth", "keepalives", "keepalives_idle"),
)
"""The parameters that are shown after one with a secret.

What else stands there may be the rest of a password that was typed with an & in it.
"""


class Address(Struct, frozen=True):
    """The address of a store: the path of a SQLite file, which may not exist yet, or of a server.

    `server` is the address of a database on a PostgreSQL server as it was typed, empty for a file.
    The path is then what may be shown of it.
    """

    ATTACHMENTS: ClassVar[str] = ".attachments"
    BACKUPS: ClassVar[str] = ".backups"
    """How the names of the folders end that stand beside a store, after its own name."""

    path: Path
    server: str = ""

    def __str__(self) -> str:
        return without_password(self.server) if self.server else str(self.path)

    def __repr__(self) -> str:
        return f"Address({str(self)!r})"

    def exists(self) -> bool:
        """Return whether the file exists."""
        return self.path.exists()

    @property
    def is_encrypted(self) -> bool:
        """Whether the file is there and encrypted: it names its key in its first bytes."""
        return name_in(self.path) is not None

    def has_key(self, key: Key) -> bool:
        """Whether the file is encrypted with a key, by its name."""
        return name_in(self.path) == key.name

    @property
    def is_plain(self) -> bool:
        """Whether the file is there and a database that is not encrypted."""
        return is_plain_database(self.path)

    @property
    def attachments(self) -> Path:
        """Return the folder for files of evidence: beside the store, named after it."""
        return self.path.with_name(self.path.name + self.ATTACHMENTS)

    @property
    def backups(self) -> Path:
        """Return the folder for backups that ap makes: beside the store, named after it."""
        return self.path.with_name(self.path.name + self.BACKUPS)


def read_address(typed: str) -> Address:
    """Return the address of a store from how it was typed: a path, or postgresql://HOST/DATABASE.

    Raise ApError if nothing was typed.
    """
    if typed.strip() in ("", "."):  # the path of an empty text is that of this folder
        raise ApError("--db: type the path of a file, such as ~/ap.db")
    if SERVER.match(typed):
        return Address(Path(without_password(typed)), typed)
    return Address(Path(typed))


def without_password(typed: str) -> str:
    """Return the address of a server without the passwords that it may hold, else as it is."""
    place, _, query = PASSWORD.sub(r"\1@", typed).partition("?")
    shown: list[str] = []
    is_after_secret = False
    for each in query.split("&") if query else []:
        is_secret = _is_secret(each)
        is_after_secret = is_after_secret or is_secret
        if not is_secret and (not is_after_secret or _name_of(each) in KNOWN):
            shown.append(each)
    return "?".join([place, "&".join(shown)]) if shown else place


def has_password(typed: str) -> bool:
    """Return whether what was typed is the address of a server with a password in it."""
    if not SERVER.match(typed):
        return False
    return PASSWORD.search(typed) is not None or any(
        _is_secret(each) for each in typed.partition("?")[2].split("&")
    )


def refuse_password(typed: str, name: str) -> None:
    """Raise ApError if an address of a server holds a password, under the name of what it is for.

    Others who use the computer see what a program was started with.
    """
    if has_password(typed):
        raise ApError(
            f"{name}: leave the password out of the address, where others can see it:"
            " put it into ~/.pgpass, or into PGPASSWORD"
        )


def _is_secret(parameter: str) -> bool:
    """Return whether a parameter of an address holds a secret, however its name is written."""
    return any(each in _name_of(parameter) for each in SECRET)


def _name_of(parameter: str) -> str:
    """Return the name of a parameter of an address, as a server reads it."""
    from urllib.parse import unquote

    return unquote(parameter.partition("=")[0]).casefold()
