"""What a calendar fetches with its secret link, without an account and without a cookie."""

import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessment.access import coached_forums_for
from assessment.calendar.feed import as_calendar
from assessment.filling.links import link_not_found
from assessment.models import CalendarLink, Session
from assessment.models.rounds import token_hash
from assessment.models.sessions import SessionQuerySet
from questionnaires.texts import text

# A calendar keeps the sessions of the year behind it; what is older goes from it.
BEHIND = datetime.timedelta(days=400)


@require_safe
@never_cache
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The sessions of the forum, or of the forums that the coach has today."""
    link = find_calendar_link(token)
    if link is None:
        return link_not_found(request)
    sessions = sessions_behind(link).filter(ends_at__gte=timezone.now() - BEHIND)
    name = text("calendar.name", name=str(link)) if link.forum else text("calendar.name.coach")
    found = sessions.select_related("forum").order_by("starts_at", "pk")
    response = HttpResponse(as_calendar(name, found), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="sessies.ics"'
    return response


def find_calendar_link(token: str) -> CalendarLink | None:
    """The link with its forum or coach; None for one that never was, was replaced, or whose coach has left."""
    links = CalendarLink.objects.select_related("forum", "coach")
    link = links.filter(token_hash=token_hash(token)).first()
    if link is None or (link.coach is not None and not link.coach.is_active):
        return None
    holder = link.forum or link.coach
    return link if settings.DEMO or not (holder and holder.is_demo) else None


def sessions_behind(link: CalendarLink) -> SessionQuerySet:
    """Of the forum alone, or of whatever the coach coaches when the calendar asks."""
    if link.forum is not None:
        return Session.objects.filter(forum=link.forum)
    assert link.coach is not None  # noqa: S101  # for the type
    return Session.objects.filter(forum__in=coached_forums_for(link.coach))
