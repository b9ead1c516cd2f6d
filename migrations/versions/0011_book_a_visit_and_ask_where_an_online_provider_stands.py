"""Book a visit, and ask where an online provider stands."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0011", "0010"


def upgrade() -> None:
    op.add_column("placement", sa.Column("visit_booked", sa.Date()))
    op.add_column("provider", sa.Column("accredited", sa.Boolean()))
    op.add_column("provider", sa.Column("checked_instead", sa.Text()))
