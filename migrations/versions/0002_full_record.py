"""Add attendance marks, withdrawn entries, undoing, and more facts of a placement."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0002", "0001"

PLACEMENT = {
    "location_discussed": sa.Date(),
    "route_safe": sa.Boolean(),
    "dual_registered": sa.Date(),
    "code": sa.Text(),
    "code_elsewhere": sa.Boolean(),
    "code_educational": sa.Boolean(),
    "code_approved": sa.Boolean(),
    "code_supervised": sa.Boolean(),
    "owner": sa.Text(),
    "never_started": sa.Boolean(),
}
AUDIT = {
    "reason": sa.Text(),
    "unit": sa.Integer(),
    "undoes": sa.Integer(),
    "place": sa.Text(),
    "row": sa.Integer(),
}


def upgrade() -> None:
    for table, columns in {
        "placement": PLACEMENT,
        "audit": AUDIT,
        "week": {"at_home": sa.Text()},
        "entry": {"withdrawn": sa.Text()},
    }.items():
        for name, kind in columns.items():
            op.add_column(table, sa.Column(name, kind, nullable=True))
    op.create_index(op.f("ix_audit_unit"), "audit", ["unit"], unique=False)
    op.create_table(
        "mark",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("placement", sa.Integer(), nullable=False),
        sa.Column("pupil", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("half", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("nature", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("replaces", sa.Integer(), nullable=True),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("unit", sa.Integer(), nullable=False),
        sa.CheckConstraint("half IN (0, 1)", name=op.f("ck_mark_half")),
        sa.CheckConstraint("replaces IS NULL OR reason IS NOT NULL", name=op.f("ck_mark_reason")),
        sa.ForeignKeyConstraint(["placement"], ["placement.id"], name=op.f("fk_mark_placement")),
        sa.ForeignKeyConstraint(["pupil"], ["pupil.id"], name=op.f("fk_mark_pupil")),
        sa.ForeignKeyConstraint(["replaces"], ["mark.id"], name=op.f("fk_mark_replaces")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mark")),
    )
    where = sa.text("current")
    op.create_index(
        "uq_mark_pupil_day_half",
        "mark",
        ["pupil", "day", "half"],
        unique=True,
        sqlite_where=where,
        postgresql_where=where,
    )
    op.create_index(op.f("ix_mark_placement_day"), "mark", ["placement", "day"], unique=False)
