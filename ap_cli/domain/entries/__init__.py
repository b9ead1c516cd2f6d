"""What happens on a day to a placement, a pupil or a provider: one form a kind."""

from __future__ import annotations

from .after import Discussion, FinalReport, FollowUp, Notified, Readiness, Support
from .before import (
    Advice,
    Declaration,
    Evidence,
    Exclusion,
    Notice,
    Plan,
    Reintegration,
    Report,
    Reporting,
    RiskAssessment,
    Sharing,
    Suspension,
    Visit,
)
from .during import (
    Concern,
    Contact,
    Extension,
    Induction,
    Invitation,
    Outcome,
    Progress,
    Remote,
    Review,
    ReviewRequest,
    Waiver,
)
from .entry import Entry

KINDS: dict[str, type[Entry]] = {
    form.KIND: form
    for form in (
        Advice,
        Visit,
        Evidence,
        RiskAssessment,
        Reporting,
        Sharing,
        Plan,
        Reintegration,
        Notice,
        Declaration,
        Suspension,
        Report,
        Exclusion,
        Induction,
        Review,
        Invitation,
        Outcome,
        ReviewRequest,
        Extension,
        Contact,
        Progress,
        Remote,
        Concern,
        Readiness,
        Support,
        FinalReport,
        Discussion,
        FollowUp,
        Notified,
        Waiver,
    )
}
"""Every kind of entry by its name: a new kind is one class and one place here."""
