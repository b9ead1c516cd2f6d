"""What a server is asked about its users and groups, and about what they own of a store."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from . import driver
from .access import HERE, OWNER


def place_of(connection: driver.Connection) -> tuple[str, str]:
    """Return the names of the database and of the schema in which a store is."""
    found = connection.execute("SELECT current_database(), current_schema()").fetchone()
    return str(found[0]), str(found[1])


def owner_of(connection: driver.Connection) -> tuple[str, bool]:
    """Return who owns a store, and whether that is a group."""
    name, logs_in = connection.execute(
        f"SELECT rolname, rolcanlogin FROM pg_roles WHERE oid = ({OWNER})"
    ).fetchone()
    return str(name), not logs_in


def find_login(connection: driver.Connection, name: str) -> tuple[bool, bool, bool] | None:
    """Return whether a user may log in, inherits rights, and is a superuser; None without them."""
    row: tuple[bool, bool, bool] | None = connection.execute(
        "SELECT rolcanlogin, rolinherit, rolsuper FROM pg_roles WHERE rolname = :name",
        {"name": name},
    ).fetchone()
    return row


def known_users(connection: driver.Connection) -> list[str]:
    """List the names of those who may log in to the server."""
    rows = connection.execute("SELECT rolname FROM pg_roles WHERE rolcanlogin ORDER BY rolname")
    return [str(name) for (name,) in rows]


def which_there(connection: driver.Connection, groups: Sequence[str]) -> set[str]:
    """Return which of these groups there are."""
    rows = connection.execute(
        "SELECT rolname FROM pg_roles WHERE rolname = ANY(:groups)", {"groups": list(groups)}
    )
    return {str(name) for (name,) in rows}


def members_of(connection: driver.Connection, group: str) -> list[str]:
    """List who may log in and has the rights of a group by being in it, in order."""
    rows = connection.execute(
        "SELECT DISTINCT u.rolname FROM pg_auth_members m JOIN pg_roles u ON u.oid = m.member"
        " JOIN pg_roles g ON g.oid = m.roleid WHERE g.rolname = :group AND u.rolcanlogin"
        " AND pg_has_role(u.oid, g.oid, 'USAGE') ORDER BY 1",
        {"group": group},
    )
    return [str(name) for (name,) in rows]


def grantors_of(connection: driver.Connection, group: str, user: str) -> list[str]:
    """List who has put a user into a group.

    Whoever makes a group is in it since PostgreSQL 16, without its rights: that stays.
    """
    gives = " AND m.inherit_option" if notes_grantors(connection) else ""
    rows = connection.execute(
        "SELECT DISTINCT b.rolname FROM pg_auth_members m JOIN pg_roles u ON u.oid = m.member"
        " JOIN pg_roles g ON g.oid = m.roleid JOIN pg_roles b ON b.oid = m.grantor"
        f" WHERE g.rolname = :group AND u.rolname = :user{gives} ORDER BY 1",
        {"group": group, "user": user},
    )
    return [str(name) for (name,) in rows]


def notes_grantors(connection: driver.Connection) -> bool:
    """Return whether a server lets only who put a user into a group take them out again."""
    return server_version(connection) >= SINCE_GRANTORS


def may_act_as(connection: driver.Connection, user: str) -> bool:
    """Return whether who is logged in has all rights of another user, or of a group."""
    row = connection.execute("SELECT pg_has_role(:user, 'USAGE')", {"user": user}).fetchone()
    return bool(row[0])


def has_admin_option(connection: driver.Connection, group: str, user: str) -> bool:
    """Return whether a user may put others into a group, of their own."""
    row = connection.execute(
        "SELECT 1 FROM pg_auth_members m JOIN pg_roles u ON u.oid = m.member"
        " JOIN pg_roles g ON g.oid = m.roleid"
        " WHERE g.rolname = :group AND u.rolname = :user AND m.admin_option",
        {"group": group, "user": user},
    ).fetchone()
    return row is not None


SINCE_GRANTORS = 16
"""The version of PostgreSQL since which only who put a user into a group takes them out."""


def relations(connection: driver.Connection) -> dict[str, str]:
    """Map the tables and views where a store is to their owners."""
    rows = connection.execute(
        "SELECT relname, pg_get_userbyid(relowner) FROM pg_class"
        f" WHERE relkind IN ('r', 'v') AND {HERE}"
    )
    return {str(name): str(owner) for name, owner in rows}


def routines(connection: driver.Connection, owners: Collection[str]) -> list[tuple[str, str]]:
    """List functions and operators of these owners where a store is: the kind and the name."""
    rows = connection.execute(
        "SELECT 'ROUTINE', oid::regprocedure::text FROM pg_proc p"
        " WHERE pronamespace = current_schema()::regnamespace"
        " AND pg_get_userbyid(proowner) = ANY(:owners) AND NOT EXISTS (SELECT 1 FROM pg_depend d"
        " WHERE d.objid = p.oid AND d.deptype = 'e')"
        " UNION ALL SELECT 'OPERATOR', oid::regoperator::text FROM pg_operator"
        " WHERE oprnamespace = current_schema()::regnamespace"
        " AND pg_get_userbyid(oprowner) = ANY(:owners)",
        {"owners": list(owners)},
    )
    return [(str(kind), str(name)) for kind, name in rows]


def may_use(connection: driver.Connection, user: str) -> bool:
    """Return whether a user or a group may use the database and the schema of a store."""
    found = connection.execute(
        "SELECT has_schema_privilege(:user, current_schema(), 'USAGE')"
        " AND has_database_privilege(:user, current_database(), 'CONNECT')"
        " AND has_database_privilege(:user, current_database(), 'TEMPORARY')",
        {"user": user},
    ).fetchone()
    return bool(found[0])


def may_create(connection: driver.Connection, user: str) -> bool:
    """Return whether a user or a group may make tables where a store is; "public" is everyone."""
    query = "SELECT has_schema_privilege(:user, current_schema(), 'CREATE')"
    return bool(connection.execute(query, {"user": user}).fetchone()[0])


def current_user(connection: driver.Connection) -> tuple[str, bool, bool]:
    """Return who acts, whether they may do anything on the server, and whether make groups."""
    row: Any = connection.execute(
        "SELECT rolname, rolsuper, rolcreaterole OR rolsuper FROM pg_roles"
        " WHERE rolname = current_user"
    ).fetchone()
    return str(row[0]), bool(row[1]), bool(row[2])


def server_version(connection: driver.Connection) -> int:
    """Return the version of a server: 15 of "15.14"."""
    query = "SELECT current_setting('server_version_num')::int / 10000"
    return int(connection.execute(query).fetchone()[0])
