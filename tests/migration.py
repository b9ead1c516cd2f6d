"""Drafts the migration for new columns: `poe migration "words"` compares the tables with what the migrations make.

It writes the next numbered file in `migrations/versions`, moves HEAD to it, and writes the script of a new store.
Read the draft before you commit it.
"""

from __future__ import annotations

import re
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Column

from ap_cli.store import connection, schema, tables
from ap_cli.store.opening import SCRIPT

from .new_store import script

HEAD_FILE = Path(connection.__file__)
DRAFT = '''"""{words}."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "{number}", "{before}"


def upgrade() -> None:
{operations}
'''


def differences() -> list[Any]:
    """How the tables differ from those that the migrations make, in Alembic's terms."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ap.db"
        schema.upgrade(path)
        with (
            closing(connection.connect(path)) as store,
            schema.engine_on(store).connect() as compared,
        ):
            context = MigrationContext.configure(compared, opts={"compare_type": False})
            found = compare_metadata(context, tables.SQLModel.metadata)
    return list(found)


def words_of(difference: Any) -> str:
    """Says of a difference what no migration makes yet, where it is, and what to do."""
    if difference[0] != "add_column":
        return f"no migration makes this change of the tables; write one by hand: {difference}"
    _, _, table, column = difference
    return (
        f"the form of a {table} has {column.name}, and no migration adds a column for it: "
        'draft one with `poe migration "what it adds"`'
    )


def operation(difference: Any) -> str:
    """The line of a migration that adds a column; SystemExit for what has to be written by hand."""
    if difference[0] != "add_column":
        raise SystemExit(
            f"only new columns can be drafted; write this migration by hand: {difference}"
        )
    _, _, table, column = difference
    if not column.nullable:
        raise SystemExit(
            f"{table}.{column.name} is required, and the records that are there have none: "
            "write this migration by hand, with a value for them, or let it be unknown with ask(…)"
        )
    return f'    op.add_column("{table}", sa.Column({", ".join(column_words(column))}))'


def column_words(column: Column[Any]) -> list[str]:
    """What makes a column: its name, its type, and the key that it refers to."""
    keys = [f'sa.ForeignKey("{key.target_fullname}")' for key in column.foreign_keys]
    return [f'"{column.name}"', f"sa.{type(column.type).__name__}()", *keys]


def draft(words: str) -> Path:
    """Writes the next migration and moves HEAD; returns the file. SystemExit if there is nothing to draft."""
    found = [operation(difference) for difference in differences()]
    if not found:
        raise SystemExit("nothing to draft: the migrations make the tables as they are")
    number = f"{int(connection.HEAD) + 1:04d}"
    name = "_".join(re.findall(r"[a-z0-9]+", words.lower()))
    file = schema.migrations() / "versions" / f"{number}_{name}.py"
    text = DRAFT.format(
        words=words[:1].upper() + words[1:].rstrip("."),
        number=number,
        before=connection.HEAD,
        operations="\n".join(found),
    )
    file.write_text(text, "utf-8", newline="\n")
    move_head(number)
    SCRIPT.write_text(script(), "utf-8", newline="\n")
    return file


def move_head(number: str) -> None:
    """Lets the program ask for the new migration."""
    text = HEAD_FILE.read_text("utf-8")
    before = f'HEAD = "{connection.HEAD}"'
    if before not in text:
        raise SystemExit(f"{HEAD_FILE} has no line {before}: move it to {number} by hand")
    HEAD_FILE.write_text(text.replace(before, f'HEAD = "{number}"'), "utf-8", newline="\n")


def main() -> None:
    if len(sys.argv) != 2 or not re.search(r"[a-zA-Z]", sys.argv[1]):
        raise SystemExit('say what the migration does: poe migration "a pupil\'s first language"')
    print(draft(sys.argv[1]))


if __name__ == "__main__":
    main()
