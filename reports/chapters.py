"""The chapters of a forum report, for page and PDF alike: their order, their titles, and which a report has."""

from collections.abc import Callable, Collection

from questionnaires.texts import text
from reports.report import Report, Result

_TITLES = {
    "glance": "report.glance.title",
    "profile": "report.profile.title",
    "foreword": "report.foreword.title",
    "who": "report.who.title",
    "guide": "report.howto.title",
    "agreement": "report.agreement.title",
    "statements": "report.statements.title",
    "change": "report.change.title",
    "experience": "report.experienced.title",
    "targets": "report.targets.title",
    "importance": "report.importance.title",
    "track": "report.track.title",
    "agreed": "report.actions.title",
    "levels": "report.group_level.title",
    "voices": "report.voices.title",
    "annex": "report.technical.title",
}
CHAPTERS = tuple(_TITLES)
# The summary of two pages, the coach's own words, and without what a report would mislead.
NEVER_LEFT_OUT = frozenset({"glance", "profile", "foreword", "who", "guide", "annex"})
# Chapters that are told with another one or not at all: this one repeats the verdicts of that one.
_GOES_WITH = {"experience": "change"}
OPTIONAL = tuple(name for name in CHAPTERS if name not in NEVER_LEFT_OUT and name not in _GOES_WITH)

# What forum and coach say themselves, told below the threshold too.
_CHOSEN: dict[str, Callable[[Report], object]] = {
    "foreword": lambda report: report.foreword,
    "targets": lambda report: report.targets,
    "agreed": lambda report: report.agreed,
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


def chapters_without(left_out: Collection[str]) -> tuple[str, ...]:
    """The names of what is told when these are not."""
    return tuple(name for name in CHAPTERS if _GOES_WITH.get(name, name) not in left_out)


def title_of(name: str) -> str:
    """As the contents of a whole report have it, in the active language."""
    return text(_TITLES[name])


def _is_told(report: Report, name: str) -> bool:
    if not report.tells(name):
        return False
    if name in _CHOSEN:
        return bool(_CHOSEN[name](report))
    if report.result is None:
        return name == "who"
    return bool(_HAS[name](report.result)) if name in _HAS else True


def _title(report: Report, name: str) -> str:
    return report.result.track.title if name == "track" and report.result else title_of(name)
