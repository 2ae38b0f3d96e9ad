"""What the pages of a track read: the track with its rounds, and the result from which its next steps follow."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.shortcuts import get_object_or_404

from assessment.access import coached_tracks_for, tracks_for
from assessment.models import Priority, Round, Snapshot, Track, User
from questionnaires.content import Content
from questionnaires.models import QuestionnaireVersion


@dataclass(frozen=True)
class Reading:
    """A track with its rounds in order; everything else is read when somebody asks for it."""

    track: Track
    rounds: tuple[Round, ...]

    @cached_property
    def snapshot(self) -> Snapshot | None:
        """The newest frozen result of the track that may be told."""
        closed = [each for each in self.rounds if each.is_closed]
        found = {each.round_id: each for each in Snapshot.objects.filter(round__in=closed)}
        for round_ in reversed(closed):
            snapshot = found.get(round_.pk)
            if snapshot is not None and snapshot.result["published"]:
                snapshot.round = round_
                return snapshot
        return None

    @cached_property
    def content(self) -> Content:
        """The questionnaire of the newest result, else of the newest round. Raises Http404 when there is none."""
        if self.snapshot is not None:
            return self.snapshot.round.content
        if self.rounds:
            return self.rounds[-1].content
        newest = QuestionnaireVersion.objects.published().newest()
        if newest is None:
            raise Http404
        return newest.content

    @cached_property
    def priorities(self) -> list[Priority]:
        """Every decision in the track, that of the newest round first."""
        decided = Priority.objects.filter(round__in=self.rounds)
        of_round = {each.pk: each for each in self.rounds}
        order = {each.pk: nth for nth, each in enumerate(self.rounds)}
        found = sorted(decided, key=lambda each: (-order[each.round_id], each.place))
        for each in found:
            each.round = of_round[each.round_id]
        return found

    @property
    def decided(self) -> list[Priority]:
        """The last decision."""
        return [each for each in self.priorities if each.round_id == self.priorities[0].round_id]


def reading_of(user: User | AnonymousUser, forum: str, track: int) -> Reading:
    """A track of a forum that the user may see, else 404."""
    return read(get_object_or_404(tracks_for(user).select_related("forum"), pk=track, forum__slug=forum))


def coached_reading_of(user: User | AnonymousUser, forum: str, track: int) -> Reading:
    """The same of a forum that the user coaches and that is not archived: for whoever writes in it."""
    tracks = coached_tracks_for(user).select_related("forum")
    return read(get_object_or_404(tracks, pk=track, forum__slug=forum))


def read(track: Track) -> Reading:
    rounds = track.rounds.select_related("version").defer("version__document").order_by("opens_on", "pk")
    found = tuple(rounds)
    for each in found:
        each.track, each.forum = track, track.forum
    return Reading(track, found)
