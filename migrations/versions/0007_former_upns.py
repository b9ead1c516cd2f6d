"""Ask which UPNs a pupil had before."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0007", "0006"


def upgrade() -> None:
    op.add_column("pupil", sa.Column("former_upns", sa.Text()))
