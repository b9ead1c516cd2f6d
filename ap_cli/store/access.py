"""Who may do what with a store on a server, and what is said to those who may not."""

from __future__ import annotations

from collections.abc import Sequence

from ..domain.roles import Role
from ..errors import NotAllowed
from ..forms.text import join_words
from . import driver
from .roles import PUBLISHED

MOST_NAMED = 3
"""The most administrators that a sentence names."""

ENOUGH = {
    Role.READER: (Role.READER, Role.WRITER, Role.ADMINISTRATOR),
    Role.WRITER: (Role.WRITER, Role.ADMINISTRATOR),
    Role.ADMINISTRATOR: (Role.ADMINISTRATOR,),
}
"""The roles that may do what a role may."""

HERE = "relnamespace = current_schema()::regnamespace"

OWNER = f"SELECT relowner FROM pg_class WHERE relname = 'store' AND relkind = 'r' AND {HERE}"
"""The owner of a store: whoever owns the table that has its id."""

MAY = (
    "has_table_privilege({user}, (SELECT oid FROM pg_class"
    f" WHERE relname = '{{table}}' AND relkind = 'r' AND {HERE}), '{{what}}')"
)


def role_of(user: str) -> str:
    """The role of a user, an expression, in the store: what they may do, however they came to."""
    writes = MAY.format(user=user, table="audit", what="INSERT")
    reads = MAY.format(user=user, table="pupil", what="SELECT")
    counts = MAY.format(user=user, table=PUBLISHED, what="SELECT")
    return (
        f"CASE WHEN pg_has_role({user}, ({OWNER}), 'USAGE') THEN '{Role.ADMINISTRATOR}'"
        f" WHEN {writes} AND {reads} THEN '{Role.WRITER}' WHEN {reads} THEN '{Role.READER}'"
        f" WHEN {counts} THEN '{Role.REPORT}' END"
    )


def find_user(connection: driver.Connection) -> tuple[str, Role | None]:
    """Return who is logged in, and their role."""
    query = f"SELECT session_user, {role_of('session_user')}"
    user, role = connection.execute(query).fetchone()
    return str(user), Role(role) if role else None


def list_users(connection: driver.Connection) -> list[tuple[str, Role, bool, list[str]]]:
    """List who may do anything with a store: user, role, superuser or not, groups, in order."""
    rows = connection.execute(
        f"SELECT rolname, role, rolsuper, groups FROM (SELECT rolname, {role_of('u.oid')} AS role,"
        " rolsuper, ARRAY(SELECT g.rolname::text FROM pg_auth_members m JOIN pg_roles g"
        " ON g.oid = m.roleid WHERE m.member = u.oid) AS groups"
        " FROM pg_roles u WHERE rolcanlogin) users WHERE role IS NOT NULL ORDER BY rolname"
    )
    return [
        (str(user), Role(role), bool(super), list(groups)) for user, role, super, groups in rows
    ]


def refuse_there(connection: driver.Connection, needed: Role) -> str:
    """Return who is logged in to a server.

    Raise NotAllowed, in one sentence, if they may not do what a role may.
    """
    user, role = find_user(connection)
    if role not in ENOUGH[needed]:
        raise NotAllowed(explain_role(connection, role))
    return user


def explain_refusal(connection: driver.Connection) -> str | None:
    """Say why a store refused something to who is logged in; None for an administrator."""
    _, role = find_user(connection)
    return None if role is Role.ADMINISTRATOR else explain_role(connection, role)


def explain_role(connection: driver.Connection, role: Role | None) -> str:
    """Say what somebody of a role may not do, and whom to ask."""
    whom = name_those_to_ask(list_administrators(connection))
    if role is None:
        return f"You have no access to this store yet: ask {whom} for it"
    if role is Role.REPORT:
        return (
            "You may see what this store has published, and no records: type `ap report governors"
            f" --anonymous`, or ask {whom} for more"
        )
    if role is Role.READER:
        return f"You may read this store, not change it: ask {whom} to make you a writer"
    return f"Only an administrator of this store may do this: ask {whom}"


def list_administrators(connection: driver.Connection) -> list[str]:
    """List who may give access, without those who may do anything on the server."""
    return [
        user
        for user, role, is_super, _ in list_users(connection)
        if role is Role.ADMINISTRATOR and not is_super
    ]


def name_those_to_ask(administrators: Sequence[str]) -> str:
    """Name who can give access: "lea, sam or max"; of many the first."""
    return join_words(administrators[:MOST_NAMED] or ["whoever runs the server"], "or")
