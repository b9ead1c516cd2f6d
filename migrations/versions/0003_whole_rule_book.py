"""Add the facts of a pupil and of a placement that more rules decide on."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0003", "0002"

ADDED = {
    "pupil": {
        "on_roll_of_a_pru": sa.Boolean(),
        "medical": sa.Text(),
        "leaving_confirmed": sa.Date(),
    },
    "placement": {
        "for_authority": sa.Boolean(),
        "top_up": sa.Boolean(),
        "away_minutes": sa.Integer(),
        "school_week_minutes": sa.Integer(),
        "full_time_from": sa.Date(),
        "home_reported": sa.Date(),
        "home_agreed": sa.Boolean(),
        "home_until": sa.Date(),
        "home_checked_by": sa.Text(),
        "weekly_pence": sa.Integer(),
        "cost_compared": sa.Date(),
        "removed_from_roll": sa.Date(),
    },
}


def upgrade() -> None:
    for table, columns in ADDED.items():
        for name, kind in columns.items():
            op.add_column(table, sa.Column(name, kind, nullable=True))
