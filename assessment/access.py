"""Who may see which forum: every view of staff starts from one of these querysets."""

from auditlog.models import LogEntry
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from assessment.models import Forum, Member, OpenAnswer, Round, Session, Snapshot, Track, User
from assessment.models.forums import MemberQuerySet
from assessment.models.rounds import RoundQuerySet
from assessment.models.sessions import SessionQuerySet
from questionnaires.models import QuestionnaireVersion, QuestionnaireVersionQuerySet


def forums_for(user: User | AnonymousUser) -> QuerySet[Forum]:
    """All forums for a programme manager, the own ones for a coach; demo forums exist in demo mode only."""
    forums = Forum.objects.all() if settings.DEMO else Forum.objects.filter(is_demo=False)
    if not user.is_authenticated:
        return forums.none()
    return forums if user.is_programme_manager else forums.filter(coaches=user)


def rounds_for(user: User | AnonymousUser) -> RoundQuerySet:
    """The rounds of the forums that the user may see."""
    return Round.objects.filter(forum__in=forums_for(user))


def members_for(user: User | AnonymousUser) -> MemberQuerySet:
    """The members, present and past, of the forums that the user may see."""
    return Member.objects.filter(forum__in=forums_for(user))


def snapshots_for(user: User | AnonymousUser) -> QuerySet[Snapshot]:
    """The frozen results of the forums that the user may see."""
    return Snapshot.objects.filter(round__forum__in=forums_for(user))


def users_for(user: User | AnonymousUser) -> QuerySet[User]:
    """The accounts that the user may manage: all for a programme manager, none for anybody else."""
    if not user.is_authenticated or not user.is_programme_manager:
        return User.objects.none()
    return User.objects.all() if settings.DEMO else User.objects.filter(is_demo=False)


def coached_rounds_for(user: User | AnonymousUser) -> RoundQuerySet:
    """The rounds of the forums that the user coaches: whose sessions the user records."""
    return Round.objects.filter(forum__in=coached_forums_for(user))


def coached_forums_for(user: User | AnonymousUser) -> QuerySet[Forum]:
    """The forums that the user coaches, also as a programme manager."""
    return forums_for(user).filter(coaches=user.pk)


def sessions_for(user: User | AnonymousUser) -> SessionQuerySet:
    """The sessions of the forums that the user may see."""
    return Session.objects.filter(forum__in=forums_for(user))


def coached_sessions_for(user: User | AnonymousUser) -> SessionQuerySet:
    """The sessions that the user plans and writes about: of the own forums, not archived."""
    return Session.objects.filter(forum__in=coached_forums_for(user).filter(is_archived=False))


def tracks_for(user: User | AnonymousUser) -> QuerySet[Track]:
    """The tracks of the forums that the user may see."""
    return Track.objects.filter(forum__in=forums_for(user))


def coached_tracks_for(user: User | AnonymousUser) -> QuerySet[Track]:
    """The tracks in which the user writes down what the forum chooses and agrees: own forums, not archived."""
    own = forums_for(user).filter(coaches=user.pk, is_archived=False)
    return Track.objects.filter(forum__in=own)


def open_answers_for(user: User | AnonymousUser, snapshot: Snapshot) -> QuerySet[OpenAnswer]:
    """The members' own words in a closed round: for the forum's own coaches only, and from enough answers on.

    By key, which is random: an order that betrays nothing and stays the same from one visit to the next.
    """
    is_told = snapshot.tells_open_answers and coached_rounds_for(user).filter(pk=snapshot.round_id).exists()
    answers = OpenAnswer.objects.filter(round=snapshot.round_id).order_by("key")
    return answers if is_told else answers.none()


def versions_for(user: User | AnonymousUser) -> QuestionnaireVersionQuerySet:
    """The versions of questionnaires that the user may see: all for a programme manager, none for anybody else."""
    versions = QuestionnaireVersion.objects.select_related("questionnaire")
    return versions if user.is_authenticated and user.is_programme_manager else versions.none()


def asked_versions_for(user: User | AnonymousUser) -> QuestionnaireVersionQuerySet:
    """The versions that the user may look at as a member: of a coach those of the own rounds, planned ones too."""
    if user.is_authenticated and user.is_programme_manager:
        return versions_for(user)
    own = rounds_for(user).values("version")
    return QuestionnaireVersion.objects.select_related("questionnaire").filter(pk__in=own)


def trail_for(user: User | AnonymousUser) -> QuerySet[LogEntry]:
    """The audit trail: all of it for a programme manager, nothing for anybody else."""
    if not user.is_authenticated or not user.is_programme_manager:
        return LogEntry.objects.none()
    return LogEntry.objects.select_related("actor", "content_type")


def sees_names(user: User | AnonymousUser, forum: Forum) -> bool:
    """Whether the user may see who has not submitted: the forum's own coaches only."""
    return forum.coaches.filter(pk=user.pk).exists()
