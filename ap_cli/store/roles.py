"""The roles of those who use a store on a server, and what each may do with each table.

A role is a group of the database's users, named after the database and the schema of the store, so
that several stores on one server have groups of their own.
"""

from __future__ import annotations

from ..domain.roles import Role

VERSION, ATTACHMENT, PUBLISHED = "alembic_version", "attachment", "published"
"""Tables of a store on a server that are not declared: its schema, its files, its reports."""

READ = ("SELECT",)
ADD = (*READ, "INSERT")
REPLACE = (*ADD, "UPDATE")
CHANGE = (*REPLACE, "DELETE")

WRITER_MAY = {
    **dict.fromkeys(("store", "erased", "seen", VERSION), READ),
    **dict.fromkeys(("audit", "chain", "proof"), ADD),
    **dict.fromkeys(("counter", "mark", PUBLISHED), REPLACE),
    ATTACHMENT: (*ADD, "UPDATE(at, content)"),
    **dict.fromkeys(("commissioner", "pupil", "provider", "site", "placement", "week"), CHANGE),
    **dict.fromkeys(("entry", "term", "closure", "overlay", "hold", "draft"), CHANGE),
}
"""What a writer may do with each table, by name, so that each new one is thought of.

Nothing of the log is ever changed, no mark and no file deleted; triggers keep a file that is whole.
"""

REPORT_READS = (VERSION, PUBLISHED)
"""The tables that the role REPORT reads; no name and no reference is in them."""

ACCESS = "access"
"""What the log calls who may use a store: no record of it, and nothing that is undone."""

LONGEST = 63
"""The most bytes of a name on a server."""


def group_name(database: str, schema: str, role: Role) -> str:
    """Return the name of the group of a role in a store: "ap.public.reader".

    Where a name is too long, or holds a dot, a digest of both stands for it.
    """
    name = f"{database}.{schema}.{role}"
    if len(name.encode()) <= LONGEST and name.count(".") == 2:
        return name
    from hashlib import sha256

    digest = sha256(f"{len(database)}.{database}.{schema}".encode()).hexdigest()[:24]
    return f"ap-{digest}.{role}"


def privileges(role: Role, table: str) -> tuple[str, ...]:
    """Return what a role may do with a table or a view; an administrator owns it."""
    if role is Role.REPORT:
        return READ if table in REPORT_READS else ()
    if role is Role.READER:
        return READ
    return WRITER_MAY.get(table, READ)
