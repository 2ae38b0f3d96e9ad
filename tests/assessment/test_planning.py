"""Rounds follow each other in a track: baseline, interim, final, each once, never two at a time."""

import datetime

import pytest
from django.utils import timezone

from assessment.actions.holding import RoundStateError
from assessment.actions.planning import (
    PlanningError,
    cancel_round,
    change_round,
    free_kinds,
    newest_version,
    plan_round,
    postpone_closing,
    running_track,
)
from assessment.models import Round, Track
from questionnaires.models import QuestionnaireVersion
from tests import factories
from tests.factories import TODAY

BASELINE, INTERIM, FINAL = Round.Kind.BASELINE, Round.Kind.INTERIM, Round.Kind.FINAL
pytestmark = pytest.mark.usefixtures("day")
DAY = datetime.timedelta(days=1)


def day(number: int) -> datetime.date:
    return TODAY + number * DAY


@pytest.fixture(autouse=True)
def published(version):
    """Every round needs a published questionnaire."""


def plan(forum, kind=BASELINE, opens_in=7, closes_in=None, **fields) -> Round:
    closes_in = opens_in + 14 if closes_in is None else closes_in
    return plan_round(forum=forum, kind=kind, opens_on=day(opens_in), closes_on=day(closes_in), **fields)


def change(round, **fields) -> Round:
    present = {name: getattr(round, name) for name in ("kind", "opens_on", "closes_on", "message")}
    return change_round(round=round, **present | fields)


def refusal(call, *args, **kwargs) -> tuple[str, str | None]:
    """The key of the text and the field of the refusal that this call must raise."""
    with pytest.raises(PlanningError) as caught:
        call(*args, **kwargs)
    return caught.value.key, caught.value.field


def state_of_plans() -> list:
    return [
        list(Round.objects.order_by("pk").values("kind", "opens_on", "closes_on", "state", "track")),
        list(Track.objects.order_by("pk").values("starts_on", "ends_on")),
    ]


def test_first_round_begins_a_track_of_one_year(forum):
    round = plan(forum)

    assert (round.state, round.track.forum) == (Round.State.PLANNED, forum)
    assert round.track.starts_on == round.opens_on
    assert round.track.ends_on == round.opens_on.replace(year=round.opens_on.year + 1) - DAY


def test_a_track_from_leap_day_ends_on_the_last_of_february(forum):
    opens_on = datetime.date(2028, 2, 29)

    round = plan_round(forum=forum, kind=BASELINE, opens_on=opens_on, closes_on=opens_on + DAY)

    assert round.track.ends_on == datetime.date(2029, 2, 28)


def test_rounds_of_one_year_share_a_track(forum):
    rounds = [plan(forum, BASELINE, 7), plan(forum, INTERIM, 180), plan(forum, FINAL, 330)]

    assert {round.track for round in rounds} == {rounds[0].track}


def test_a_round_after_the_year_begins_a_new_track(forum):
    first = plan(forum, BASELINE, 7)

    second = plan(forum, BASELINE, 7 + 367)

    assert second.track != first.track
    assert second.track.starts_on == second.opens_on


def test_a_round_planned_before_the_first_one_joins_its_track(forum):
    final = plan(forum, FINAL, 200)

    baseline = plan(forum, BASELINE, 7)

    assert (baseline.track, baseline.track.starts_on) == (final.track, day(7))


def test_a_round_more_than_a_year_before_the_first_one_has_its_own_track(forum):
    assert plan(forum, BASELINE, 500).track != plan(forum, BASELINE, 7).track


def test_a_kind_may_be_left_out(forum):
    assert plan(forum, BASELINE, 7).track == plan(forum, FINAL, 300).track


def test_without_a_version_the_newest_published_one_is_used(forum, version):
    QuestionnaireVersion.objects.create(
        questionnaire=version.questionnaire, version="9.0.0", state="draft", document="{}"
    )

    assert plan(forum).version == version


def test_without_a_published_version_nothing_is_planned(forum, version):
    version.state = QuestionnaireVersion.State.RETIRED
    version.save()

    assert refusal(plan, forum) == ("round.error.no_version", None)
    assert refusal(newest_version) == ("round.error.no_version", None)


