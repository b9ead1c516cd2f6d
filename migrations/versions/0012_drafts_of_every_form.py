"""Keep drafts of every form: each names its form and the record that it is about."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0012", "0011"


def upgrade() -> None:
    op.add_column("draft", sa.Column("about", sa.Text()))
    op.execute("UPDATE draft SET form = 'placement new' WHERE form = 'placement'")
