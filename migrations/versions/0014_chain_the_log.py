"""Chain the log so that a later change of it shows, and keep who looked at a child's record."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from ap_cli.store.chain import chain_all
from ap_cli.store.damage import text_or_bytes
from ap_cli.store.queries.chain import guard
from ap_cli.store.schema import driver_connection

revision, down_revision = "0014", "0013"


def upgrade() -> None:
    op.create_table(
        "chain",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("upgraded", sa.Text(), nullable=True),
        sa.Column("marks", sa.Integer(), nullable=False),
        sa.Column("marks_digest", sa.LargeBinary(), nullable=True),
        sa.Column("marks_salt", sa.LargeBinary(), nullable=True),
        sa.Column("head", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chain")),
    )
    op.create_table(
        "proof",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proof")),
    )
    op.create_table(
        "seen",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("asof", sa.Date(), nullable=True),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seen")),
    )
    op.create_index(op.f("ix_seen_subject"), "seen", ["subject"], unique=False)
    connection = driver_connection(op.get_bind())
    if op.get_bind().dialect.name == "sqlite":  # no server had a log then
        connection.text_factory = text_or_bytes  # a damaged entry is chained as it is
        chain_all(connection, datetime.now(UTC).isoformat(timespec="seconds"))
        connection.text_factory = str
    guard(connection)
