"""Mark the reviews from before a review had to be complete: they count as they are."""

from alembic import op

revision, down_revision = "0010", "0009"


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":  # no server had a store then
        return
    op.execute(
        "UPDATE entry SET details = json_set(details, '$.earlier_edition', json('true'))"
        " WHERE kind = 'review' AND json_valid(details) AND json_type(details) = 'object'"
    )
