"""The full record: attendance marks, entries that can be withdrawn, changes that can be undone, and more of a placement."""

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
    for view in ("v_review", "v_visit", "v_contact", "v_evidence", "v_waiver"):
        op.execute(f"DROP VIEW {view}")
    for view, query in VIEWS.items():
        op.execute(f"CREATE VIEW {view} AS {query}")


ENTRY = "SELECT e.id, e.day, e.who, e.note"
OF = "FROM entry e WHERE e.withdrawn IS NULL AND e.kind = "
VIEWS = {
    "v_advice": f"""{ENTRY}, e.placement, e.details ->> 'approach' AS approach, e.details ->> 'tried' AS tried, e.details ->> 'said' AS said,
        e.details ->> 'why_not' AS why_not {OF}'advice'""",
    "v_concern": f"""{ENTRY}, e.placement, e.provider, e.details ->> 'about' AS about, e.details ->> 'what' AS what, e.details ->> 'serious' AS
        serious, e.details ->> 'decision' AS decision, e.details ->> 'why_not_stopped' AS why_not_stopped, e.details ->> 'monitoring' AS
        monitoring, e.details ->> 'monitoring_until' AS monitoring_until, e.details ->> 'closed' AS closed, e.details ->> 'outcome' AS
        outcome {OF}'concern'""",
    "v_contact": f"{ENTRY}, e.placement, e.details ->> 'whom' AS whom, e.details ->> 'said' AS said {OF}'contact'",
    "v_declaration": f"""{ENTRY}, e.provider, e.details ->> 'full_time' AS full_time, e.details ->> 'with_plan' AS with_plan, e.details ->> 'with_sen' AS
        with_sen {OF}'declaration'""",
    "v_discussion": f"""{ENTRY}, e.placement, e.details ->> 'took_part' AS took_part, e.details ->> 'achievements' AS achievements, e.details ->>
        'child_view' AS child_view, e.details ->> 'support' AS support {OF}'discussion'""",
    "v_evidence": f"{ENTRY}, e.provider, e.details ->> 'item' AS item, e.details ->> 'expires' AS expires, e.details ->> 'file' AS file {OF}'evidence'",
    "v_exclusion": f"""{ENTRY}, e.pupil, e.details ->> 'permanent' AS permanent, e.details ->> 'until' AS until, e.details ->> 'examinations_taken' AS
        examinations_taken, e.details ->> 'fewer_hours' AS fewer_hours {OF}'exclusion'""",
    "v_extension": f"""{ENTRY}, e.placement, e.details ->> 'last' AS last, e.details ->> 'review' AS review, e.details ->> 'reason' AS reason
        {OF}'extension'""",
    "v_final_report": f"{ENTRY}, e.placement, e.details ->> 'progress' AS progress, e.details ->> 'recommends' AS recommends {OF}'final-report'",
    "v_follow_up": f"{ENTRY}, e.placement, e.details ->> 'settled' AS settled, e.details ->> 'support_given' AS support_given {OF}'follow-up'",
    "v_induction": f"""{ENTRY}, e.placement, e.details ->> 'academic_level' AS academic_level, e.details ->> 'prior_attendance' AS prior_attendance,
        e.details ->> 'engagement' AS engagement, e.details ->> 'ambitions' AS ambitions, e.details ->> 'parents_involved' AS
        parents_involved, e.details ->> 'tells' AS tells {OF}'induction'""",
    "v_invitation": f"{ENTRY}, e.placement, e.details ->> 'review_on' AS review_on, e.details ->> 'invited' AS invited {OF}'invitation'",
    "v_notice": f"""{ENTRY}, e.placement, e.details ->> 'given_to' AS given_to, e.details ->> 'address' AS address, e.details ->> 'report_to' AS
        report_to, e.details ->> 'days' AS days, e.details ->> 'reasons' AS reasons, e.details ->> 'session_times' AS session_times,
        e.details ->> 'at_most_until' AS at_most_until {OF}'notice'""",
    "v_notified": f"{ENTRY}, e.placement, e.details ->> 'number' AS number {OF}'notified'",
    "v_outcome": f"{ENTRY}, e.placement, e.details ->> 'told' AS told, e.details ->> 'reasons' AS reasons {OF}'outcome'",
    "v_plan": f"""{ENTRY}, e.placement, e.details ->> 'agreed_by' AS agreed_by, e.details ->> 'roles' AS roles, e.details ->> 'linked_to_ehcp' AS
        linked_to_ehcp, e.details ->> 'linked_to_health_plan' AS linked_to_health_plan {OF}'plan'""",
    "v_progress": f"""{ENTRY}, e.placement, e.details ->> 'progress' AS progress, e.details ->> 'achievements' AS achievements, e.details ->>
        'attendance' AS attendance, e.details ->> 'behaviour' AS behaviour {OF}'progress'""",
    "v_readiness": f"""{ENTRY}, e.placement, e.details ->> 'takes_support' AS takes_support, e.details ->> 'works_steadily' AS works_steadily, e.details
        ->> 'attends' AS attends, e.details ->> 'wants_to_learn' AS wants_to_learn, e.details ->> 'trusts_staff' AS trusts_staff,
        e.details ->> 'wants_peers' AS wants_peers, e.details ->> 'communicates' AS communicates, e.details ->> 'respects_things' AS
        respects_things, e.details ->> 'knows_self' AS knows_self, e.details ->> 'does_well_supported' AS does_well_supported
        {OF}'readiness'""",
    "v_reintegration": f"""{ENTRY}, e.placement, e.details ->> 'readiness' AS readiness, e.details ->> 'provider_gives' AS provider_gives, e.details ->>
        'school_gives' AS school_gives, e.details ->> 'timetable' AS timetable {OF}'reintegration'""",
    "v_remote": f"""{ENTRY}, e.placement, e.details ->> 'last_resort' AS last_resort, e.details ->> 'until' AS until, e.details ->> 'engaged' AS
        engaged {OF}'remote'""",
    "v_report": f"{ENTRY}, e.provider, e.details ->> 'told' AS told, e.details ->> 'said' AS said {OF}'report'",
    "v_reporting": f"""{ENTRY}, e.placement, e.provider, e.details ->> 'absence' AS absence, e.details ->> 'concerns' AS concerns, e.details ->>
        'progress' AS progress, e.details ->> 'marks_here' AS marks_here, e.details ->> 'contact_there' AS contact_there, e.details ->>
        'contact_here' AS contact_here {OF}'reporting'""",
    "v_request": f"""{ENTRY}, e.placement, e.details ->> 'asked_by' AS asked_by, e.details ->> 'refused' AS refused, e.details ->> 'refusal' AS refusal
        {OF}'request'""",
    "v_review": f"""{ENTRY}, e.placement, e.details ->> 'took_part' AS took_part, e.details ->> 'objectives_met' AS objectives_met, e.details ->>
        'attending' AS attending, e.details ->> 'safe' AS safe, e.details ->> 'needs_met' AS needs_met, e.details ->> 'child_view' AS
        child_view, e.details ->> 'decided' AS decided, e.details ->> 'extend_to' AS extend_to, e.details ->> 'next_review' AS next_review
        {OF}'review'""",
    "v_risk": f"""{ENTRY}, e.placement, e.provider, e.details ->> 'checked' AS checked, e.details ->> 'competent_person' AS competent_person,
        e.details ->> 'statement' AS statement, e.details ->> 'parents_told' AS parents_told, e.details ->> 'commissioner_told' AS
        commissioner_told, e.details ->> 'this_child' AS this_child, e.details ->> 'discussed' AS discussed, e.details ->> 'must_register'
        AS must_register, e.details ->> 'limits_known' AS limits_known, e.details ->> 'safe_working' AS safe_working, e.details ->>
        'pupil_knows' AS pupil_knows {OF}'risk'""",
    "v_sharing": f"""{ENTRY}, e.placement, e.details ->> 'whom' AS whom, e.details ->> 'sen' AS sen, e.details ->> 'medical' AS medical, e.details ->>
        'literacy' AS literacy, e.details ->> 'safeguarding' AS safeguarding {OF}'sharing'""",
    "v_support": f"""{ENTRY}, e.placement, e.details ->> 'need' AS need, e.details ->> 'given_by' AS given_by, e.details ->> 'until' AS until,
        e.details ->> 'helps' AS helps {OF}'support'""",
    "v_suspension": f"{ENTRY}, e.provider, e.details ->> 'suspended' AS suspended, e.details ->> 'reason' AS reason {OF}'suspension'",
    "v_visit": f"""{ENTRY}, e.placement, e.provider, e.details ->> 'purpose' AS purpose, e.details ->> 'needs_met' AS needs_met, e.details ->>
        'english_and_mathematics' AS english_and_mathematics, e.details ->> 'breadth' AS breadth, e.details ->> 'qualifications' AS
        qualifications, e.details ->> 'sequencing' AS sequencing, e.details ->> 'personal_development' AS personal_development, e.details
        ->> 'health_and_safety' AS health_and_safety, e.details ->> 'child_seen' AS child_seen {OF}'visit'""",
    "v_waiver": f"""{ENTRY}, e.placement, e.pupil, e.provider, e.details ->> 'rule' AS rule, e.details ->> 'reason' AS reason, e.details ->> 'until'
        AS until {OF}'waiver'""",
    "v_mark": """SELECT m.id, m.placement, m.pupil, m.day, CASE m.half WHEN 0 THEN 'am' ELSE 'pm' END AS session, m.code, m.nature, m.reason,
        m.who, m.at FROM mark m WHERE m.current""",
}
"""Each kind of entry as columns, and the marks that stand, for other programs to read."""