def test_chosen_members_and_the_coachs_words_are_kept(forum):
    chosen = list(forum.members.all()[:2])

    round = plan(forum, message="Graag uw kijk.", members=chosen)

    assert (set(round.chosen_members.all()), round.message) == (set(chosen), "Graag uw kijk.")


# What is there (kind, first day, last day), what is planned, and the refusal.
REFUSED = {
    "closes on the day it opens": ([], (BASELINE, 7, 7), ("round.error.order", "closes_on")),
    "closes before it opens": ([], (BASELINE, 7, 6), ("round.error.order", "closes_on")),
    "same kind twice": ([(BASELINE, 1, 9)], (BASELINE, 20, 30), ("round.error.kind", "kind")),
    "earlier kind later": ([(INTERIM, 1, 9)], (BASELINE, 20, 30), ("round.error.kind", "kind")),
    "later kind earlier": ([(INTERIM, 50, 59)], (FINAL, 20, 30), ("round.error.kind", "kind")),
    "after the final": ([(FINAL, 1, 9)], (BASELINE, 20, 30), ("round.error.track_full", "opens_on")),
    "begins inside another": ([(BASELINE, 1, 20)], (INTERIM, 20, 30), ("round.error.previous", "opens_on")),
    "ends inside the next": (
        [(BASELINE, 1, 5), (FINAL, 30, 40)],
        (INTERIM, 20, 30),
        ("round.error.next", "closes_on"),
    ),
}


@pytest.mark.parametrize("there, planned, expected", REFUSED.values(), ids=REFUSED)
def test_a_plan_that_breaks_the_order_is_refused(forum, there, planned, expected):
    for kind, opens_in, closes_in in there:
        plan(forum, kind, opens_in, closes_in)
    before = state_of_plans()

    assert refusal(plan, forum, *planned) == expected
    assert state_of_plans() == before


def test_rounds_may_follow_each_other_on_the_next_day(forum):
    plan(forum, BASELINE, 1, 20)

    assert plan(forum, INTERIM, 21, 30).opens_on == day(21)


def test_a_round_that_runs_over_the_plan_is_refused(open_round, forum):
    assert refusal(plan, forum, INTERIM, 10, 20) == ("round.error.previous", "opens_on")


def test_a_round_closed_early_leaves_the_days_after_it_free(forum):
    factories.make_round(
        forum=forum, opens_in=-3, closes_in=20, state=Round.State.CLOSED, closed_at=timezone.now()
    )

    assert plan(forum, INTERIM, 5, 15).kind == INTERIM


def test_an_archived_forum_plans_nothing(forum):
    forum.is_archived = True
    forum.save()

    assert refusal(plan, forum) == ("round.error.archived", None)


def test_forums_do_not_stand_in_each_others_way(forum):
    other = factories.make_forum(name="Zuidoverleg")
    plan(forum)

    assert plan(other).track.forum == other


@pytest.mark.parametrize(
    "held, expected",
    [
        ([], [BASELINE, INTERIM, FINAL]),
        ([("planned", BASELINE)], [INTERIM, FINAL]),
        ([("planned", INTERIM)], [BASELINE, FINAL]),
        ([("closed", INTERIM)], [FINAL]),
        ([("closed", BASELINE), ("planned", FINAL)], [INTERIM]),
        ([("closed", FINAL)], []),
    ],
)
def test_free_kinds_follow_what_was_held(forum, held, expected):
    for number, (state, kind) in enumerate(held):
        closed_at = timezone.now() if state == "closed" else None
        days = {"opens_in": number * 100, "closes_in": number * 100 + 9}
        factories.make_round(forum=forum, kind=kind, state=state, closed_at=closed_at, **days)

    assert free_kinds(running_track(forum, TODAY)) == expected


