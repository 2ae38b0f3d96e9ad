"""What needs attention today, for one member of staff: each point is a sentence and the page where the job is done.

For coaches about their own forums. A programme manager sees of other forums only what no coach can mend. Who has
not submitted is named nowhere, who has begun is not read, and nothing here depends on what somebody answered.
"""

import datetime
from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from assessment.access import forums_for, users_for
from assessment.coaching.standing import days_until
from assessment.models import Action, Forum, Invitation, Member, Round, User
from assessment.queries import can_be_published, short_of_threshold
from questionnaires.models import QuestionnaireVersion
from questionnaires.texts import lower, text

# Days before a closing or an opening, and after a closing.
AHEAD, BEHIND = 7, 7
# A round in which all is well is named in its last days only.
LAST_DAYS = 2


class Point(NamedTuple):
    """`key` is of the sentence, under `dashboard.today`; `job` of what the link to `page` says, the name of a url."""

    key: str
    job: str
    page: str
    forum: Forum | None = None
    round: Round | None = None
    number: int | None = None
    action: str = ""
    account: User | None = None

    @property
    def about(self) -> str:
        return str(self.forum or self.account)

    @property
    def url(self) -> str:
        arguments: list[object] = [self.account.pk] if self.account else []
        if self.forum is not None:
            arguments = [self.forum.slug]
        if self.round is not None and self.key != "no_members":
            arguments.append(self.round.pk)
        return f"{reverse(self.page, args=arguments)}{'#mislukt' if self.key == 'bounced' else ''}"

    def __str__(self) -> str:
        values: dict[str, object] = {"name": self.about, "count": self.number, "days": self.number}
        values["action"] = self.action
        if self.forum is not None:
            values["forum"] = self.forum.in_sentence(get_language() or "nl")
        if self.round is not None:
            values["round"] = lower(text(f"round.kind.{self.round.kind}"))
            values["opens_on"] = date_format(self.round.opens_on, "l j F")
            values["closes_on"] = date_format(self.round.closes_on, "l j F")
        return text(f"dashboard.today.{self.key}", n=self.number, **values)


def attention(user: User) -> list[Point]:
    """What presses most first, and by name of the forum within; in a fixed number of queries."""
    rounds: list[Any] = list(_rounds(user))  # with what is annotated, which no type of the model knows
    soon = timezone.localdate() + datetime.timedelta(days=AHEAD)
    last_days = [each for each in rounds if each.is_own and each.is_open and each.closes_on <= soon]
    short = short_of_threshold(last_days)
    points = [point for each in rounds for point in _points(each, is_short=each.pk in short)]
    points += _late_actions(user)
    if user.is_programme_manager:
        points += [*_without_coach(user), *_not_invited(user)]
    return sorted(points, key=lambda point: URGENCY.index(point.key))


URGENCY = (
    "fault", "account", "bounced", "threshold", "closes_today", "closes", "no_members", "too_few", "no_coach",
    "action_due", "actions_due", "result_ready", "no_result",
)  # fmt: skip


def _rounds(user: User) -> QuerySet[Round]:
    """Of the own forums what closes or opens soon, closed lately or has mails that failed; of all what cannot close.

    Each has `is_own`, `failed`, the number of mails, and `local` and `places`, the members and municipalities of
    its forum.
    """
    today = timezone.localdate()
    soon, lately = today + datetime.timedelta(days=AHEAD), timezone.now() - datetime.timedelta(days=BEHIND)
    is_open = Q(state=Round.State.OPEN)
    pressing = (
        (is_open & (Q(closes_on__lte=soon) | Q(failed__gt=0)))
        | Q(state=Round.State.PLANNED, opens_on__lte=soon)
        | Q(state=Round.State.CLOSED, closed_at__gte=lately, snapshot__is_entered=False)
    )
    return (
        Round.objects.filter(forum__in=forums_for(user).filter(is_archived=False))
        .annotate(**_annotations(user))
        .filter(Q(pressing, is_own=True) | (is_open & ~Q(close_fault="")))
        .select_related("forum", "snapshot")
        .prefetch_related(Prefetch("version", QuestionnaireVersion.objects.defer("document")))
        .order_by(Lower("forum__name"), "pk")
    )


