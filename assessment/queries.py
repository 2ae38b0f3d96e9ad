"""What is read over many rows at once: the answers of a closed round, and how many have submitted.

pandas is imported inside the functions that need it: it costs a web worker a second and 80 MB, and hardly any
request asks for a result.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from assessment.models import Answer, Draft, Invitation, Response, Round, Seat, Snapshot
from assessment.models.rounds import AnswerKind
from assessment.scoring.disclosure import K_FORUM, MIN_DELEGATIONS, publishable
from questionnaires.content import Content

if TYPE_CHECKING:
    import pandas as pd

# A result needs this many members and municipalities; a round goes by its own questionnaire.
THRESHOLD = (K_FORUM, MIN_DELEGATIONS)
# Of delegations, by key of the response; empty for support and partners.
Labels = Mapping[uuid.UUID, str]
COUNTED = ("members", "members_total", "municipalities", "others", "others_total")


class ResponseCount(NamedTuple):
    """How many answered. Members sit for a municipality, others for an organisation; the totals were invited.

    `municipalities_total` is N: the municipalities with a seat in the forum. `is_low` means that so few of
    them answered that the report carries a warning. Of an entered round nobody knows how many were invited.
    """

    members: int
    members_total: int
    municipalities: int
    municipalities_total: int
    others: int
    others_total: int
    is_publishable: bool
    is_low: bool
    is_entered: bool = False


def can_be_published(*, members: int, municipalities: int, threshold: tuple[int, int] = THRESHOLD) -> bool:
    """Whether this many counting members and municipalities meet the threshold (Rule 13.2)."""
    return publishable(members, municipalities, *threshold)


def response_of(round: Round) -> ResponseCount:
    """How many answered in one round; see `responses_of`."""
    return responses_of([round])[round.pk]


def responses_of(rounds: Iterable[Round]) -> dict[int, ResponseCount]:
    """How many answered, by id of the round, in three queries for any number of rounds.

    Of a closed round its snapshot tells it. Before, submissions and seats do, never a role or an answer: whoever
    sits for a municipality counts. Give rounds with their version loaded.
    """
    rounds = list(rounds)
    snapshots = {each.round_id: each for each in Snapshot.objects.filter(round__in=rounds)}
    running = running_responses_of(each for each in rounds if each.pk not in snapshots)
    return running | {pk: _from_snapshot(snapshot) for pk, snapshot in snapshots.items()}


def running_responses_of(rounds: Iterable[Round]) -> dict[int, ResponseCount]:
    """The same of rounds that are known not to be closed, in two queries."""
    rounds = list(rounds)
    submitted, municipalities = _submitted(rounds), _municipalities(rounds)
    return {
        each.pk: _from_submissions(each, submitted.get(each.pk, {}), municipalities.get(each.forum_id, 0))
        for each in rounds
    }


def short_of_threshold(rounds: Iterable[Round]) -> set[int]:
    """The ids of those open rounds that would have no result with what was submitted until now; one query."""
    rounds = list(rounds)
    submitted = _submitted(rounds)
    return {
        each.pk
        for each in rounds
        if not _from_submissions(each, submitted.get(each.pk, {}), total=0).is_publishable
    }


def _submitted(rounds: Sequence[Round]) -> dict[int, dict[str, int]]:
    """Per round: who was invited and who submitted, by what they sit for."""
    local = Q(member__seat__municipality__isnull=False)
    submitted = Q(draft__submitted_at__isnull=False)
    counts = (
        Invitation.objects.filter(round__in=rounds)
        .values("round_id")
        .annotate(
            members=Count("pk", filter=local & submitted),
            members_total=Count("pk", filter=local),
            municipalities=Count("member__seat__municipality", filter=submitted, distinct=True),
            others=Count("pk", filter=~local & submitted),
            others_total=Count("pk", filter=~local),
        )
    )
    rows = counts.values_list("round_id", *COUNTED)
    return {round_id: dict(zip(COUNTED, numbers, strict=True)) for round_id, *numbers in rows}


def _municipalities(rounds: Sequence[Round]) -> dict[int, int]:
    """N per forum: empty seats too, and two seats of one municipality once."""
    seats = Seat.objects.filter(forum__in={each.forum_id for each in rounds}).values("forum_id")
    return dict(seats.annotate(n=Count("municipality", distinct=True)).values_list("forum_id", "n"))


def _from_submissions(round_: Round, counts: dict[str, int], total: int) -> ResponseCount:
    counts = dict.fromkeys(COUNTED, 0) | counts
    members, municipalities = counts["members"], counts["municipalities"]
    return ResponseCount(
        **counts,
        municipalities_total=total,
        is_publishable=can_be_published(
            members=members, municipalities=municipalities, threshold=threshold_of(round_.content)
        ),
        is_low=total > 0
        and municipalities / total < round_.content.scoring.uncertainty.response_warning_below,
        is_entered=False,
    )


def threshold_of(content: Content) -> tuple[int, int]:
    """Members and municipalities that a result needs with this questionnaire (Rule 13.2)."""
    return content.privacy.k_forum, content.privacy.min_municipalities_forum


def _from_snapshot(snapshot: Snapshot) -> ResponseCount:
    response = snapshot.result["response"]
    return ResponseCount(
        members=response["responses"],
        members_total=snapshot.invited_members,
        municipalities=response["delegations"],
        municipalities_total=response["members"] or 0,
        others=response["others"],
        others_total=snapshot.invited_others,
        is_publishable=snapshot.result["published"],
        is_low=response["warning"],
        is_entered=snapshot.is_entered,
    )


def not_submitted(round: Round) -> QuerySet[Invitation]:
    """The invitations without a submission, by name, whoever declined among them; for the forum's own coaches.

    Whether somebody has begun is neither asked nor loaded. Empty once the round is closed: the list served to
    send a reminder.
    """
    submitted = Draft.objects.filter(invitation=OuterRef("pk"), submitted_at__isnull=False)
    return (
        Invitation.objects.filter(~Exists(submitted), round=round, round__state=Round.State.OPEN)
        .select_related("member__seat__municipality")
        .order_by(Lower("member__name"), "pk")
    )


def to_be_reminded(round: Round) -> QuerySet[Invitation]:
    """Who would get a reminder now: not submitted, taking part, and the invitation has left or failed."""
    return not_submitted(round).filter(is_declined=False).exclude(mail_state=Invitation.MailState.WAITING)


def answers_frame(round: Round, labels: Labels | None = None) -> "pd.DataFrame":
    """All answers of a closed round as the long frame of Rule 1.3, a row per response and item, in one query.

    `value` is NaN and `dont_know` False where a question was skipped; `delegation` is missing for support and
    partners. `labels` take the place of the stored ones: a closing that stores none has them for the last time.
    """
    return _frame(Answer.objects.filter(response__round=round), round.content, labels)


def own_result(response: Response) -> dict[str, Any]:
    """What one person sees with the receipt (Rule family 16), from the own answers and the frozen result."""
    from assessment.scoring.individual import individual_result
    from assessment.scoring.parameters import Parameters

    content = response.round.content
    answers = _frame(Answer.objects.filter(response=response), content)
    return individual_result(answers, response.round.snapshot.result, Parameters.from_content(content))


def _frame(answers: QuerySet[Answer], content: Content, labels: Labels | None = None) -> "pd.DataFrame":
    columns = ("response_id", "response__group", "response__delegation", "kind", "item", "value", "dont_know")
    return long_frame(answers.order_by("key").values_list(*columns), content, labels)


def long_frame(
    rows: Iterable[tuple[Any, ...]], content: Content, labels: Labels | None = None
) -> "pd.DataFrame":
    """The long frame of Rule 1.3 from (response, group, delegation, kind, item, value, dont_know) rows.

    An empty delegation is missing, a value of None is NaN; `labels` by response take the place of those in the rows.
    """
    import pandas as pd

    names = ["response", "group", "delegation", "kind", "item", "value", "dont_know"]
    frame = pd.DataFrame(list(rows), columns=names)
    if labels is not None:
        frame["delegation"] = frame["response"].map(labels)
    dimension_of = {s.code: d.code for d in content.dimensions for s in d.statements}
    is_statement = frame["kind"] == AnswerKind.STATEMENT
    frame["dimension"] = frame["item"].where(~is_statement, frame["item"].map(dimension_of))
    frame["delegation"] = frame["delegation"].where(frame["delegation"] != "")
    text = dict.fromkeys(("response", "group", "delegation", "dimension", "item", "kind"), "str")
    frame = frame.astype({**text, "value": "float64", "dont_know": "bool"})
    return frame[["response", "group", "delegation", "dimension", "item", "kind", "value", "dont_know"]]
