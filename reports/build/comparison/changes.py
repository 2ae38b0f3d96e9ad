"""What changed in each dimension: the verdict in a sentence, and beside it what was experienced, aimed at and done."""

from collections.abc import Iterator
from typing import Any

from questionnaires.content import Dimension
from questionnaires.texts import lower, text
from reports.build.comparison.pair import Entry, Pair
from reports.build.source import Told
from reports.build.targets import target_sentence
from reports.comparison import Change, Score


def changes(pair: Pair) -> Iterator[Change]:
    """In the order of the questionnaire, never by what moved most."""
    for dimension in pair.second.content.dimensions:
        yield _change(pair, dimension)


def _change(pair: Pair, dimension: Dimension) -> Change:
    entry = pair.compared["dimensions"][dimension.code]
    before, after = pair.entries(dimension.code)
    chosen = pair.second.targets.get(dimension.code)
    is_told = pair.is_comparable
    return Change(
        code=dimension.code,
        name=str(dimension),
        before=_score(before) if is_told else None,
        after=_score(after) if is_told else None,
        difference=_difference(entry),
        verdict=text(f"verdict.{entry['verdict']}.label"),
        sentence=_sentence(dimension, entry, before, after),
        experienced=signed(_experienced(after)) if is_told else "",
        target=pair.second.level_name(chosen.level) if chosen else "",
        target_from=pair.second.content.level(chosen.level).min_score if chosen else None,
        remarks=tuple(_remarks(pair, dimension, entry, after)),
        actions=tuple(pair.between.actions.get(dimension.code, ())),
    )


def _score(entry: Entry | None) -> Score | None:
    return Score(entry["display"], entry["margin"]) if entry else None


def _difference(entry: Entry) -> str:
    if entry["display"] is None:
        return ""
    return text("compare.difference", difference=signed(entry["display"]), margin=entry["margin"])


def signed(number: int | None) -> str:
    """A difference with its sign; empty for none."""
    if number is None:
        return ""
    return f"{number:+d}".replace("-", "−") if number else "0"


def _sentence(dimension: Dimension, entry: Entry, before: Entry | None, after: Entry | None) -> str:
    about: dict[str, Any] = {"dimension": lower(str(dimension))}
    if entry["verdict"] == "not_comparable" or before is None or after is None:
        return text("verdict.not_comparable", **about, reason=text(f"verdict.reason.{entry['reason']}"))
    return text(
        f"verdict.{entry['verdict']}",
        **about,
        score_1=before["display"],
        score_2=after["display"],
        difference=signed(entry["display"]),
        margin=entry["margin"],
    )


def _experienced(after: Entry | None) -> int | None:
    change = after and after["experienced_change"]
    return change["display"] if change else None


def _remarks(pair: Pair, dimension: Dimension, entry: Entry, after: Entry | None) -> Iterator[str]:
    about: dict[str, Any] = {"dimension": lower(str(dimension))}
    yield from _experienced_beside_measured(pair, about, entry, after)
    yield from _group_level(pair, dimension, about)
    yield from _target(pair, dimension)


def _experienced_beside_measured(
    pair: Pair, about: dict[str, Any], entry: Entry, after: Entry | None
) -> Iterator[str]:
    """Rules 9.1 and 9.2: only over the time that members were asked about, since the start of the track."""
    change = after and after["experienced_change"]
    if not change or entry["verdict"] == "not_comparable" or not pair.between.is_since_start:
        return
    if entry["signal"]:
        yield text(f"report.experienced.{entry['signal']}", **about)
    elif _is_clear(change["score"], pair):
        yield text("report.experienced.same", **about)


def _is_clear(experienced: float, pair: Pair) -> bool:
    """Whether the members experience a change at all: it would be a signal if nothing were measured."""
    from assessment.scoring.change import experienced_signal  # loads scipy: only for whoever compares

    return experienced_signal("stable", experienced, pair.parameters.experienced_signal) is not None


def _group_level(pair: Pair, dimension: Dimension, about: dict[str, Any]) -> Iterator[str]:
    """Where the group placed itself, when it did so after both rounds."""
    placed = [source.placements.get(dimension.code) for source in (pair.first, pair.second)]
    levels = [each.level for each in placed if each is not None and each.level is not None]
    if len(levels) == 2 and pair.is_comparable:
        before, after = (pair.second.level_name(level) for level in levels)
        key = "compare.group_level.same" if before == after else "compare.group_level"
        yield text(key, **about, before=before, after=after)


def _target(pair: Pair, dimension: Dimension) -> Iterator[str]:
    """Rule 12.1, of the second round."""
    chosen = pair.second.targets.get(dimension.code)
    if chosen is not None:
        entry = pair.second.result["dimensions"].get(dimension.code, {"published": False})
        yield target_sentence(pair.second, Told(dimension, entry), chosen.level)
