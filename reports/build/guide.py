"""How to read the report: score, level, margin, agreement, change, confidentiality, and what the report is not."""

from collections.abc import Iterator

from questionnaires.texts import text
from reports.build.source import Source, Told
from reports.report import Explanation


def guide(source: Source) -> tuple[Explanation, ...]:
    limits = tuple(text(f"report.howto.not.{number}") for number in (1, 2, 3, 4))
    return (
        Explanation(text("report.howto.score.title"), (text("report.howto.score"),)),
        Explanation(text("report.howto.level.title"), (text("report.howto.level"),)),
        *_margin(source),
        Explanation(text("report.howto.agreement.title"), tuple(_agreement(source))),
        *_change(source),
        Explanation(text("report.howto.confidential.title"), (text("report.howto.confidential"),)),
        Explanation(text("report.howto.not.title"), limits),
    )


def _agreement(source: Source) -> Iterator[str]:
    yield text("report.howto.agreement")
    if source.earlier:
        yield text("report.agreement.rounds_note")


def _change(source: Source) -> Iterator[Explanation]:
    if source.earlier:
        told = text("report.howto.change"), text("report.howto.persons")
        yield Explanation(text("report.howto.change.title"), told)


def _margin(source: Source) -> Iterator[Explanation]:
    """What a margin is, and what one of this width can and cannot show, with the forum's own numbers."""
    title, meaning = text("report.howto.margin.title"), text("report.howto.margin")
    typical = _typical(source)
    if typical is None:
        yield Explanation(title, (meaning,))
        return
    yield Explanation(title, (meaning, _example(typical)))
    small = text("report.howto.small"), _visible(source, typical)
    yield Explanation(text("report.howto.small.title"), small)


def _typical(source: Source) -> Told | None:
    """The dimension in the middle of those that are shown, by margin: half of the margins are at most as wide."""
    ranked = sorted(source.published, key=lambda told: told.entry["margin"])
    return ranked[len(ranked) // 2] if ranked else None


def _example(typical: Told) -> str:
    """Ends of the printed score and margin, so that the reader can add them up."""
    score, margin = typical.entry["display"], typical.entry["margin"]
    ends = {"low": max(0, score - margin), "high": min(100, score + margin)}
    return text("report.howto.margin_example", **typical.measured, **ends)


def _visible(source: Source, typical: Told) -> str:
    """Rule 10.8: from how many points on two rounds like this one show a change in the typical dimension."""
    # They load scipy: only for whoever asks for a result.
    from assessment.scoring.scale import half_up
    from assessment.scoring.uncertainty import half_width, smallest_change

    scoring, entry = source.content.scoring, typical.entry
    # From the printed margin, so that this sentence tells nothing that the report does not tell already.
    one = half_width(1, entry["n_delegations"] - 1, scoring.uncertainty.confidence)
    change = smallest_change(
        entry["margin"] / one,
        entry["n_delegations"],
        confidence=scoring.uncertainty.confidence,
        min_delta=scoring.change.min_delta_points,
    )
    return text(
        "report.howto.small_visible",
        municipalities=source.response["delegations"],
        margin=entry["margin"],
        change=half_up(change),
    )
