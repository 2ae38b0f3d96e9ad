"""A round whose report can be shared, with everything beside it that a coach can leave out; and sharing it."""

import datetime

from assessment.actions import sharing
from assessment.models import Action, Forum, GroupLevel, Quote, Round, SharedReport, Snapshot, Target, Theme
from reports.chapters import OPTIONAL, chapters_without
from tests import factories
from tests.reports.cast import close, large_result

FOREWORD = "Lees eerst de samenvatting.\n\nWe bespreken het in mei."
DAY = datetime.date(2026, 2, 2)


def make_shareable_round(forum: Forum) -> Round:
    """The second round of a track, with a target, an action, a level of the group, a theme and two quotes."""
    round = factories.make_open_round(forum=forum, kind="interim")
    track = round.track
    first = Round.objects.create(
        forum=forum, track=track, version=round.version, kind="baseline", opens_on=DAY, closes_on=DAY
    )
    close(first, large_result())
    moment = datetime.datetime(2025, 12, 1, tzinfo=datetime.UTC)
    Snapshot.objects.filter(round=first).update(closed_at=moment)
    close(round, large_result())
    Target.objects.create(
        track=track, dimension="VER", level=4, reason="Vertrouwen draagt de rest.", chosen_on=DAY
    )
    Action.objects.create(
        track=track, dimension="VER", block="network", what="Afspraken overlopen", owner="Secretariaat"
    )
    GroupLevel.objects.create(
        round=round, dimension="VIS", level=4, evidence="De visietekst.", recorded_on=DAY
    )
    theme = Theme.objects.create(round=round, title="Vertrouwen groeit", summary="Leden kennen elkaar beter.")
    Quote.objects.create(round=round, theme=theme, text="We bellen elkaar nu gewoon op.")
    Quote.objects.create(round=round, text="Vergader minder, beslis meer.")
    round.refresh_from_db()
    return round


def share(
    round: Round, *, foreword: str = FOREWORD, left_out: tuple[str, ...] = (), **options: bool
) -> SharedReport:
    """Share as the pages do."""
    prepared = sharing.prepare_sharing(round=round, foreword=foreword, left_out=left_out, known=OPTIONAL)
    return sharing.share_report(**asked(prepared), **options)


def update(round: Round, **options: bool) -> SharedReport:
    return sharing.update_shared_report(**asked(round.shared_reports.not_ended().get()), **options)


def asked(prepared: SharedReport) -> dict[str, object]:
    """What a coach asks who has just looked at the page."""
    chapters, by = chapters_without(prepared.left_out), "Begeleider Noord"
    seen = sharing.seal_of(sharing.document_of(prepared, chapters=chapters, by=by), prepared.round)
    return {"round": prepared.round, "chapters": chapters, "by": by, "seen": seen}
