"""The difference between two rounds in words (section 10), for the report of a round and for a comparison alike."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from questionnaires.content import Dimension
from questionnaires.texts import lower, text
from reports.build.source import Source
from reports.change import Changed, Score, signed

Entry = Mapping[str, Any]
INDICATIONS = ("indication_of_progress", "indication_of_decline")
CLEAR = ("progress", "decline")


def published(result: Entry, code: str) -> Entry | None:
    """A dimension in a result; None where it is not shown."""
    entry = result["dimensions"].get(code)
    return entry if entry and entry["published"] else None


def changed(source: Source, dimension: Dimension, found: Entry, first: Entry, second: Entry) -> Changed:
    """`found` is what scoring says of the results `first` and `second`, `source` that of the second one."""
    entry, code = found["dimensions"][dimension.code], dimension.code
    # Rounds that cannot be compared as a whole do not stand beside each other either.
    before, after = (published(result, code) if found["comparable"] else None for result in (first, second))
    chosen = source.targets.get(code)
    return Changed(
        name=str(dimension),
        before=_score(before),
        after=_score(after),
        difference=entry["display"],
        margin=entry["margin"],
        told=_told(entry),
        verdict=verdict_label(entry),
        sentence=_sentence(str(dimension), entry, before, after),
        target=source.level_name(chosen.level) if chosen else "",
        target_from=source.content.level(chosen.level).min_score if chosen else None,
    )


def verdict_label(entry: Entry) -> str:
    return text(f"verdict.{entry['verdict']}.label")


def _score(entry: Entry | None) -> Score | None:
    return Score(entry["display"], entry["margin"]) if entry else None


def _told(entry: Entry) -> str:
    if entry["display"] is None:
        return ""
    return text("compare.difference", difference=signed(entry["display"]), margin=entry["margin"])


def _sentence(name: str, entry: Entry, before: Entry | None, after: Entry | None) -> str:
    if before is None or after is None:
        reason = text(f"verdict.reason.{entry['reason']}")
        return text("verdict.not_comparable", dimension=lower(name), reason=reason)
    return text(
        f"verdict.{entry['verdict']}",
        dimension=lower(name),
        score_1=before["display"],
        score_2=after["display"],
        difference=signed(entry["display"]),
        margin=entry["margin"],
    )


def total(found: Entry, first: Entry, second: Entry) -> Iterator[str]:
    """Rule 10.3: the total is judged alone; nothing is said of it where the rounds as a whole cannot be compared."""
    if not found["comparable"]:
        return
    entry = found["total"]
    if entry["verdict"] == "not_comparable":
        yield text("compare.total.none")
        return
    before, after = (result["total"]["display"] for result in (first, second))
    yield text("verdict.total", score_1=before, score_2=after)
    yield text(
        f"compare.total.{entry['verdict']}", difference=signed(entry["display"]), margin=entry["margin"]
    )


def described(changes: Iterable[Changed]) -> str:
    """What the chart of these changes shows, in words."""
    words = [text("compare.figure") + "."]
    for each in changes:
        words.append(each.sentence)
        if each.target:
            words.append(text("report.profile.value_target", target=each.target))
    return " ".join(words)


def has_lone_indication(found: Entry) -> bool:
    """One indication, and nothing else that changed: chance gives that too."""
    verdicts = [entry["verdict"] for entry in found["dimensions"].values()]
    told = [verdict for verdict in verdicts if verdict in CLEAR + INDICATIONS]
    return len(told) == 1 and told[0] in INDICATIONS


def experienced_beside_measured(name: str, seen: Entry | None, found: Entry, threshold: float) -> str:
    """Rules 9.1 and 9.2: whether what members experience is measured too; empty where there is nothing to say of it.

    Only for two rounds of which the first began the track, which is the time that members were asked about.
    """
    from assessment.scoring.change import experienced_signal  # loads scipy: only for whoever compares

    if seen is None or found["verdict"] == "not_comparable":
        return ""
    if found["signal"]:
        return text(f"report.experienced.{found['signal']}", dimension=lower(name))
    # What would be a signal if nothing were measured is experienced, and then measured as well.
    if experienced_signal("stable", seen["score"], threshold) is None:
        return ""
    return text("report.experienced.same", dimension=lower(name))
