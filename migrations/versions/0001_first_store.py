"""Make the first store: the tables of the record, of terms and drafts, and the audit."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0001", None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("asof", sa.Date(), nullable=True),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_subject"), "audit", ["subject"], unique=False)
    op.create_table(
        "commissioner",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("calendar", sa.Text(), nullable=True),
        sa.Column("not_known", sa.Text(), nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f("ck_commissioner_name")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commissioner")),
    )
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.CheckConstraint("json_valid(answers)", name=op.f("ck_draft_answers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "provider",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("registered", sa.Text(), nullable=True),
        sa.Column("urn", sa.Text(), nullable=True),
        sa.Column("ukprn", sa.Text(), nullable=True),
        sa.Column("checked", sa.Date(), nullable=True),
        sa.Column("checked_where", sa.Text(), nullable=True),
        sa.Column("register_says", sa.Text(), nullable=True),
        sa.Column("contact", sa.Text(), nullable=True),
        sa.Column("contact_email", sa.Text(), nullable=True),
        sa.Column("contact_phone", sa.Text(), nullable=True),
        sa.Column("lead", sa.Text(), nullable=True),
        sa.Column("lead_trained", sa.Date(), nullable=True),
        sa.Column("deputy", sa.Text(), nullable=True),
        sa.Column("deputy_trained", sa.Date(), nullable=True),
        sa.Column("follows_partnership", sa.Boolean(), nullable=True),
        sa.Column("activities", sa.Text(), nullable=True),
        sa.Column("risk", sa.Text(), nullable=True),
        sa.Column("offered_minutes", sa.Integer(), nullable=True),
        sa.Column("on_directory", sa.Boolean(), nullable=True),
        sa.Column("not_known", sa.Text(), nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f("ck_provider_name")),
        sa.CheckConstraint(
            "offered_minutes > 0 AND offered_minutes <= 3600", name=op.f("ck_provider_offered")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider")),
    )
    op.create_table(
        "pupil",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("born", sa.Date(), nullable=False),
        sa.Column("home_school", sa.Text(), nullable=True),
        sa.Column("upn", sa.Text(), nullable=True),
        sa.Column("ehcp", sa.Text(), nullable=True),
        sa.Column("looked_after", sa.Text(), nullable=True),
        sa.Column("sen_support", sa.Text(), nullable=True),
        sa.Column("health_plan", sa.Text(), nullable=True),
        sa.Column("ebsa", sa.Text(), nullable=True),
        sa.Column("level_3", sa.Text(), nullable=True),
        sa.Column("not_known", sa.Text(), nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f("ck_pupil_name")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pupil")),
    )
    op.create_table(
        "term",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("calendar", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.CheckConstraint("last >= first", name=op.f("ck_term_order")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
        sa.UniqueConstraint("calendar", "first", name=op.f("uq_term_calendar_first")),
    )
    op.create_table(
        "site",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("provider", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_site_number")),
        sa.ForeignKeyConstraint(["provider"], ["provider.id"], name=op.f("fk_site_provider")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
        sa.UniqueConstraint("provider", "number", name=op.f("uq_site_provider_number")),
    )
    op.create_table(
        "placement",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("pupil", sa.Integer(), nullable=False),
        sa.Column("commissioner", sa.Integer(), nullable=True),
        sa.Column("pupil_consulted", sa.Date(), nullable=True),
        sa.Column("parents_consulted", sa.Date(), nullable=True),
        sa.Column("teacher_consulted", sa.Date(), nullable=True),
        sa.Column("consulted", sa.Text(), nullable=True),
        sa.Column("tried", sa.Text(), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=True),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("aim", sa.Text(), nullable=True),
        sa.Column("nature", sa.Text(), nullable=True),
        sa.Column("objectives", sa.Text(), nullable=True),
        sa.Column("timeline", sa.Text(), nullable=True),
        sa.Column("pupil_wants", sa.Text(), nullable=True),
        sa.Column("success", sa.Text(), nullable=True),
        sa.Column("outcome_attendance", sa.Text(), nullable=True),
        sa.Column("outcome_attitude", sa.Text(), nullable=True),
        sa.Column("outcome_attainment", sa.Text(), nullable=True),
        sa.Column("outcome_behaviour", sa.Text(), nullable=True),
        sa.Column("outcome_destination", sa.Text(), nullable=True),
        sa.Column("post_16_plan", sa.Boolean(), nullable=True),
        sa.Column("post_16", sa.Text(), nullable=True),
        sa.Column("provider", sa.Integer(), nullable=False),
        sa.Column("site", sa.Integer(), nullable=True),
        sa.Column("extent", sa.Text(), nullable=True),
        sa.Column("exception", sa.Text(), nullable=True),
        sa.Column("curriculum_fit", sa.Text(), nullable=True),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("review_dates", sa.Text(), nullable=True),
        sa.Column("transport", sa.Text(), nullable=True),
        sa.Column("considerations", sa.Text(), nullable=True),
        sa.Column("sharing", sa.Text(), nullable=True),
        sa.Column("exit_strategy", sa.Text(), nullable=True),
        sa.Column("visited", sa.Date(), nullable=True),
        sa.Column("visited_by", sa.Text(), nullable=True),
        sa.Column("completed_by", sa.Text(), nullable=True),
        sa.Column("completed_contact", sa.Text(), nullable=True),
        sa.Column("ended", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.Column("destination", sa.Text(), nullable=True),
        sa.Column("not_known", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(ended IS NULL) = (end_reason IS NULL) AND (ended IS NULL) = (destination IS NULL)",
            name=op.f("ck_placement_ending"),
        ),
        sa.CheckConstraint("ended >= starts", name=op.f("ck_placement_ended")),
        sa.CheckConstraint("ends >= starts", name=op.f("ck_placement_ends")),
        sa.ForeignKeyConstraint(
            ["commissioner"], ["commissioner.id"], name=op.f("fk_placement_commissioner")
        ),
        sa.ForeignKeyConstraint(
            ["provider", "site"],
            ["site.provider", "site.number"],
            name=op.f("fk_placement_provider_site"),
        ),
        sa.ForeignKeyConstraint(["provider"], ["provider.id"], name=op.f("fk_placement_provider")),
        sa.ForeignKeyConstraint(["pupil"], ["pupil.id"], name=op.f("fk_placement_pupil")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
    )
    op.create_index(
        op.f("ix_placement_provider_starts"), "placement", ["provider", "starts"], unique=False
    )
    op.create_index(op.f("ix_placement_pupil"), "placement", ["pupil"], unique=False)
    op.create_table(
        "entry",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("placement", sa.Integer(), nullable=True),
        sa.Column("pupil", sa.Integer(), nullable=True),
        sa.Column("provider", sa.Integer(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("who", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("not_known", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "CASE WHEN placement IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN pupil IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN provider IS NULL THEN 0 ELSE 1 END = 1",
            name=op.f("ck_entry_one_subject"),
        ),
        sa.CheckConstraint("json_valid(details)", name=op.f("ck_entry_details")),
        sa.ForeignKeyConstraint(["placement"], ["placement.id"], name=op.f("fk_entry_placement")),
        sa.ForeignKeyConstraint(["provider"], ["provider.id"], name=op.f("fk_entry_provider")),
        sa.ForeignKeyConstraint(["pupil"], ["pupil.id"], name=op.f("fk_entry_pupil")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
    )
    op.create_index(op.f("ix_entry_placement_day"), "entry", ["placement", "day"], unique=False)
    op.create_index(op.f("ix_entry_provider_day"), "entry", ["provider", "day"], unique=False)
    op.create_index(op.f("ix_entry_pupil_day"), "entry", ["pupil", "day"], unique=False)
    op.create_table(
        "week",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("placement", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("weekly_minutes", sa.Integer(), nullable=False),
        sa.Column("school_minutes", sa.Integer(), nullable=True),
        sa.Column("elsewhere_minutes", sa.Integer(), nullable=True),
        sa.Column("at_provider", sa.Text(), nullable=True),
        sa.Column("at_school", sa.Text(), nullable=True),
        sa.Column("elsewhere", sa.Text(), nullable=True),
        sa.Column("tier", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "elsewhere_minutes > 0 AND elsewhere_minutes <= 3600",
            name=op.f("ck_week_elsewhere_minutes"),
        ),
        sa.CheckConstraint(
            "school_minutes > 0 AND school_minutes <= 3600", name=op.f("ck_week_school_minutes")
        ),
        sa.CheckConstraint(
            "weekly_minutes > 0 AND weekly_minutes <= 3600", name=op.f("ck_week_weekly_minutes")
        ),
        sa.ForeignKeyConstraint(["placement"], ["placement.id"], name=op.f("fk_week_placement")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_week")),
        sa.UniqueConstraint("placement", "since", name=op.f("uq_week_placement_since")),
    )
