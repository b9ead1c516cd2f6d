"""Give a store an id, reviews an ordinal, and pupils, log and drafts their commissioner."""

import secrets

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0013", "0012"

OWNER = "commissioner INTEGER REFERENCES commissioner (id)"
"""Alembic cannot add a column that refers to another table of SQLite without copying the table."""

ONLY = "(SELECT CASE count(*) WHEN 1 THEN min(c.id) END FROM commissioner c)"
PLACED = (
    "(SELECT pl.commissioner FROM placement pl WHERE pl.pupil = {0}"
    " AND pl.commissioner IS NOT NULL ORDER BY pl.starts DESC, pl.id DESC LIMIT 1)"
)


def upgrade() -> None:
    op.create_table(
        "store",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_store")),
    )
    own = sa.text("INSERT INTO store (id, uid) VALUES (1, :uid)")
    op.execute(own.bindparams(uid=secrets.token_hex(16)))
    op.add_column("entry", sa.Column("ordinal", sa.Integer()))
    op.execute(
        "UPDATE entry SET ordinal = (SELECT count(*) FROM entry o WHERE o.kind = 'review'"
        " AND o.placement = entry.placement AND o.id <= entry.id)"
        " WHERE kind = 'review' AND placement IS NOT NULL"
    )
    op.execute(f"ALTER TABLE pupil ADD COLUMN {OWNER}")
    op.execute(f"UPDATE pupil SET commissioner = COALESCE({PLACED.format('pupil.id')}, {ONLY})")
    op.execute(f"ALTER TABLE draft ADD COLUMN {OWNER}")
    own_drafts()
    op.add_column("audit", sa.Column("commissioner", sa.Integer()))
    op.create_index(op.f("ix_audit_place_row"), "audit", ["place", "row"], unique=False)
    own_log()


def own_drafts() -> None:
    """Give drafts the commissioner of what they are about, as far as their references show."""
    op.execute(
        "UPDATE draft SET commissioner = (SELECT pl.commissioner FROM placement pl"
        " WHERE pl.id = CAST(substr(draft.about, 4) AS INTEGER)) WHERE about LIKE 'PL-%'"
    )
    op.execute(
        "UPDATE draft SET commissioner = (SELECT p.commissioner FROM pupil p"
        " WHERE p.id = CAST(substr(draft.about, 3) AS INTEGER)) WHERE about LIKE 'P-%'"
    )


def own_log() -> None:
    """Give each entry of the log the commissioner of what it is about, as far as it is there."""
    op.execute(
        "UPDATE audit SET commissioner = (SELECT pl.commissioner FROM placement pl"
        " WHERE pl.id = CAST(substr(audit.subject, 4) AS INTEGER)) WHERE subject LIKE 'PL-%'"
    )
    op.execute(
        "UPDATE audit SET commissioner = (SELECT p.commissioner FROM pupil p"
        " WHERE p.id = CAST(substr(audit.subject, 3) AS INTEGER)) WHERE subject LIKE 'P-%'"
    )
    op.execute(
        "UPDATE audit SET commissioner = CAST(substr(subject, 3) AS INTEGER)"
        " WHERE subject LIKE 'C-%'"
    )
