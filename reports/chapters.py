"""The chapters of a forum report, for page and PDF alike: their order, their titles, and which a report has."""

from collections.abc import Callable, Collection

from questionnaires.texts import text
from reports.report import Report, Result

_TITLES = {
    "glance": "report.glance.title",
    "profile": "report.profile.title",
    "who": "report.who.title",
    "guide": "report.howto.title",
    "agreement": "report.agreement.title",
    "statements": "report.statements.title",
    "change": "report.change.title",
    "experience": "report.experienced.title",
    "importance": "report.importance.title",
    "targets": "report.targets.title",
    "track": "report.track.title",
    "levels": "report.group_level.title",
    "voices": "report.voices.title",
    "annex": "report.technical.title",
}
CHAPTERS = tuple(_TITLES)

# What the forum says of itself, told below the threshold too.
_CHOSEN: dict[str, Callable[[Report], object]] = {
    "targets": lambda report: report.targets,
    "levels": lambda report: report.group_levels,
}
_HAS: dict[str, Callable[[Result], object]] = {
    "change": lambda result: result.change,
    "experience": lambda result: result.experience,
    "voices": lambda result: result.voices,
}


def chapters_of(report: Report, chosen: Collection[str] = CHAPTERS) -> dict[str, str]:
    """The chosen chapters that there is something to tell in, by name with their title, in the active language."""
    return {name: _title(report, name) for name in CHAPTERS if name in chosen and _is_told(report, name)}


def _is_told(report: Report, name: str) -> bool:
    if name in _CHOSEN:
        return bool(_CHOSEN[name](report))
    if report.result is None:
        return name == "who"
    return bool(_HAS[name](report.result)) if name in _HAS else True


def _title(report: Report, name: str) -> str:
    return report.result.track.title if name == "track" and report.result else text(_TITLES[name])
