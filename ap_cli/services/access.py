"""Who may use a store on a server: let somebody in, take it away, and list who is in."""

from __future__ import annotations

from contextlib import AbstractContextManager
from difflib import get_close_matches

from msgspec import Struct

from ..domain.roles import Role
from ..errors import ApError
from ..forms.text import echo, printable
from ..store import driver, grantees, granting
from ..store.access import list_users, refuse_there
from ..store.address import Address
from ..store.author import Author
from ..store.connection import DATABASE_ERRORS, told
from ..store.opening import Store
from ..store.roles import ACCESS, LONGEST
from ..store.unit import UnitOfWork
from ..store.writing import change, rehearse

OF_FILE = (
    "{path} is a file: whoever may read or write it can. Give its folder the permissions for that,"
    " or encrypt it (ap db encrypt); roles are for a store on a server: see ap help server"
)
SUPERUSER, GIVEN, OTHERWISE = "the server's own", "ap access", "other rights"
"""How somebody comes to a role: as one who runs the server, by `grant`, or by something else."""


class User(Struct, frozen=True):
    """A user of a server: the role in a store, what they come to it by, and whether it is you."""

    name: str
    role: Role
    by: str
    is_you: bool


class Changed(Struct, frozen=True):
    """What was changed, or would be, of a user's role; None is no access."""

    name: str
    before: Role | None
    now: Role | None
    may_anyone_create: bool = False


def refuse_file(address: Address) -> None:
    """Raise ApError for a store that is a file, which has no users."""
    if not address.server:
        raise ApError(OF_FILE.format(path=address))


def list_access(store: Store) -> list[User]:
    """List who may use a store, in order of their names."""
    refuse_file(store.address)
    connection = store.connection
    try:
        me = refuse_there(connection, Role.READER)
        groups = granting.groups_of(connection)
        found = list_users(connection)
    except DATABASE_ERRORS as problem:
        raise told(problem, store.address) from None
    users = []
    for name, role, is_super, member_of in found:
        by = GIVEN if groups[role] in member_of else OTHERWISE
        by = SUPERUSER if is_super else by
        users.append(User(name, role, by, name == me))
    return users


def grant(store: Store, author: Author, name: str, role: Role, dry_run: bool = False) -> Changed:
    """Give a user of the server a role in place of the one before; the log has it.

    Raise ApError, with nothing changed, if there is no such user or the role cannot be given.
    """
    refuse_file(store.address)
    connection = store.connection
    with at_once(store, author, f"give {printable(name)} access", dry_run) as unit:
        me = refuse_there(connection, Role.ADMINISTRATOR)
        refuse_unfit(connection, name)
        before = role_now(connection, name)
        if name == me and before is Role.ADMINISTRATOR:
            raise own_rights()
        granting.set_up(connection)
        granting.leave(connection, name, role)
        granting.join(connection, role, name)
        refuse_other_rights(connection, name, role)
        may_anyone = grantees.may_create(connection, "public")
        note(unit, name, before, role)
    return Changed(name, before, role, may_anyone)


def revoke(store: Store, author: Author, name: str, dry_run: bool = False) -> Changed:
    """Take the role of a user away; those whom they let in stay, and the log has it.

    Raise ApError, with nothing changed, if it is your own, there is none, or ap did not give it.
    """
    refuse_file(store.address)
    connection = store.connection
    with at_once(store, author, f"take access from {printable(name)}", dry_run) as unit:
        me = refuse_there(connection, Role.ADMINISTRATOR)
        before = role_now(connection, name)
        if name == me:
            raise own_rights()
        if before is None:
            near = suggest(name, [user for user, *_ in list_users(connection)])
            raise ApError(f"{echo(name, LONGEST)} has no access to this store{near}")
        if granting.is_of_other_groups(connection):
            granting.set_up(connection)
        granting.leave(connection, name, None)
        refuse_other_rights(connection, name, None)
        note(unit, name, before, None)
    return Changed(name, before, None)


def at_once(
    store: Store, author: Author, what: str, dry_run: bool
) -> AbstractContextManager[UnitOfWork]:
    """Keep what the block changes, as a unit of work; nothing if it raises, or with a dry run."""
    return rehearse(store, author, what) if dry_run else change(store, author, what)


def note(unit: UnitOfWork, name: str, before: Role | None, now: Role | None) -> None:
    """Log that a user has another role now; one that they had already is no change."""
    if before is not now:
        old, new = ({"user": name, "role": role} for role in (before, now))
        unit.note(ACCESS, ACCESS, None, old, new)


def role_now(connection: driver.Connection, name: str) -> Role | None:
    """Return the role that a user has, however they came to it; None without any."""
    return next((role for user, role, *_ in list_users(connection) if user == name), None)


def own_rights() -> ApError:
    """Return the error for who would take their own rights away."""
    return ApError("these are your own rights: let another administrator change them")


def refuse_unfit(connection: driver.Connection, name: str) -> None:
    """Raise ApError for a user who is not there, cannot log in, or may do anything already."""
    typed = echo(name, LONGEST)
    found = grantees.find_login(connection, name)
    if found is None:
        near = suggest(name, grantees.known_users(connection))
        raise ApError(
            f"the server has no user {typed}{near}: whoever runs it makes one with createuser"
            " --pwprompt NAME"
        )
    logs_in, inherits, is_super = found
    if is_super:
        raise ApError(f"{typed} runs the server and may do anything: there is nothing to give")
    if not logs_in:
        raise ApError(f"{typed} is a group, which cannot log in: name a user")
    if not inherits:
        raise ApError(
            f"{typed} does not inherit the rights of a group: let whoever runs the server type"
            " ALTER ROLE NAME INHERIT"
        )


def refuse_other_rights(connection: driver.Connection, name: str, role: Role | None) -> None:
    """Raise ApError if a user has another role now, as rights that ap did not give make it."""
    if role_now(connection, name) is not role:
        raise ApError(
            f"{echo(name, LONGEST)} has rights that ap did not give: nothing was changed;"
            " whoever runs the server can take them away"
        )


def suggest(name: str, known: list[str]) -> str:
    """Return which name may have been meant: ", did you mean lea?"; empty if none is near."""
    near = get_close_matches(name, known, 1)
    return f" (did you mean {near[0]}?)" if near else ""
