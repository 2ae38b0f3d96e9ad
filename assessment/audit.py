"""Which changes the audit trail keeps: what staff does to forums, members, rounds, accounts, sessions and tracks.

Never Invitation, Draft, DraftAnswer or anything of a response: what is not registered leaves no trace. Of themes and
quotes it keeps that they were made, moved or deleted, not their words: those may be a member's. Of sessions it keeps
when they are, and that something was agreed; of a password, a second step and a calendar link that it changed and
never what it is.
"""

from typing import Any

from allauth.account.signals import password_changed, password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.db.models import Model

from assessment.models import (
    Action,
    Benchmark,
    Breakthrough,
    CalendarLink,
    Commitment,
    Forum,
    GroupLevel,
    Member,
    Priority,
    Quote,
    Round,
    Seat,
    Session,
    SharedReport,
    Target,
    Theme,
    Track,
    User,
)
from questionnaires.models import QuestionnaireVersion


def register() -> None:
    """Register by name, with what must stay out of the trail."""
    _register(User, "password", "last_login", "mail_fault")
    _register(Forum, m2m_fields={"coaches", "regions"})
    # Of reference values that they were frozen, not the values and not which results are in them.
    for model in (Seat, Member, Track, GroupLevel, Target, Priority, Action, Breakthrough, Benchmark):
        _register(model)
    _register(Round, "close_fault")
    _register(Theme, "title", "summary")
    _register(Quote, "text", "answer")
    _register(Session, "key", "place", "goal", "agenda", "note", "sequence", "moved_at")
    counts = ("mailing", "mails_sent", "mails_failed")
    _register(SharedReport, "key", "token_hash", "document", "foreword", "left_out", *counts)
    _register(Commitment, "what", "action")
    _register(CalendarLink, "key", "token_hash")
    _register(QuestionnaireVersion, "document")
    authenticator_added.connect(_second_step_added)
    authenticator_removed.connect(_second_step_removed)
    authenticator_reset.connect(_second_step_renewed)
    for changed in (password_changed, password_reset):
        changed.connect(_password_changed)


def _register(model: type[Model], *excluded: str, **options: Any) -> None:
    """Leave out what other models say of this one, such as the invitations of a round."""
    others = [field.name for field in model._meta.get_fields() if field.auto_created and not field.concrete]
    auditlog.register(model, exclude_fields=[*excluded, *others], **options)


def _second_step_added(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    _note(user, "second_step", None, authenticator.type)


def _second_step_removed(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    _note(user, "second_step", authenticator.type, None)


def _second_step_renewed(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    _note(user, "second_step", authenticator.type, authenticator.type)


def _password_changed(user: User, **kwargs: Any) -> None:
    _note(user, "password", "*", "*")


def _note(user: User, what: str, before: str | None, after: str | None) -> None:
    """An entry in the form that changed fields have."""
    LogEntry.objects.log_create(
        user, action=LogEntry.Action.UPDATE, changes={what: [str(before), str(after)]}
    )
