"""Reference values: which results are in them, when they change, and that one newcomer never moves them."""

import datetime

import pytest
from auditlog.models import LogEntry
from django.db import IntegrityError, transaction
from django.utils import timezone

from assessment.actions.benchmarking import agreed_results, due_values, freeze_benchmarks
from assessment.actions.keeping import erase_results
from assessment.models import Benchmark, Forum, ReferenceValue, Round, Snapshot
from tests import factories
from tests.assessment.scoring.notation import CODES
from tests.reports.cast import close, hidden, make_result, measured, unpublished


@pytest.fixture
def manager(db):
    return factories.make_programme_manager()


def result_of(forum: Forum, score: int = 50, *, kind: str = "baseline", days: int = 100, **parts) -> Snapshot:
    """A closed round of the forum in which every dimension scored this."""
    dimensions = {code: measured(score) for code in CODES}
    round = close(
        factories.make_round(forum=forum, kind=kind, opens_in=-days - 20, closes_in=-days),
        make_result(**dimensions | parts),
    )
    moment = timezone.now() - datetime.timedelta(days=days)
    Snapshot.objects.filter(round=round).update(closed_at=moment)
    return Snapshot.objects.get(round=round)


def forums(*scores: int, begin: int = 0, **parts) -> list[Forum]:
    """Forums that agreed, each with a result."""
    made = []
    for number, score in enumerate(scores, begin):
        forum = factories.make_forum(name=f"Forum {number}", municipalities=0, has_benchmark_consent=True)
        result_of(forum, score, **parts)
        made.append(forum)
    return made


def values(code: str = "VIS") -> list[tuple[int, int, int, int]]:
    stored = ReferenceValue.objects.filter(dimension=code)
    return list(stored.values_list("n_forums", "mean", "low", "high"))


def test_five_forums_that_agreed_have_reference_values(manager):
    forums(40, 50, 55, 60, 75)

    assert freeze_benchmarks(by=manager) == len(CODES)
    assert values() == [(5, 56, 50, 60)]


def test_four_forums_have_none_and_who_did_not_agree_counts_nowhere(manager):
    four = forums(40, 50, 55, 60)
    silent = factories.make_forum(name="Zwijgend forum", municipalities=0)
    result_of(silent, 75)

    assert freeze_benchmarks(by=manager) == 0
    assert not Benchmark.objects.exists()

    Forum.objects.filter(pk=silent.pk).update(has_benchmark_consent=True)
    assert freeze_benchmarks(by=manager) == len(CODES)
    assert len(four) == 4


def test_agreeing_is_off_until_a_forum_says_so(db):
    assert Forum.objects.create(name="Nieuw", slug="nieuw").has_benchmark_consent is False


def test_kinds_of_round_and_meanings_of_the_questionnaire_stay_apart(manager):
    three = forums(40, 50, 60)
    forums(40, 50, begin=3, kind="interim")

    assert freeze_benchmarks(by=manager) == 0

    other = factories.make_draft(factories.make_version(), "2.0.0")
    for forum in forums(60, 70, begin=5):
        Round.objects.filter(forum=forum).update(version=other)
    assert freeze_benchmarks(by=manager) == 0
    assert len(agreed_results(by=manager)) == 3
    assert len(three) == 3


def test_latest_result_of_a_forum_stands_for_it_also_when_it_tells_nothing(manager):
    first, *_ = forums(40, 50, 55, 60, 75, days=400)
    later = result_of(first, 90, days=5)
    assert freeze_benchmarks(by=manager) == len(CODES)
    assert values() == [(5, 66, 55, 75)]  # 90 in the place of 40

    Snapshot.objects.filter(pk=later.pk).delete()
    close_again = factories.make_round(forum=first, opens_in=-4, closes_in=-3, kind="final")
    close(close_again, unpublished())
    Round.objects.filter(pk=close_again.pk).update(kind="baseline", track=_new_track(first))
    assert due_values(agreed_results(by=manager)) == []


def _new_track(forum: Forum):
    today = timezone.localdate()
    return forum.tracks.create(starts_on=today, ends_on=today + datetime.timedelta(days=365))


