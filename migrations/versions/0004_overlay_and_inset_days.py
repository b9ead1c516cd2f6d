"""Add the county's overlay, and the days on which a calendar's schools are closed."""

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
