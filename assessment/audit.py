"""Which changes the audit trail keeps: what staff does to forums, members and rounds.

Never Invitation, Draft, DraftAnswer or anything of a response: what is not registered leaves no trace.
"""

from auditlog.registry import auditlog

from assessment.models import Forum, Member, Round, Seat, Track, User
from questionnaires.models import QuestionnaireVersion


def register() -> None:
    """Register by name, with what must stay out of the trail."""
    auditlog.register(User, exclude_fields=["password", "last_login"])
    auditlog.register(Forum, m2m_fields={"coaches", "regions"})
    for model in (Seat, Member, Track):
        auditlog.register(model)
    auditlog.register(Round, exclude_fields=["close_fault"])
    auditlog.register(QuestionnaireVersion, exclude_fields=["document"])
