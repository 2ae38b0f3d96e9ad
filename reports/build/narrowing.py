"""A report without the chapters that its coach left out: what belongs to one of them is nowhere in it.

The summary stays as it is, also where it sums up a chapter that was left out, but for the priorities, which go with the
chapter about them; so do who answered, the reading guide and the annex. A report would mislead without them.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from reports.build.source import Source
from reports.chapters import NEVER_LEFT_OUT, title_of
from reports.importance import Importance
from reports.report import Agreement, Profile, Report, Result, Track
from reports.statements import Statement, Statements

NO_STATEMENTS = Statements(groups=(), highest=(), lowest=(), description="", notes=())
NO_TRACK = Track(title="", lead="", priorities=(), make_visible=())


def within(source: Source, chapters: Collection[str]) -> Source:
    """Without what stands beside the result and is not told, such as a target that profile and ladders would mark.

    Priorities that are not told are none: that the forum has not chosen would be another statement, and untrue.
    """
    return replace(
        source,
        placements=source.placements if "levels" in chapters else {},
        targets=source.targets if "targets" in chapters else {},
        agreed=source.agreed if "agreed" in chapters else (),
        chosen=source.chosen if "track" in chapters else (),
        voices=source.voices if "voices" in chapters else (),
    )


def narrowed(report: Report, chapters: Collection[str]) -> Report:
    """Without the parts of the result that are not told."""
    told = frozenset(chapters) | NEVER_LEFT_OUT
    return replace(report, result=report.result and _narrowed(report.result, told), chapters=told)


def omitted(left_out: Collection[str]) -> tuple[str, ...]:
    """The titles of the chapters that the coach left out, which the report says."""
    return tuple(title_of(name) for name in left_out)


def _narrowed(result: Result, told: frozenset[str]) -> Result:
    statements = result.statements if "statements" in told else NO_STATEMENTS
    has_agreement = "agreement" in told
    return replace(
        result,
        agreement=tuple(_agreement(result, told)),
        profile=result.profile if has_agreement else _profile_without_agreement(result.profile),
        statements=statements if has_agreement else _statements_without_agreement(statements),
        change=result.change if "change" in told else None,
        experience=result.experience if "experience" in told else (),
        importance=result.importance if "importance" in told else _no_importance(result.importance),
        track=result.track if "track" in told else NO_TRACK,
    )


def _agreement(result: Result, told: frozenset[str]) -> Iterator[Agreement]:
    """Without chapter on the statements nothing is told of one of them: neither how it spreads, nor its two camps."""
    for each in result.agreement if "agreement" in told else ():
        if "statements" in told:
            yield each
        else:
            yield replace(each, two_camps=(), camps_without_bar=(), spread=(), description="")


def _profile_without_agreement(profile: Profile) -> Profile:
    measures = tuple(replace(each, agreement="") for each in profile.measures)
    return replace(profile, measures=measures, has_agreement=False)


def _statements_without_agreement(statements: Statements) -> Statements:
    def bare(told: Iterable[Statement]) -> tuple[Statement, ...]:
        return tuple(replace(each, agreement="") for each in told)

    return replace(
        statements,
        groups=tuple(replace(each, statements=bare(each.statements)) for each in statements.groups),
        highest=bare(statements.highest),
        lowest=bare(statements.lowest),
        has_agreement=False,
    )


def _no_importance(importance: Importance) -> Importance:
    return replace(importance, dimensions=(), line=None, description="", notes=())
