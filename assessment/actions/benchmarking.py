"""Reference values over forums that agreed, frozen anew where rule 14 lets it; see docs/privacy.md."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from assessment.access import snapshots_for
from assessment.models import Benchmark, ReferenceValue, Snapshot, User
from questionnaires.content import Content
from questionnaires.models import Questionnaire


class Kin(NamedTuple):
    """What results have in common that may stand together: the questionnaire, its major number, the kind of round."""

    questionnaire: Questionnaire
    number: int
    kind: str


class Due(NamedTuple):
    """A dimension of which the reference value may be frozen now, and the results that would be in it."""

    kin: Kin
    dimension: str
    results: Sequence[Snapshot]


def agreed_results(*, by: User) -> dict[Kin, list[Snapshot]]:
    """The latest result of every forum that agreed (Rule 14.1), published or not; one query."""
    latest: dict[tuple[Kin, int], Snapshot] = {}
    snapshots = snapshots_for(by).filter(round__forum__has_benchmark_consent=True)
    for each in snapshots.select_related("round__version__questionnaire").order_by("closed_at", "pk"):
        version = each.round.version
        kin = Kin(version.questionnaire, version.number, each.round.kind)
        latest[kin, each.round.forum_id] = each
    found: dict[Kin, list[Snapshot]] = {}
    for (kin, _), snapshot in latest.items():
        found.setdefault(kin, []).append(snapshot)
    return found


def due_values(agreed: Mapping[Kin, Sequence[Snapshot]]) -> list[Due]:
    """What could be frozen now of these results (Rules 14.2 to 14.4); two queries."""
    from assessment.scoring.benchmark import may_refresh  # loads numpy: only for programme managers

    published: dict[tuple[int, int, str, str], set[int]] = {}
    for value in ReferenceValue.objects.select_related("benchmark").prefetch_related("results"):
        mark = value.benchmark
        place = (mark.questionnaire_id, mark.number, mark.kind, value.dimension)
        published[place] = {result.pk for result in value.results.all()}
    found = []
    for kin, snapshots in agreed.items():
        content = content_of(snapshots)
        for code, results in _by_dimension(content, snapshots):
            before = published.get((kin.questionnaire.pk, kin.number, kin.kind, code), set())
            is_new = may_refresh(
                before, {each.pk for each in results}, content.scoring.benchmark.refresh_from_new_forums
            )
            if len(results) >= least_forums(content) and is_new:
                found.append(Due(kin, code, results))
    return found


@transaction.atomic
def freeze_benchmarks(*, by: User) -> int:
    """Freeze every reference value that may be frozen now, and return how many did. A second time changes nothing."""
    # Whoever comes second sees what the first froze.
    list(Benchmark.objects.select_for_update(no_key=True).order_by("pk"))
    due = due_values(agreed_results(by=by))
    marks: dict[Kin, Benchmark] = {}
    for each in due:
        if each.kin not in marks:
            marks[each.kin] = _frozen_now(each.kin)
        _freeze(marks[each.kin], each)
    return len(due)


def least_forums(content: Content) -> int:
    """How many forums a value needs: what the questionnaire says, and never fewer than five."""
    return max(Benchmark.LEAST_FORUMS, content.privacy.k_benchmark_forums)


def content_of(snapshots: Sequence[Snapshot]) -> Content:
    """The questionnaire in its newest words; all of them have the same meaning."""
    return max(snapshots, key=lambda each: each.round.version.parts).round.content


def _by_dimension(content: Content, snapshots: Sequence[Snapshot]) -> Iterator[tuple[str, list[Snapshot]]]:
    """Each dimension with the results that publish it."""
    for dimension in content.dimensions:
        code = dimension.code
        yield (
            code,
            [
                each
                for each in snapshots
                if each.result["dimensions"].get(code, {"published": False})["published"]
            ],
        )


def _frozen_now(kin: Kin) -> Benchmark:
    made, _ = Benchmark.objects.update_or_create(
        questionnaire=kin.questionnaire,
        number=kin.number,
        kind=kin.kind,
        defaults={"frozen_at": timezone.now()},
    )
    return made


def _freeze(mark: Benchmark, due: Due) -> None:
    from assessment.scoring.benchmark import (
        benchmark,
        score_table,
    )  # loads pandas: only when something is frozen

    scores = score_table({each.pk: each.result for each in due.results}, [due.dimension])
    value = benchmark(scores, least_forums(content_of(due.results)))[due.dimension]
    stored, _ = ReferenceValue.objects.update_or_create(
        benchmark=mark, dimension=due.dimension, defaults=value
    )
    stored.results.set(due.results)
