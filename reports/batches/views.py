"""Choosing the reports of a batch, seeing how far it is, and its file."""

from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from assessment.access import rounds_for
from assessment.actions.batching import may_be_handed_out, start_batch
from assessment.coaching.views.guards import StaffRequest, desk_page
from assessment.models import Batch, BatchReport, Round, User
from reports.batches.forms import ChooseReportsForm, FindResultForm
from reports.batches.tasks import queue_batch
from reports.guards import interface_language

# Seconds after which the page of a batch asks again how far it is.
AGAIN_AFTER = 5
# What a form with ticks sends beside them: its token and what was looked for.
FIELDS_BESIDE = 2


@desk_page("GET", "POST")
def batches(request: StaffRequest) -> HttpResponse:
    """The rounds to choose from, none of them ticked unless asked otherwise, and what was asked for before."""
    given = request.POST if request.method == "POST" else None
    find = FindResultForm(given or request.GET)
    rounds = _rounds(request.user, find.asked("zoek"))
    may_tick_all = len(rounds) + FIELDS_BESIDE <= settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    is_ticked = may_tick_all and request.GET.get("keuze") == "alle"
    form = ChooseReportsForm(
        given, rounds=rounds, initial={"rondes": [each.pk for each in rounds if is_ticked]}
    )
    if form.is_valid() and form.chosen:
        batch = start_batch(
            user=request.user,
            snapshots=[each.snapshot for each in form.chosen],
            language=interface_language(),
            queue=queue_batch,
        )
        return redirect("reports:batch", batch.pk)
    context = {"find": find, "form": form, "rounds": rounds, "may_tick_all": may_tick_all}
    context["earlier"] = _of(request.user)
    return render(request, "reports/batches/choose.html", context)


@desk_page("GET")
def batch(request: StaffRequest, batch: int) -> HttpResponse:
    """How far the reports are; the page asks again by itself while they are being made."""
    found = get_object_or_404(_of(request.user), pk=batch)
    response = render(request, "reports/batches/batch.html", {"batch": found} | _told(found))
    if found.is_under_way and not found.is_expired:
        response["Refresh"] = str(AGAIN_AFTER)
    return response


@desk_page("GET", "POST")
def batch_download(request: StaffRequest, batch: int) -> Any:  # a file that streams is no HttpResponse
    """The file, while the person may see every result in it; else the page that says why not."""
    found = get_object_or_404(_of(request.user), pk=batch)
    if request.method != "POST" or not _has_file(found) or not may_be_handed_out(found):
        return redirect("reports:batch", batch)
    day = timezone.localtime(found.made_at).date().isoformat()
    response = FileResponse(
        found.path.open("rb"), as_attachment=True, filename=f"regiospiegel-rapporten-{day}.zip"
    )
    response["Content-Encoding"] = "identity"  # nothing in it gets smaller by compressing it again
    return response


def _has_file(batch: Batch) -> bool:
    return batch.is_done and not batch.is_expired and batch.path.exists()


def _of(user: User) -> Any:
    return Batch.objects.filter(user=user).select_related("user")


def _rounds(user: User, words: str) -> list[Round]:
    """Closed rounds with a result, of any forum that the user may see, by forum and day."""
    rounds = rounds_for(user).filter(snapshot__isnull=False, forum__name__icontains=words)
    with_names = rounds.select_related("forum", "snapshot").defer("snapshot__document")
    return list(with_names.order_by("forum__name", "forum", "closed_at", "pk"))


def _told(batch: Batch) -> dict[str, Any]:
    reports = list(batch.reports.select_related("snapshot__round__forum").defer("snapshot__document"))
    failed = [each.snapshot.round for each in reports if each.state == BatchReport.State.FAILED]
    n_done = sum(each.state == BatchReport.State.DONE for each in reports)
    return {
        "failed": failed,
        "n_done": n_done,
        "n_tried": n_done + len(failed),
        "is_refused": batch.is_done and not may_be_handed_out(batch),
        "has_file": _has_file(batch),
    }
