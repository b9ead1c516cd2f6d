"""Let the hours at school and somewhere else be none."""

from alembic import op

revision, down_revision = "0005", "0004"


def upgrade() -> None:
    # SQLite cannot change a check: the table is copied, with whatever a row holds
    is_file = op.get_bind().dialect.name == "sqlite"
    if is_file:
        op.execute("PRAGMA ignore_check_constraints = ON")
    with op.batch_alter_table("week") as week:
        for name in ("school_minutes", "elsewhere_minutes"):
            week.drop_constraint(op.f(f"ck_week_{name}"), type_="check")
            week.create_check_constraint(op.f(f"ck_week_{name}"), f"{name} >= 0 AND {name} <= 3600")
    if is_file:
        op.execute("PRAGMA ignore_check_constraints = OFF")
