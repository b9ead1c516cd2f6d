"""The county's overlay, the days of a calendar on which its schools are closed, and the name of an item of its own checklist."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0004", "0003"


def upgrade() -> None:
    op.create_table(
        "closure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("calendar", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_closure"),
        sa.UniqueConstraint("calendar", "day", name="uq_closure_calendar_day"),
    )
    op.create_table(
        "overlay",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("made", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_overlay"),
    )
    op.execute("DROP VIEW v_evidence")
    op.execute(
        "CREATE VIEW v_evidence AS SELECT e.id, e.day, e.who, e.note, e.provider, e.details ->> 'item' AS item, e.details ->> 'named' AS named,"
        " e.details ->> 'expires' AS expires, e.details ->> 'file' AS file FROM entry e WHERE e.withdrawn IS NULL AND e.kind = 'evidence'"
    )
