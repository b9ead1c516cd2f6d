"""Ask where the pupil is taught."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0006", "0005"


def upgrade() -> None:
    op.add_column("week", sa.Column("place", sa.Text()))
    op.add_column("week", sa.Column("place_address", sa.Text()))
