"""What needs attention today, for one member of staff: each point is a sentence and the page where the job is done.

For coaches about their own forums. A programme manager sees of other forums only what no coach can mend. Who has
not submitted is named nowhere, who has begun is not read, and nothing here depends on what somebody answered.
"""

import datetime
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from assessment.access import forums_for, users_for
from assessment.coaching.standing import days_until
from assessment.models import Forum, Invitation, Member, Round, User
from assessment.queries import can_be_published, short_of_threshold
from questionnaires.texts import lower, text

# Days before a closing or an opening, and after a closing.
AHEAD, BEHIND = 7, 7
# A round in which all is well is named in its last days only.
LAST_DAYS = 2


class Point(NamedTuple):
    """`key` of the sentence, under `dashboard.today`; `job` is the key of what the link to `url` says."""

    key: str
    job: str
    url: str
    forum: Forum | None = None
    round: Round | None = None
    number: int | None = None
    name: str = ""

    @property
    def about(self) -> str:
        return self.forum.name if self.forum is not None else self.name

    def __str__(self) -> str:
        values: dict[str, object] = {"name": self.name}
        if self.forum is not None:
            values["forum"] = self.forum.in_sentence(get_language() or "nl")
        if self.round is not None:
            values["round"] = lower(text(f"round.kind.{self.round.kind}"))
            values["opens_on"] = date_format(self.round.opens_on, "l j F")
            values["closes_on"] = date_format(self.round.closes_on, "l j F")
        return text(
            f"dashboard.today.{self.key}", n=self.number, count=self.number, days=self.number, **values
        )


def attention(user: User) -> list[Point]:
    """What presses most first, and by name of the forum within; in a fixed number of queries."""
    rounds = list(_rounds(user))
    last_days = [each for each in rounds if each.is_open and days_until(each.closes_on) <= AHEAD]
    short = short_of_threshold(last_days)
    points = [point for each in rounds for point in _points(each, is_short=each.pk in short)]
    if user.is_programme_manager:
        points += [*_without_coach(user), *_not_invited(user)]
    return sorted(points, key=lambda point: URGENCY.index(point.key))


URGENCY = (
    "fault", "account", "bounced", "threshold", "closes_today", "closes", "no_members", "too_few", "no_coach",
    "result_ready", "no_result",
)  # fmt: skip


def _rounds(user: User) -> QuerySet[Round]:
    """Whatever is open, opens soon or closed lately in the own forums, and of others what could not close.

    Each has `failed`, the number of mails, and `local` and `places`, the members and municipalities of its forum.
    """
    today = timezone.localdate()
    soon, lately = today + datetime.timedelta(days=AHEAD), timezone.now() - datetime.timedelta(days=BEHIND)
    is_own = Exists(Forum.coaches.through.objects.filter(forum=OuterRef("forum"), user=user))
    in_sight = (
        Q(state=Round.State.OPEN)
        | Q(state=Round.State.PLANNED, opens_on__lte=soon)
        | Q(state=Round.State.CLOSED, closed_at__gte=lately, snapshot__is_entered=False)
    )
    failed = Invitation.objects.filter(
        round=OuterRef("pk"), mail_state=Invitation.MailState.FAILED, is_declined=False
    )
    sitting = Member.objects.current().filter(forum=OuterRef("forum"), seat__municipality__isnull=False)
    rounds = Round.objects.filter(forum__in=forums_for(user).filter(is_archived=False))
    return (
        rounds.annotate(is_own=is_own)
        .filter(Q(in_sight, is_own=True) | (Q(state=Round.State.OPEN) & ~Q(close_fault="")))
        .select_related("forum", "version", "snapshot")
        .defer("version__document")
        .annotate(
            failed=_number(failed, "round", "pk"),
            local=_number(sitting, "forum", "pk"),
            places=_number(sitting, "forum", "seat__municipality"),
        )
        .order_by(Lower("forum__name"), "pk")
    )


def _number(rows: QuerySet, by: str, what: str) -> Coalesce:
    """How many different `what` there are among `rows`, 0 when there is none."""
    counted = rows.order_by().values(by).annotate(n=Count(what, distinct=True)).values("n")
    return Coalesce(Subquery(counted), 0)


def _points(round_: Any, *, is_short: bool) -> Iterator[Point]:
    page = reverse("coaching:round", args=[round_.forum.slug, round_.pk])
    about = {"forum": round_.forum, "round": round_}
    if round_.close_fault:
        yield Point("fault", "dashboard.do.look", page, **about)
    if not round_.is_own:
        return
    if round_.is_open and round_.failed:
        yield Point("bounced", "dashboard.do.mails", f"{page}#mislukt", **about, number=round_.failed)
    if round_.is_open and not round_.close_fault:
        yield from _closing(round_, page, is_short)
    if round_.state == Round.State.PLANNED:
        yield from _opening(round_, page)
    if round_.is_closed:
        key = "result_ready" if round_.snapshot.result["published"] else "no_result"
        result = reverse("reports:result", args=[round_.forum.slug, round_.pk])
        yield Point(key, "dashboard.do.result", result, **about)


def _closing(round_: Any, page: str, is_short: bool) -> Iterator[Point]:
    days, about = days_until(round_.closes_on), {"forum": round_.forum, "round": round_}
    if days <= AHEAD and is_short:
        yield Point("threshold", "round.follow", page, **about)
    elif days == 0:
        yield Point("closes_today", "round.follow", page, **about)
    elif days <= LAST_DAYS:
        yield Point("closes", "round.follow", page, **about, number=days)


def _opening(round_: Any, page: str) -> Iterator[Point]:
    """Whether those who sit in the forum today could give a result at all."""
    if not round_.local:
        url = reverse("coaching:member_add", args=[round_.forum.slug])
        yield Point("no_members", "members.add", url, round_.forum, round_)
    elif not can_be_published(members=round_.local, municipalities=round_.places):
        yield Point("too_few", "dashboard.do.look", page, round_.forum, round_)


def _without_coach(user: User) -> Iterator[Point]:
    coached = Forum.coaches.through.objects.filter(forum=OuterRef("pk"), user__is_active=True)
    for forum in forums_for(user).filter(~Exists(coached), is_archived=False).order_by(Lower("name"), "pk"):
        url = reverse("coaching:forum_change", args=[forum.slug])
        yield Point("no_coach", "manage.forums.assign", url, forum)


def _not_invited(user: User) -> Iterator[Point]:
    for account in (
        users_for(user).filter(is_active=True).exclude(mail_fault="").order_by(Lower("name"), "pk")
    ):
        if not account.has_begun:
            url = reverse("coaching:user", args=[account.pk])
            yield Point("account", "dashboard.do.look", url, name=account.name)
