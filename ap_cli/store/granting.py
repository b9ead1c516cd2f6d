"""Give the users of a server rights in a store: each role is a group of them.

The tables belong to the group of the administrators, so that each of them can upgrade the store.
What the other groups may do is granted again with each upgrade.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ..domain.roles import Role
from ..errors import ApError
from . import driver, grantees
from .declared import TABLES
from .roles import ATTACHMENT, PUBLISHED, READ, VERSION, group_name, privileges
from .views import view_statements

SCRIPT = Path(__file__).with_name("server.sql")
"""The functions that a server needs, and SQLite has."""

LOOKS = "log_look(date, text, text)"
"""The function by which who only reads is logged as well."""

OTHERS = (Role.REPORT, Role.READER, Role.WRITER)
"""The roles whose groups own nothing."""


def groups_of(connection: driver.Connection) -> dict[Role, str]:
    """Map the roles to the names of their groups, which may not be there yet."""
    database, schema = grantees.place_of(connection)
    return {role: group_name(database, schema, role) for role in Role}


def groups_in_force(connection: driver.Connection) -> dict[Role, str] | None:
    """Map the roles to the groups that have rights in a store; None if one user has it alone.

    Those of a database that was copied or renamed are of its name before.
    """
    owner, is_group = grantees.owner_of(connection)
    if not is_group:
        return None
    beginning = owner.removesuffix(Role.ADMINISTRATOR)
    groups = {role: f"{beginning}{role}" for role in Role}
    there = grantees.which_there(connection, list(groups.values()))
    return groups if len(there) == len(groups) else None


def make_groups(connection: driver.Connection) -> None:
    """Make the groups of a store, in a transaction; raise ApError if this user may not.

    Administrators may put others into each group. Whoever has owned the store is one of them.
    """
    groups = groups_of(connection)
    there = grantees.which_there(connection, list(groups.values()))
    missing = {role: name for role, name in groups.items() if name not in there}
    user, is_super, may_make = grantees.current_user(connection)
    if missing and not may_make:
        raise ApError(
            "the groups of this store are not made yet, and your user may not make them: let"
            f" whoever runs the server type ALTER ROLE {spell(user)} CREATEROLE, then try again"
        )
    for name in missing.values():
        connection.execute(f"CREATE ROLE {spell(name)} NOLOGIN")
    owners = groups[Role.ADMINISTRATOR]
    for role in OTHERS:
        if role in missing:
            give_others(connection, groups[role], owners)
    owner, is_group = grantees.owner_of(connection)
    known = grantees.members_of(connection, owners)
    for name in dict.fromkeys([*([] if is_super else [user]), *([] if is_group else [owner])]):
        if name not in known:
            join(connection, Role.ADMINISTRATOR, name)
    take_over(connection)


def is_of_other_groups(connection: driver.Connection) -> bool:
    """Return whether groups of another name own a store: its database was copied, or renamed."""
    owner, is_group = grantees.owner_of(connection)
    return is_group and owner != groups_of(connection)[Role.ADMINISTRATOR]


def take_over(connection: driver.Connection) -> None:
    """Put those of groups of another name into those of this store, which alone have rights."""
    if not is_of_other_groups(connection):
        return
    for role, group in (groups_in_force(connection) or {}).items():
        for name in grantees.members_of(connection, group):
            join(connection, role, name)
        if role is not Role.ADMINISTRATOR:
            for table in own_relations(connection):
                connection.execute(f"REVOKE ALL ON {spell(table)} FROM {spell(group)}")
            connection.execute(f"REVOKE ALL ON FUNCTION {LOOKS} FROM {spell(group)}")


def give_others(connection: driver.Connection, group: str, owners: str) -> None:
    """Let administrators put others into a group."""
    connection.execute(f"GRANT {spell(group)} TO {spell(owners)} WITH ADMIN OPTION")


def set_rights(connection: driver.Connection, groups: dict[Role, str]) -> None:
    """Give each group its rights on each table, and all that is a store's to its administrators.

    Call it in a transaction of an administrator, once the groups are there. What is theirs already
    is not touched, as that would wait for all who read.
    """
    connection.executescript(SCRIPT.read_text("utf-8"))
    connection.executescript(
        ";\n".join(
            [*own_all(connection, groups[Role.ADMINISTRATOR]), *grant_all(connection, groups)]
        )
    )


def set_up(connection: driver.Connection) -> None:
    """Make the groups of a store if they are not there, and give each its rights.

    Call it in a transaction of an administrator; raise ApError if the server does not let them.
    """
    make_groups(connection)
    open_place(connection)
    set_rights(connection, groups_of(connection))


def open_place(connection: driver.Connection) -> None:
    """Let each group use the database and schema of a store, and its administrators make tables.

    Raise ApError if they belong to somebody who has to do that.
    """
    database, schema = grantees.place_of(connection)
    groups = groups_of(connection)
    grants = (
        f"GRANT CONNECT, TEMPORARY ON DATABASE {spell(database)} TO {spell_all(groups.values())}",
        f"GRANT USAGE ON SCHEMA {spell(schema)} TO {spell_all(groups.values())}",
        f"GRANT CREATE ON SCHEMA {spell(schema)} TO {spell(groups[Role.ADMINISTRATOR])}",
    )
    for statement in grants:
        connection.execute(statement)
    connection.execute(f"REVOKE CREATE ON SCHEMA {spell(schema)} FROM PUBLIC")
    if not all(grantees.may_use(connection, group) for group in groups.values()) or not (
        grantees.may_create(connection, groups[Role.ADMINISTRATOR])
    ):
        raise ApError(
            "the database or its schema is not yours: let whoever owns it type " + "; ".join(grants)
        )


def own_all(connection: driver.Connection, group: str) -> Iterator[str]:
    """List the statements that give what is a store's to the group of its administrators."""
    owner, _ = grantees.owner_of(connection)
    user, *_ = grantees.current_user(connection)
    for kind, name in grantees.routines(connection, {owner, user} - {group}):
        yield f"ALTER {kind} {name} OWNER TO {spell(group)}"
    for table, owned_by in own_relations(connection).items():
        if owned_by != group:
            yield f"ALTER TABLE {spell(table)} OWNER TO {spell(group)}"