def test_one_or_two_newcomers_change_nothing_and_a_third_does(manager):
    forums(40, 50, 55, 60, 75)
    freeze_benchmarks(by=manager)
    before = values()
    frozen_at = Benchmark.objects.get().frozen_at

    for number in (5, 6):
        forums(100, begin=number)
        assert freeze_benchmarks(by=manager) == 0
        assert values() == before
    assert Benchmark.objects.get().frozen_at == frozen_at

    forums(0, begin=7)
    assert freeze_benchmarks(by=manager) == len(CODES)
    assert values() == [(8, 60, 48, 81)]


def test_three_newcomers_of_whom_one_shows_a_dimension_do_not_tell_that_one(manager):
    """Three results are new, but in the first dimension only one is: it stays what it was."""
    forums(40, 50, 55, 60, 75)
    freeze_benchmarks(by=manager)
    before = values("VIS")
    forums(90, begin=5)
    forums(90, 90, begin=6, VIS=hidden())

    assert freeze_benchmarks(by=manager) == len(CODES) - 1
    assert values("VIS") == before
    assert values("VER") == [(8, 69, 54, 90)]


def test_forum_that_no_longer_agrees_moves_nothing_and_is_in_no_later_value(manager):
    first, *_ = forums(0, 50, 55, 60, 75)
    freeze_benchmarks(by=manager)
    before = values()

    Forum.objects.filter(pk=first.pk).update(has_benchmark_consent=False)
    assert freeze_benchmarks(by=manager) == 0
    assert values() == before

    forums(50, 50, 50, begin=5)
    freeze_benchmarks(by=manager)
    assert values() == [(7, 56, 50, 58)]


def test_dimension_that_fewer_than_five_show_has_no_value(manager):
    forums(40, 50, 55, 60)
    forums(75, begin=4, VIS=hidden())

    assert freeze_benchmarks(by=manager) == len(CODES) - 1
    assert values("VIS") == []


@pytest.mark.parametrize("least, count", [(2, 4), (6, 5)])
def test_questionnaire_may_ask_for_more_forums_and_never_for_fewer(manager, least, count):
    version = factories.make_version()
    document = version.document.replace('"k_benchmark_forums":5', f'"k_benchmark_forums":{least}')
    other = version.questionnaire.versions.create(version="2.0.0", document=document)
    made = forums(*[50] * count)
    Round.objects.filter(forum__in=made).update(version=other)

    assert freeze_benchmarks(by=manager) == 0


def test_nobody_freezes_what_they_may_not_see(manager, coach):
    forums(40, 50, 55, 60, 75)

    assert freeze_benchmarks(by=coach) == 0


def test_trail_tells_that_values_were_frozen_and_neither_values_nor_forums(manager):
    made = forums(40, 50, 55, 60, 75)
    LogEntry.objects.all().delete()
    freeze_benchmarks(by=manager)

    [entry] = LogEntry.objects.all()
    assert set(entry.changes) == {"id", "questionnaire", "number", "kind", "frozen_at"}
    assert entry.additional_data is None
    assert not any(forum.name in str(entry.changes) for forum in made)


def test_database_refuses_a_value_over_fewer_than_five(manager):
    forums(40, 50, 55, 60, 75)
    freeze_benchmarks(by=manager)

    with pytest.raises(IntegrityError), transaction.atomic():
        ReferenceValue.objects.filter(dimension="VIS").update(n_forums=4)


def test_values_outlast_their_results_no_longer_than_these_are_kept(manager, settings):
    forums(40, 50, 55, 60, 75)
    freeze_benchmarks(by=manager)
    erase_results()
    assert ReferenceValue.objects.count() == len(CODES)

    Round.objects.update(closed_at=timezone.now() - datetime.timedelta(days=4000))
    erase_results()
    assert not Snapshot.objects.exists()
    assert ReferenceValue.objects.count() == len(CODES)

    Benchmark.objects.update(frozen_at=timezone.now() - datetime.timedelta(days=4000))
    erase_results()
    assert not ReferenceValue.objects.exists()


def test_queries_do_not_grow_with_forums(manager, django_assert_num_queries):
    forums(40, 50, 55, 60, 75)
    freeze_benchmarks(by=manager)
    with django_assert_num_queries(3):
        due_values(agreed_results(by=manager))
    forums(40, 50, begin=5)

    with django_assert_num_queries(3):
        due_values(agreed_results(by=manager))
