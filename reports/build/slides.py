"""The presentation: the report and its preparation cut into screens with one message each.

Recognise (how it stands, where opinions differ), explain (themes, the three talks), choose (levels, what comes first).
"""

from collections.abc import Iterator

from questionnaires.texts import text
from reports.preparation import Preparation, Slide
from reports.report import Result, Voice

N_CAMPS = 3  # statements that fit a screen in big type


def slides(preparation: Preparation, voices: tuple[Voice, ...]) -> tuple[Slide, ...]:
    """In the active language. Their number and order do not change by what is recorded on them."""
    return tuple(_slides(preparation, voices))


def _slides(preparation: Preparation, voices: tuple[Voice, ...]) -> Iterator[Slide]:
    report = preparation.report
    yield Slide("cover", report.title, report)
    if report.result is None:
        yield Slide("cautions", text("report.who.title"), report.respondents)
    else:
        yield from _recognise(preparation, report.result)
    for voice in voices:
        yield Slide("voice", voice.title or text("report.voices.title"), voice)
    for talk in preparation.talks:
        yield Slide("talk", talk.name, talk)
        yield Slide("levels", talk.name, talk)
    yield Slide("group_levels", text("report.group_level.title"), report.group_levels)
    if report.result is not None and report.result.track.priorities:
        yield Slide("first", text("present.first.title"), report.result.track.priorities)


def _recognise(preparation: Preparation, result: Result) -> Iterator[Slide]:
    yield Slide("glance", text("report.glance.title"), result.glance.sentences)
    yield Slide("profile", text("report.profile.title"), result.profile)
    if preparation.shared:
        yield Slide("shared", text("report.agreement.title"), preparation.shared)
    for start in range(0, len(preparation.camps), N_CAMPS):
        yield Slide("camps", text("present.camps.title"), preparation.camps[start : start + N_CAMPS])
    if result.track.make_visible:
        yield Slide("unseen", text("report.track.visible"), result.track.make_visible)