def grant_all(connection: driver.Connection, groups: dict[Role, str]) -> Iterator[str]:
    """List the statements that give each group its rights, and take away what is not its own.

    Tables and views that are made later can be read at once.
    """
    _, schema = grantees.place_of(connection)
    for table in own_relations(connection):
        yield from grant_on(table, groups)
    readers = spell_all((groups[Role.READER], groups[Role.WRITER]))
    yield f"GRANT EXECUTE ON FUNCTION {LOOKS} TO {readers}"
    yield (
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {spell(groups[Role.ADMINISTRATOR])}"
        f" IN SCHEMA {spell(schema)} GRANT {', '.join(READ)} ON TABLES TO {readers}"
    )


def grant_on(table: str, groups: dict[Role, str]) -> Iterator[str]:
    """List the statements that give each group its rights on a table or a view."""
    yield f"REVOKE ALL ON {spell(table)} FROM PUBLIC, {spell_all(groups[role] for role in OTHERS)}"
    for role in OTHERS:
        if may := privileges(role, table):
            yield f"GRANT {', '.join(may)} ON {spell(table)} TO {spell(groups[role])}"


def own_relations(connection: driver.Connection) -> dict[str, str]:
    """Map the tables and views of a store that are there, and no others, to their owners."""
    ours = {*TABLES, VERSION, ATTACHMENT, PUBLISHED, *view_statements()}
    there = grantees.relations(connection)
    return {name: there[name] for name in sorted(ours & there.keys())}


def act_as_owner(connection: driver.Connection) -> None:
    """Let what is made from now on belong to the group that owns the store, if one does."""
    owner, is_group = grantees.owner_of(connection)
    if is_group:
        connection.execute(f"SET ROLE {spell(owner)}")


def join(connection: driver.Connection, role: Role, name: str) -> None:
    """Put a user into the group of a role; an administrator can put others there.

    Since PostgreSQL 16 whoever made the group can do that already, and cannot be given it again.
    """
    groups = groups_of(connection)
    option = ""
    if role is not Role.ADMINISTRATOR:
        if grantees.notes_grantors(connection):  # then any administrator takes them out again
            option = f" GRANTED BY {spell(groups[Role.ADMINISTRATOR])}"
    elif not grantees.has_admin_option(connection, groups[role], name):
        option = " WITH ADMIN OPTION"
    connection.execute(f"GRANT {spell(groups[role])} TO {spell(name)}{option}")


def leave(connection: driver.Connection, name: str, kept: Role | None) -> None:
    """Take a user out of the groups of a store but for one; those whom they let in stay."""
    for role, group in groups_of(connection).items():
        if role is kept:
            continue
        stay = [each for each in grantees.members_of(connection, group) if each != name]
        for grantor in grantees.grantors_of(connection, group, name):
            connection.execute(take_out(connection, group, name, grantor))
        now = grantees.members_of(connection, group)
        for each in stay:
            if each not in now:
                join(connection, role, each)


def take_out(connection: driver.Connection, group: str, name: str, grantor: str) -> str:
    """The statement that takes a user out of a group into which somebody has put them.

    Raise ApError if only those who have put them there may do that.
    """
    if not grantees.notes_grantors(connection):
        return f"REVOKE {spell(group)} FROM {spell(name)}"
    if not grantees.may_act_as(connection, grantor):
        raise ApError(
            f"only {grantor}, who gave these rights, can take them away on this server, or whoever"
            " runs it"
        )
    return f"REVOKE {spell(group)} FROM {spell(name)} GRANTED BY {spell(grantor)} CASCADE"


def spell(name: str) -> str:
    """Return a name as a statement has it."""
    return '"' + name.replace('"', '""') + '"'


def spell_all(names: Iterable[str]) -> str:
    """Return names as a statement has them."""
    return ", ".join(map(spell, names))
