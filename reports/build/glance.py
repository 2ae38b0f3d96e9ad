"""At a glance: three sentences, chosen by rule.

The first three of these that apply: in how many dimensions there is clear progress and in how many clear decline since
the first round, or that there is no clear change; highest and lowest, or instead of both that the scores are close
together; where opinions differ most, or that they differ nowhere; the total; who answered; what the report is not.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from assessment.scoring.rounding import NOISE_DECIMALS
from questionnaires.texts import listed, lower, text
from reports.build.change import compared
from reports.build.differences import CLEAR
from reports.build.respondents import count_sentence
from reports.build.source import Source, Told
from reports.report import Glance

N_SENTENCES = 3
MOST_NAMED = 3
DIVIDED = ("divided", "strongly_divided")


def glance(source: Source) -> Glance:
    return Glance(
        sentences=tuple(islice(_candidates(source), N_SENTENCES)),
        priorities_title=text("report.glance.works_on" if source.is_decided else "report.glance.first"),
        priorities=tuple(told.name for told in source.priorities),
    )


def _candidates(source: Source) -> Iterator[str]:
    yield from changes(source)
    yield from _extremes(source)
    yield from opinions(source)
    yield from _total(source)
    yield count_sentence(source)
    yield text("report.howto.not.1")
    yield text("report.howto.not.2")


def changes(source: Source) -> Iterator[str]:
    """Rule 10.7: since the first round of the track; nothing where the two cannot be compared."""
    if not source.earlier:
        return
    first = source.earlier[0]
    found = compared(source, first.result, source.result)
    if not found["comparable"]:
        return
    round_1 = source.name_of_round(first.kind)
    moved = [entry["verdict"] for entry in found["dimensions"].values() if entry["verdict"] in CLEAR]
    for key, verdict in (("report.glance.change", "progress"), ("report.glance.decline", "decline")):
        names = [
            lower(str(told.dimension.short_name))
            for told in source.dimensions
            if found["dimensions"][told.dimension.code]["verdict"] == verdict
        ]
        if names:
            yield text(key, round_1=round_1, count=_in_words(len(names)), names=_named(names))
    if not moved:
        yield text("report.glance.change_none", round_1=round_1)


def _named(names: Sequence[str]) -> str:
    """Which ones, behind their number; many would hide it."""
    return f": {listed(names)}" if len(names) <= MOST_NAMED else ""


def _in_words(count: int) -> str:
    """A number as it stands in a sentence; beyond eight in digits, which no questionnaire of ours needs."""
    return text(f"number.{count}") if count <= 8 else str(count)


def _extremes(source: Source) -> Iterator[str]:
    """Highest and lowest, or that the scores are close; one dimension alone is neither high nor low."""
    published = source.published
    if len(published) < 2:
        yield from (source.level_sentence(told) for told in published)
    elif found := extremes(source):
        highest, lowest = found
        yield text("report.glance.strongest", **highest.measured)
        yield text("report.glance.lowest", **lowest.measured)
    else:
        yield text("report.glance.close")


def extremes(source: Source) -> tuple[Told, Told] | None:
    """By displayed score, ties in the order of the questionnaire; none of fewer than two, or when they are close.

    Close together: the displayed scores differ by no more than the larger of the two displayed margins.
    """
    published = source.published
    if len(published) < 2:
        return None
    highest = max(published, key=lambda told: told.entry["display"])
    lowest = min(published, key=lambda told: told.entry["display"])
    gap = highest.entry["display"] - lowest.entry["display"]
    is_close = gap <= max(highest.entry["margin"], lowest.entry["margin"])
    return None if is_close else (highest, lowest)


def opinions(source: Source) -> Iterator[str]:
    """Where they differ most. That nobody is divided is said only when all dimensions are known."""
    known = _known(source)
    if most := most_divided(source):
        yield text("report.glance.divided", dimension=most.in_sentence)
    elif len(known) == sum(not told.is_about_municipalities for told in source.dimensions):
        yield text("report.glance.all_agree")


def most_divided(source: Source) -> Told | None:
    """The lowest consensus among the divided dimensions, the first of those that are alike."""
    divided = [told for told in _known(source) if told.entry["agreement"] in DIVIDED]
    return min(divided, key=consensus, default=None)


def consensus(told: Told) -> float:
    """To order dimensions by: those that differ by no more than the noise of floating point are alike (rule 2.5)."""
    return round(told.entry["consensus"], NOISE_DECIMALS)


def _known(source: Source) -> list[Told]:
    """A dimension about the own municipality has no place here: its spread is no disagreement (rule 7.3)."""
    return [told for told in source.published if told.entry["agreement"] and not told.is_about_municipalities]


def _total(source: Source) -> Iterator[str]:
    total = source.result["total"]
    if total:
        yield text("report.glance.total", score=total["display"], margin=total["margin"])