def _annotations(user: User) -> dict[str, Any]:
    failed = Invitation.objects.filter(
        round=OuterRef("pk"), mail_state=Invitation.MailState.FAILED, is_declined=False
    )
    sitting = Member.objects.current().filter(forum=OuterRef("forum"), seat__municipality__isnull=False)
    return {
        "is_own": Exists(Forum.coaches.through.objects.filter(forum=OuterRef("forum"), user=user)),
        "failed": _number(failed, "round", "pk"),
        "local": _number(sitting, "forum", "pk"),
        "places": _number(sitting, "forum", "seat__municipality"),
    }


def _number(rows: QuerySet, by: str, what: str) -> Coalesce:
    """How many different `what` there are among `rows`, 0 when there is none."""
    counted = rows.order_by().values(by).annotate(n=Count(what, distinct=True)).values("n")
    return Coalesce(Subquery(counted), 0)


def _points(round_: Any, *, is_short: bool) -> Iterator[Point]:
    about = {"forum": round_.forum, "round": round_}
    if round_.close_fault:
        yield Point("fault", "dashboard.do.look", "coaching:round", **about)
    if not round_.is_own:
        return
    if round_.is_open and round_.failed:
        yield Point("bounced", "dashboard.do.mails", "coaching:round", **about, number=round_.failed)
    if round_.is_open and not round_.close_fault:
        yield from _closing(round_, is_short)
    if round_.state == Round.State.PLANNED:
        yield from _opening(round_)
    if round_.is_closed:
        key = "result_ready" if round_.snapshot.result["published"] else "no_result"
        yield Point(key, "dashboard.do.result", "reports:result", **about)


def _closing(round_: Any, is_short: bool) -> Iterator[Point]:
    days, about = days_until(round_.closes_on), {"forum": round_.forum, "round": round_}
    if is_short:
        yield Point("threshold", "round.follow", "coaching:round", **about)
    elif days == 0:
        yield Point("closes_today", "round.follow", "coaching:round", **about)
    elif days <= LAST_DAYS:
        yield Point("closes", "round.follow", "coaching:round", **about, number=days)


def _opening(round_: Any) -> Iterator[Point]:
    """Whether those who sit in the forum today could give a result at all."""
    about = {"forum": round_.forum, "round": round_}
    if not round_.local:
        yield Point("no_members", "members.add", "coaching:member_add", **about)
    elif not can_be_published(members=round_.local, municipalities=round_.places):
        yield Point("too_few", "dashboard.do.look", "coaching:round", **about)


def _late_actions(user: User) -> Iterator[Point]:
    """One sentence for each own forum: the action whose date has passed, or how many there are."""
    own = forums_for(user).filter(coaches=user.pk, is_archived=False)
    late = Action.objects.overdue().filter(track__forum__in=own).select_related("track__forum")
    for _, found in groupby(late.order_by(Lower("track__forum__name"), "track__forum", "due_on"), _forum_of):
        first, *others = found
        about: dict[str, Any] = {"forum": first.track.forum}
        if others:
            yield Point("actions_due", "dashboard.do.track", "reports:track", **about, number=len(others) + 1)
        else:
            yield Point("action_due", "dashboard.do.track", "reports:track", **about, action=first.what)


def _forum_of(action: Action) -> int:
    return action.track.forum_id


def _without_coach(user: User) -> Iterator[Point]:
    coached = Forum.coaches.through.objects.filter(forum=OuterRef("pk"), user__is_active=True)
    for forum in forums_for(user).filter(~Exists(coached), is_archived=False).order_by(Lower("name"), "pk"):
        yield Point("no_coach", "manage.forums.assign", "coaching:forum_change", forum)


def _not_invited(user: User) -> Iterator[Point]:
    for account in (
        users_for(user).filter(is_active=True).exclude(mail_fault="").order_by(Lower("name"), "pk")
    ):
        if not account.has_begun:
            yield Point("account", "dashboard.do.look", "coaching:user", account=account)
