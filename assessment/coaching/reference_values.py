"""Reference values as the programme manager reads them, and why there are none where there are none."""

import datetime
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.utils import timezone

from assessment.actions.benchmarking import Kin, content_of, least_forums
from assessment.models import Benchmark, ReferenceValue, Snapshot
from questionnaires.content import Content
from questionnaires.texts import lower, text


class Row(NamedTuple):
    """A dimension; `value` is None where too few forums publish it."""

    name: str
    value: ReferenceValue | None


class Values(NamedTuple):
    """Those of one kind of round. `frozen_on` is None, and `reason` says why, where nothing is shown."""

    title: str
    frozen_on: datetime.date | None
    rows: list[Row]
    reason: str


def reference_values(agreed: Mapping[Kin, Sequence[Snapshot]]) -> list[Values]:
    """Of every kind of round of which a forum that agreed has a result, or values were frozen before; three queries."""
    marks = {
        Kin(each.questionnaire, each.number, each.kind): each
        for each in Benchmark.objects.select_related("questionnaire").prefetch_related(
            "values", "questionnaire__versions"
        )
    }
    kins = sorted({*marks, *agreed}, key=_place)
    return [_values(kin, marks.get(kin), agreed.get(kin, [])) for kin in kins]


def _place(kin: Kin) -> tuple[str, int, int]:
    """By questionnaire, the newest meaning first, then in the order of a year."""
    kinds = ("baseline", "interim", "final")
    return kin.questionnaire.slug, -kin.number, kinds.index(kin.kind)


def _values(kin: Kin, mark: Benchmark | None, snapshots: Sequence[Snapshot]) -> Values:
    content = _content(kin, snapshots)
    kind = str(content.round(kin.kind))
    title = text("manage.benchmark.of", round=kind, title=str(content.instrument.title), number=kin.number)
    if mark is None:
        return Values(title, None, [], _reason(content, snapshots, lower(kind)))
    by_code = {value.dimension: value for value in mark.values.all()}
    rows = [Row(str(each), by_code.get(each.code)) for each in content.dimensions]
    return Values(title, timezone.localdate(mark.frozen_at), rows, "")


def _content(kin: Kin, snapshots: Sequence[Snapshot]) -> Content:
    if snapshots:
        return content_of(snapshots)
    versions = [each for each in kin.questionnaire.versions.all() if each.number == kin.number]
    return max(versions, key=lambda each: each.parts).content


def _reason(content: Content, snapshots: Sequence[Snapshot], kind: str) -> str:
    """Too few forums, or enough and not frozen yet."""
    told = sum(each.result["published"] for each in snapshots)
    if told < least_forums(content):
        return text("manage.benchmark.too_few", n=told, count=told, round=kind, least=least_forums(content))
    return text("manage.benchmark.not_yet", count=told, round=kind)
