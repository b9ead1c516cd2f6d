"""ap access"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..domain.roles import Role
from ..errors import ApError
from ..forms.text import join_words
from ..render.result import Result, View
from ..services import access as service
from .command import command, group
from .settings import Settings

if TYPE_CHECKING:
    from ..services.access import Changed

app = group("Say who may use a store on a server, and what they may do.")
NAME = typer.Argument(metavar="NAME", help="A user of the database.", show_default=False)
ROLE = typer.Option(
    "--role", help="What they may do: see `ap help server`.", show_default=False, metavar="ROLE"
)
DRY_RUN = typer.Option("--dry-run", help="Say what would change, and change nothing.")


@command(app, name="grant")
def grant_access(
    settings: Settings,
    name: Annotated[str, NAME],
    role: Annotated[str, ROLE],
    dry_run: Annotated[bool, DRY_RUN] = False,
) -> Result:
    """Give a user of the database a role in the store, in place of the one before.

    A reader sees all and changes nothing, a writer records, an administrator also upgrades, erases
    and gives access, and for the role report there are published numbers alone.

    Examples: ap access grant lea --role writer; ap access grant sam --role reader --dry-run;
    ap access grant governor --role report --json
    """
    service.refuse_file(settings.address)
    changed = service.grant(settings.store, settings.author, name, read_role(role), dry_run)
    return show_changed("access grant", changed, dry_run)


@command(app, name="revoke")
def revoke_access(
    settings: Settings, name: Annotated[str, NAME], dry_run: Annotated[bool, DRY_RUN] = False
) -> Result:
    """Take away what a user of the database may do with the store, at once.

    `ap access grant` gives it back. Those whom an administrator has let in stay.

    Examples: ap access revoke lea; ap access revoke lea --dry-run; ap access revoke lea --json
    """
    service.refuse_file(settings.address)
    changed = service.revoke(settings.store, settings.author, name, dry_run)
    return show_changed("access revoke", changed, dry_run)


@command(app, name="list")
def list_access(settings: Settings) -> Result:
    """List who may use the store, what they may do, and who gave them that.

    Examples: ap access list; ap access list --json; ap access list --csv
    """
    service.refuse_file(settings.address)
    rows = [
        {"user": user.name, "role": user.role, "by": user.by, "you": user.is_you}
        for user in service.list_access(settings.store)
    ]
    return Result("access list", rows, ("user", "role", "by", "you"), user_lines)


def read_role(typed: str) -> Role:
    """The role of a name; raise ApError with all of them if there is none."""
    try:
        return Role(typed.strip().lower())
    except ValueError:
        raise ApError(f"--role: choose {join_words(Role, 'or')}") from None


def user_lines(rows: Iterable[dict[str, Any]], _: View) -> Iterator[str]:
    """A line each: who, the role, and by what if not by ap."""
    for row in rows:
        notes = [row["by"]] if row["by"] != service.GIVEN else []
        notes += ["you"] if row["you"] else []
        told = f" ({', '.join(notes)})" if notes else ""
        yield f"{row['user']}  {row['role']}{told}"


def show_changed(kind: str, changed: Changed, dry_run: bool) -> Result:
    """A line that says what a user may do now, and what before."""
    row = {
        "user": changed.name,
        "before": changed.before,
        "now": changed.now,
        "changed": not dry_run,
    }

    def lines(rows: Iterable[dict[str, Any]], _: View) -> Iterator[str]:
        for each in rows:
            would = "would be" if dry_run else "is"
            now, before = in_words(changed.now), in_words(changed.before)
            yield f"{each['user']} {would} {now} (before: {before})"

    said = (CREATED_FOR_ALL,) if changed.may_anyone_create else ()
    return Result(kind, [row], lines=lines, said=said)


CREATED_FOR_ALL = (
    "Every user of this server may make tables where the store is: let whoever runs it type"
    " REVOKE CREATE ON SCHEMA public FROM PUBLIC"
)


def in_words(role: Role | None) -> str:
    """A role as a sentence has it: "a reader", "without access"."""
    if role is None:
        return "without access"
    if role is Role.REPORT:
        return "a reader of published reports"
    return f"an {role}" if role is Role.ADMINISTRATOR else f"a {role}"
