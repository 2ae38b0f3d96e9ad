"""The year of a forum on one line: what happened and what is still to come, as plain values in order of time.

Whatever has a day of its own in the track joins here as moments; page and drawing show them without knowing more.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from assessment.models import Action, Priority, Round, Session, Target, Track
from questionnaires.texts import lower, text

# How a moment is drawn on the line; `today` is a line of its own.
START, END, TODAY, ROUND, SESSION, MILESTONE, DUE = (
    "start", "end", "today", "round", "session", "milestone", "due",
)  # fmt: skip
_ORDER = (START, ROUND, SESSION, MILESTONE, DUE, TODAY, END)


@dataclass(frozen=True)
class Moment:
    """A day of the year. `until` is the last day of what takes longer; `label` is short enough for the line.

    `url` is empty where there is nothing to open, `note` says what state it is in.
    """

    day: datetime.date
    kind: str
    words: str
    until: datetime.date | None = None
    label: str = ""
    note: str = ""
    url: str = ""


def year(
    track: Track,
    *,
    today: datetime.date,
    rounds: Iterable[Round],
    targets: Iterable[Target] = (),
    priorities: Iterable[Priority] = (),
    actions: Iterable[Action] = (),
    sessions: Iterable[Session] = (),
) -> tuple[Moment, ...]:
    """Everything of the track that has a day, the earliest first; today only while the track runs."""
    found = [
        Moment(track.starts_on, START, text("track.start.label")),
        Moment(track.ends_on, END, text("track.end.label")),
        *_of_rounds(rounds),
        *_of_choices(targets, priorities),
        *_of_actions(track, actions),
        *_of_sessions(track, sessions),
    ]
    if track.starts_on <= today <= track.ends_on:
        found.append(Moment(today, TODAY, text("track.today"), label=text("track.today")))
    return tuple(sorted(found, key=lambda each: (each.day, _ORDER.index(each.kind))))


def _of_rounds(rounds: Iterable[Round]) -> Iterator[Moment]:
    for each in rounds:
        name = text(f"round.kind.{each.kind}")
        yield Moment(
            each.opens_on,
            ROUND,
            name,
            until=each.closes_on,
            label=lower(name),
            note=text(f"track.round.{each.state}"),
            url=reverse("coaching:round", args=[each.forum.slug, each.pk]),
        )


def _of_choices(targets: Iterable[Target], priorities: Iterable[Priority]) -> Iterator[Moment]:
    """One moment for all that was chosen on a day."""
    for day in sorted({each.decided_on for each in priorities}):
        yield Moment(day, MILESTONE, text("track.milestone.priorities"), url="#prioriteiten")
    for day in sorted({each.chosen_on for each in targets}):
        yield Moment(day, MILESTONE, text("track.milestone.targets"), url="#streefniveaus")


def _of_actions(track: Track, actions: Iterable[Action]) -> Iterator[Moment]:
    for each in actions:
        url = reverse("reports:action", args=[track.forum.slug, track.pk, each.pk])
        if each.due_on is not None:
            words = text("track.due", action=each.what)
            yield Moment(each.due_on, DUE, words, note=text(f"action.status.{each.status}"), url=url)
        bid = getattr(each, "breakthrough", None)
        if bid is not None and bid.decided_on is not None:
            words = text(f"track.milestone.breakthrough.{bid.decision}", action=each.what)
            yield Moment(bid.decided_on, MILESTONE, words, url=url)


def _of_sessions(track: Track, sessions: Iterable[Session]) -> Iterator[Moment]:
    for each in sessions:
        url = reverse("coaching:session", args=[track.forum.slug, each.pk])
        note = text("track.session.held" if each.is_over else "track.session.ahead")
        yield Moment(timezone.localdate(each.starts_at), SESSION, text("track.session"), note=note, url=url)
