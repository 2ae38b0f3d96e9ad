"""Links for calendars: made when somebody asks for one, and replaced when one may have come into wrong hands."""

from django.db import transaction
from django.utils import timezone

from assessment.actions.holding import hold_forum
from assessment.models import CalendarLink, Forum, User
from assessment.models.rounds import token_hash


@transaction.atomic
def make_calendar_link(*, forum: Forum | None = None, coach: User | None = None) -> CalendarLink:
    """The link of this forum or of this coach; the one that is there already stays."""
    # Held, so that two who ask at once are given the same link.
    if forum is not None:
        hold_forum(forum)
    if coach is not None:
        User.objects.select_for_update(no_key=True).get(pk=coach.pk)
    found = CalendarLink.objects.filter(forum=forum, coach=coach).first()
    if found is not None:
        return found
    made = CalendarLink(forum=forum, coach=coach)
    made.token_hash = token_hash(made.token)
    made.save()
    return made


@transaction.atomic
def replace_calendar_link(*, link: CalendarLink) -> CalendarLink:
    """Another link in its place; the one before works no longer."""
    held = CalendarLink.objects.select_for_update(no_key=True).get(pk=link.pk)
    held.generation += 1
    held.token_hash = token_hash(held.token)
    held.made_on = timezone.localdate()
    held.save()
    return held
