"""What to bear in mind when two rounds are compared: who answered, who sits in the forum, what was asked."""

from collections.abc import Iterator

from questionnaires.texts import text
from reports.build.comparison.pair import Pair
from reports.build.differences import has_lone_indication


def cautions(pair: Pair) -> Iterator[str]:
    if not pair.is_comparable:
        return
    yield from _response(pair)
    yield from _seats(pair)
    yield from _version(pair)
    if has_lone_indication(pair.compared):
        yield text("report.change.lone_hint")


def _response(pair: Pair) -> Iterator[str]:
    """Rule 10.6: so few municipalities answered, or so unknown a part, that others may explain a change."""
    if not pair.compared["composition_warning"]:
        return
    if None in _members(pair):
        yield text("compare.members_unknown")
    else:
        yield text("report.change.response")


def _seats(pair: Pair) -> Iterator[str]:
    before, after = _members(pair)
    if None not in (before, after) and before != after:
        yield text("compare.members", **pair.named, before=before, after=after)
    if pair.between.has_merger:
        yield text("report.change.merger")
    if changed := pair.between.seats_changed:
        yield text("report.change.composition", n=changed, count=changed)
        yield text("report.howto.persons")


def _version(pair: Pair) -> Iterator[str]:
    """Rule 10.1: only another major version is another meaning."""
    before, after = (source.facts.questionnaire_version for source in (pair.first, pair.second))
    if before != after:
        yield text("compare.version", version_1=before, version=after)


def _members(pair: Pair) -> tuple[int | None, int | None]:
    return pair.first.response["members"], pair.second.response["members"]
