"""What every view of the desk begins with: whoever asks, and only what that person may see."""

import functools
from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessment.access import (
    coached_forums_for,
    coached_sessions_for,
    forums_for,
    members_for,
    rounds_for,
    sessions_for,
    users_for,
    versions_for,
)
from assessment.models import Forum, Member, Round, Session, User
from questionnaires.models import QuestionnaireVersion

View = Callable[..., HttpResponse]


class StaffRequest(HttpRequest):
    """What `desk_page` lets through: somebody is signed in."""

    user: User


def desk_page(*methods: str) -> Callable[[View], View]:
    """A page for staff who are signed in, never kept by a browser or a proxy; GET brings HEAD with it."""
    allowed = [*methods, "HEAD"] if "GET" in methods else list(methods)

    def decorate(view: View) -> View:
        return require_http_methods(allowed)(never_cache(login_required(view)))

    return decorate


def manager_page(*methods: str) -> Callable[[View], View]:
    """A page for programme managers; for others of the staff it does not exist."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: StaffRequest, *args: object, **kwargs: object) -> HttpResponse:
            if not request.user.is_programme_manager:
                raise Http404
            return view(request, *args, **kwargs)

        return desk_page(*methods)(guarded)

    return decorate


def user_of(user: User, pk: int) -> User:
    """An account that the user may manage, else 404."""
    return get_object_or_404(users_for(user), pk=pk)


def version_of(user: User, pk: int) -> QuestionnaireVersion:
    """A version of a questionnaire that the user may see, else 404."""
    return get_object_or_404(versions_for(user), pk=pk)


def forum_of(user: User, slug: str) -> Forum:
    """A forum that the user may see, else 404: another's forum does not exist."""
    return get_object_or_404(forums_for(user), slug=slug)


def coached_forum_of(user: User, slug: str) -> Forum:
    """A forum that the user coaches, else 404, also for a programme manager."""
    return get_object_or_404(coached_forums_for(user), slug=slug)


def session_of(user: User, slug: str, pk: int) -> Session:
    """A session of a forum that the user may see."""
    return get_object_or_404(sessions_for(user).select_related("forum"), forum__slug=slug, pk=pk)


def coached_session_of(user: User, slug: str, pk: int) -> Session:
    """A session that the user may write about."""
    return get_object_or_404(coached_sessions_for(user).select_related("forum"), forum__slug=slug, pk=pk)


def member_of(user: User, slug: str, pk: int) -> Member:
    """A sitting member of such a forum, with the seat."""
    members = members_for(user).current().select_related("forum", "seat__municipality")
    return get_object_or_404(members, forum__slug=slug, pk=pk)


def round_of(user: User, slug: str, pk: int) -> Round:
    """A round of such a forum, with its forum, track and version."""
    rounds = rounds_for(user).select_related("forum", "track", "version").defer("version__document")
    return get_object_or_404(rounds, forum__slug=slug, pk=pk)
