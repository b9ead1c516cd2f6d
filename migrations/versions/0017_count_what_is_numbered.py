"""Count the numbers that were given out, so that none is given again."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0017", "0016"

LARGEST = 2**63 - 1
RECORDS = ("commissioner", "pupil", "provider", "site", "placement", "week", "entry")
NUMBERED = (*RECORDS, "term", "closure", "overlay", "mark")


def upgrade() -> None:
    op.create_table(
        "counter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counter")),
        sa.UniqueConstraint("name", name=op.f("uq_counter_name")),
    )
    count(
        "unit", f"SELECT max(unit) FROM audit WHERE unit <= {LARGEST}", "SELECT max(id) FROM chain"
    )
    count("audit", "SELECT max(id) FROM audit", "SELECT max(id) FROM proof")
    count("seen", "SELECT max(id) FROM seen")
    if op.get_bind().dialect.name == "sqlite":
        count("draft", "SELECT max(seq) FROM sqlite_sequence WHERE name = 'draft'")
    for table in NUMBERED:
        log = f'SELECT max("row") FROM audit WHERE place = \'{table}\' AND "row" <= {LARGEST}'
        count(table, f"SELECT max(id) FROM {table}", log)


def count(name: str, *highest: str) -> None:
    """Note the highest number that was given out of a kind, if any was."""
    found = [op.get_bind().exec_driver_sql(query).scalar() for query in highest]
    numbers = [number for number in found if isinstance(number, int)]
    if numbers:
        counter = sa.text(
            "INSERT INTO counter (id, name, last)"
            " SELECT coalesce(max(id), 0) + 1, :name, :last FROM counter"
        )
        op.execute(counter.bindparams(name=name, last=max(numbers)))
