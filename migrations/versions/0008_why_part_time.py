"""Ask why a week is part time, and when that is reviewed."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0008", "0007"


def upgrade() -> None:
    op.add_column("placement", sa.Column("part_time_reason", sa.Text()))
    op.add_column("placement", sa.Column("part_time_review", sa.Date()))
