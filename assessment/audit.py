"""Which changes the audit trail keeps: what staff does to forums, members and rounds, and what it records of sessions.

Never Invitation, Draft, DraftAnswer or anything of a response: what is not registered leaves no trace. Of themes and
quotes it keeps that they were made, moved or deleted, not their words: those may be a member's.
"""

from auditlog.registry import auditlog

from assessment.models import Forum, GroupLevel, Member, Quote, Round, Seat, Theme, Track, User
from questionnaires.models import QuestionnaireVersion


def register() -> None:
    """Register by name, with what must stay out of the trail."""
    auditlog.register(User, exclude_fields=["password", "last_login"])
    auditlog.register(Forum, m2m_fields={"coaches", "regions"})
    for model in (Seat, Member, Track, GroupLevel):
        auditlog.register(model)
    auditlog.register(Round, exclude_fields=["close_fault"])
    auditlog.register(Theme, exclude_fields=["title", "summary"])
    auditlog.register(Quote, exclude_fields=["text", "answer"])
    auditlog.register(QuestionnaireVersion, exclude_fields=["document"])