def test_a_plan_changes(forum):
    round = plan(forum, BASELINE, 7, members=forum.members.all()[:3])

    changed = change(round, kind=INTERIM, opens_on=day(10), closes_on=day(20), message="Nieuw.")

    assert (changed.kind, changed.opens_on, changed.closes_on) == (INTERIM, day(10), day(20))
    assert (changed.message, changed.chosen_members.count()) == ("Nieuw.", 0)


def test_the_only_round_takes_its_track_along(forum):
    round = plan(forum, BASELINE, 7)

    changed = change(round, opens_on=day(500), closes_on=day(510))

    assert (Track.objects.get(), changed.track.starts_on) == (changed.track, day(500))


def test_an_earlier_first_round_begins_its_track_earlier(forum):
    baseline = plan(forum, BASELINE, 30)
    final = plan(forum, FINAL, 200)

    change(baseline, opens_on=day(10), closes_on=day(20))

    final.refresh_from_db()
    assert (Track.objects.get(), final.track.starts_on) == (final.track, day(10))


def test_a_round_moved_out_of_the_year_leaves_its_track(forum):
    baseline = plan(forum, BASELINE, 7)
    interim = plan(forum, INTERIM, 200)

    moved = change(interim, opens_on=day(400), closes_on=day(410))

    assert (moved.track != baseline.track, moved.track.starts_on) == (True, day(400))


def test_a_plan_does_not_stand_in_its_own_way(forum):
    round = plan(forum, BASELINE, 7, 21)

    assert change(round, closes_on=day(25)).closes_on == day(25)


def test_a_refused_change_changes_nothing(forum):
    plan(forum, BASELINE, 7, 21)
    interim = plan(forum, INTERIM, 100, 110)
    before = state_of_plans()

    assert refusal(change, interim, opens_on=day(15)) == ("round.error.previous", "opens_on")
    assert state_of_plans() == before


def test_a_cancelled_round_leaves_no_empty_track(forum):
    cancel_round(round=plan(forum))

    assert (Round.objects.count(), Track.objects.count()) == (0, 0)


def test_cancelling_keeps_a_track_with_another_round(forum):
    baseline, final = plan(forum, BASELINE, 7), plan(forum, FINAL, 300)

    cancel_round(round=final)

    assert list(Round.objects.all()) == [baseline]
    assert Track.objects.get() == baseline.track


@pytest.mark.parametrize("write", [change, lambda round: cancel_round(round=round)])
def test_what_has_opened_is_no_plan_any_more(open_round, write):
    with pytest.raises(RoundStateError):
        write(open_round)

    assert Round.objects.get().state == Round.State.OPEN


def test_closing_moves_later(open_round):
    postpone_closing(round=open_round, closes_on=day(30))

    open_round.refresh_from_db()
    assert open_round.closes_on == day(30)


@pytest.mark.parametrize("closes_in", [13, 14])
def test_closing_never_moves_earlier_or_stays(open_round, closes_in):
    assert refusal(postpone_closing, round=open_round, closes_on=day(closes_in)) == (
        "round.error.extend_past",
        "closes_on",
    )


def test_closing_does_not_run_into_the_next_round(open_round, forum):
    plan(forum, INTERIM, 40, 60)

    assert refusal(postpone_closing, round=open_round, closes_on=day(40)) == ("round.error.next", "closes_on")
    assert postpone_closing(round=open_round, closes_on=day(39)).closes_on == day(39)


def test_after_the_last_minute_nothing_is_postponed(forum):
    round = factories.make_open_round(forum=forum, closes_in=0)
    Round.objects.update(opens_on=day(-9), closes_on=day(-1))

    assert refusal(postpone_closing, round=round, closes_on=day(5)) == ("round.error.too_late", None)


def test_only_an_open_round_is_postponed(forum):
    with pytest.raises(RoundStateError):
        postpone_closing(round=plan(forum), closes_on=day(90))


def test_a_refusal_speaks_the_language_of_the_page(forum):
    plan(forum, BASELINE, 1, 20)

    with pytest.raises(PlanningError) as caught:
        plan(forum, INTERIM, 20, 30)

    in_full = f"{day(20).day} "
    assert in_full in str(caught.value)
    assert str(caught.value).startswith("Een andere ronde duurt tot en met ")
