"""Let a placement that ended elsewhere say neither why nor where the pupil went next."""

from alembic import op

revision, down_revision = "0016", "0015"


def upgrade() -> None:
    # SQLite cannot change a check: the table is copied, with whatever a row holds
    is_file = op.get_bind().dialect.name == "sqlite"
    if is_file:
        op.execute("PRAGMA ignore_check_constraints = ON")
    with op.batch_alter_table("placement") as placement:
        placement.drop_constraint(op.f("ck_placement_ending"), type_="check")
        placement.create_check_constraint(
            op.f("ck_placement_ending"),
            "ended IS NOT NULL OR (end_reason IS NULL AND destination IS NULL)",
        )
    if is_file:
        op.execute("PRAGMA ignore_check_constraints = OFF")
