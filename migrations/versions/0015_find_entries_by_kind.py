"""Find the entries of a kind, such as all concerns, without reading the others."""

from alembic import op

revision, down_revision = "0015", "0014"


def upgrade() -> None:
    op.create_index(op.f("ix_entry_kind_placement_day"), "entry", ["kind", "placement", "day"])
