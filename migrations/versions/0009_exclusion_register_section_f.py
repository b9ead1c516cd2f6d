"""Ask what exclusion, the register and section F turn on."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0009", "0008"


def upgrade() -> None:
    op.add_column("placement", sa.Column("section_f_given", sa.Boolean()))
    op.add_column("placement", sa.Column("section_f", sa.Text()))
    op.add_column("placement", sa.Column("removal_ground", sa.Text()))
    op.add_column("pupil", sa.Column("school_is_independent", sa.Boolean()))
    op.add_column("pupil", sa.Column("social_worker", sa.Text()))
    op.add_column("pupil", sa.Column("next_pep", sa.Date()))
    op.add_column("pupil", sa.Column("year_taught", sa.Text()))
    op.add_column("pupil", sa.Column("last_exam", sa.Date()))
