"""The page of a track, for who may see the forum; what it shows of the year, its choices and its actions."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify

from assessment.access import sees_names
from assessment.actions.planning import track_to_show
from assessment.coaching.views.guards import StaffRequest, desk_page, forum_of
from assessment.models import IssuedFile
from assessment.offer import the_offer
from questionnaires.content import Content
from questionnaires.models import QuestionnaireVersion
from questionnaires.texts import text
from reports.downloads import file_of
from reports.guards import interface_language
from reports.track import overview
from reports.track.reading import Reading, reading_of
from reports.track.telling import results_of, track_report

Context = dict[str, Any]


@desk_page("GET")
def current(request: StaffRequest, forum: str) -> HttpResponse:
    """The track that runs now, else the next or the last one; a forum without any is told how to begin."""
    found = forum_of(request.user, forum)
    track = track_to_show(found)
    if track is not None:
        return redirect("reports:track_year", forum, track.pk)
    return render(
        request,
        "reports/track/none.html",
        {"forum": found, "forum_name": found.in_sentence(interface_language())},
    )


@desk_page("GET")
def show(request: StaffRequest, forum: str, track: int) -> HttpResponse:
    reading = reading_of(request.user, forum, track)
    found = reading.track.forum
    writes = sees_names(request.user, found) and not found.is_archived
    context = track_context(reading) | _told(reading) | {"writes": writes}
    context["has_report"] = any(each.is_closed for each in reading.rounds)
    context["others"] = found.tracks.exclude(pk=track).order_by("-starts_on")
    return render(request, "reports/track/track.html", context)


@desk_page("GET", "POST")
def download(request: StaffRequest, forum: str, track: int) -> HttpResponse:
    """The year as a file whose leaving is noted, with the newest result of the track."""
    reading = reading_of(request.user, forum, track)
    snapshots = results_of(reading.track)
    if request.method != "POST" or not snapshots:
        return redirect("reports:track_year", forum, track)
    report = track_report(reading, snapshots, today=timezone.localdate(), language=interface_language())
    from reports.pdf.track import track_pdf  # loads reportlab: only for whoever asks for a PDF

    name = f"regiospiegel-{forum}-{slugify(text('track.report.title'))}-{reading.track.starts_on.isoformat()}.pdf"
    kind = IssuedFile.Kind.TRACK_PDF
    return file_of(snapshots[-1], kind, track_pdf(report), name=name, content_type="application/pdf")


def track_context(reading: Reading) -> Context:
    """What every page of a track has."""
    forum = reading.track.forum
    return {"track": reading.track, "forum": forum, "forum_name": forum.in_sentence(interface_language())}


def _told(reading: Reading) -> Context:
    """Everything on the page, from four lists that are read once."""
    today, content = timezone.localdate(), reading.content
    actions = list(reading.track.actions.select_related("breakthrough"))
    targets = list(reading.track.targets.all())
    moments = overview.moments(reading, actions, targets, today)
    source = overview.source_for(reading, interface_language())
    proposals = overview.proposals(source) if source else ()
    decided = reading.decided if reading.priorities else []
    first = [each.chosen for each in decided if each.chosen] if decided else [each.code for each in proposals]
    return {
        "moments": moments,
        "line": overview.line(reading, moments),
        "blocks": overview.blocks(actions),
        "targets": overview.chosen_targets(targets, content),
        "proposals": proposals,
        "decisions": overview.decisions(decided, content),
        "decided": decided[0] if decided else None,
        "earlier": [
            (round_, overview.decisions(own, content))
            for round_ in reversed(reading.rounds)
            if (own := [each for each in reading.priorities if each.round_id == round_.pk])
            and round_.pk != decided[0].round_id
        ],
        "result": reading.snapshot,
        "columns": overview.columns(actions, content),
        "actions": actions,
        "steps": overview.next_steps(source, actions, first, today) if source else (),
    }


@desk_page("GET")
def offer(request: StaffRequest) -> HttpResponse:
    """What VVSG and others offer, by dimension; what is outdated stands last and says so."""
    today, catalogue, content = timezone.localdate(), the_offer(), _newest_content()
    chosen, is_current = request.GET.get("dimensie", ""), request.GET.get("nu") == "ja"
    offers = [
        (each, str(catalogue.kinds[each.kind]), each.is_outdated(today))
        for each in catalogue.current_first(today)
        if (not chosen or each.fits(chosen)) and not (is_current and each.is_outdated(today))
    ]
    dimensions = [(each.code, str(each)) for each in content.dimensions] if content else []
    context = {"offers": offers, "dimensions": dimensions, "chosen": chosen, "is_current": is_current}
    return render(request, "reports/track/offer.html", context)


def _newest_content() -> Content | None:
    newest = QuestionnaireVersion.objects.published().newest()
    return newest.content if newest else None
