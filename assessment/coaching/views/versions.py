"""Versions of questionnaires: which there are, uploading, publishing, retiring; for programme managers."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render

from assessment.access import rounds_for, versions_for
from assessment.actions import versions
from assessment.actions.refusals import RefusedError
from assessment.coaching.finding import found_rounds
from assessment.coaching.forms.finding_rounds import FindRoundOfForumsForm
from assessment.coaching.forms.versions import FindVersionForm, UploadForm
from assessment.coaching.views.guards import StaffRequest, manager_page, version_of
from assessment.models import Round
from questionnaires.loading import Fault, QuestionnaireError
from questionnaires.models import QuestionnaireVersion
from questionnaires.texts import text

ROWS, FEW = 20, 6  # rows of a page, and so few that nobody needs to search among them


@manager_page("GET")
def index(request: StaffRequest) -> HttpResponse:
    """Every version, the newest of each questionnaire first or last; found by name, number or state."""
    form = FindVersionForm(request.GET)
    words, state = form.asked("zoek"), form.asked("toestand")
    found = versions_for(request.user).annotate(round_count=Count("rounds"))
    if state:
        found = found.filter(state=state)
    if words:
        found = found.filter(Q(questionnaire__slug__icontains=words) | Q(version__icontains=words))
    by_number = sorted(found, key=lambda each: each.parts, reverse=not form.asked("volgorde"))
    listed = sorted(by_number, key=lambda each: each.questionnaire.slug)
    page = Paginator(listed, ROWS).get_page(request.GET.get("pagina"))
    context = {"form": form, "page": page, "versions": page.object_list, "is_asked": bool(words or state)}
    return render(request, "coaching/versions.html", context)


@manager_page("GET", "POST")
def upload(request: StaffRequest) -> HttpResponse:
    """A file becomes a draft, or every fault is told and nothing is stored."""
    is_sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if is_sent else UploadForm()
    faults: tuple[Fault, ...] = ()
    if form.is_valid():
        try:
            version, is_stored = versions.upload_version(file=form.given)
        except QuestionnaireError as error:
            faults = error.faults
        else:
            key = "manage.questionnaires.uploaded" if is_stored else "manage.questionnaires.same"
            messages.success(request, text(key, version=version.version))
            return redirect("coaching:version", version.pk)
    return render(request, "coaching/version_upload.html", {"form": form, "faults": faults})


@manager_page("GET")
def show(request: StaffRequest, version: int) -> HttpResponse:
    """What it is, which rounds have it, and what can be done with it."""
    found = version_of(request.user, version)
    form = FindRoundOfForumsForm(request.GET)
    rounds = found_rounds(
        rounds_for(request.user).filter(version=found).select_related("forum"),
        words=form.asked("zoek"),
        kind=form.asked("ronde"),
        state=form.asked("toestand"),
        is_oldest_first=bool(form.asked("volgorde")),
    )
    page = Paginator(rounds, ROWS).get_page(request.GET.get("pagina"))
    is_long = form.is_asked or page.paginator.count > FEW
    context = _facts(found) | {"page": page, "find": form, "has_search": is_long}
    return render(request, "coaching/version.html", context)


@manager_page("GET", "POST")
def publish(request: StaffRequest, version: int) -> HttpResponse:
    """Asked first, because it is final; what is published is the document that the page was about."""
    found, checksum = version_of(request.user, version), request.POST.get("checksum", "")

    def act() -> None:
        versions.publish_version(version=found, checksum=checksum)

    return _ask_or_act(request, found, "publish", act)


@manager_page("GET", "POST")
def retire(request: StaffRequest, version: int) -> HttpResponse:
    """Asked first, with how many planned rounds have it and whether another one is left for new rounds."""
    found = version_of(request.user, version)
    return _ask_or_act(request, found, "retire", lambda: versions.retire_version(version=found))


@manager_page("GET", "POST")
def restore(request: StaffRequest, version: int) -> HttpResponse:
    found = version_of(request.user, version)
    return _ask_or_act(request, found, "restore", lambda: versions.restore_version(version=found))


@manager_page("GET", "POST")
def delete(request: StaffRequest, version: int) -> HttpResponse:
    found = version_of(request.user, version)
    return _ask_or_act(request, found, "delete", lambda: versions.delete_draft(version=found))


@manager_page("GET")
def download(request: StaffRequest, version: int) -> HttpResponse:
    """The document as it is stored, which is JSON and therefore YAML: uploading it again changes nothing."""
    found = version_of(request.user, version)
    response = HttpResponse(found.document, content_type="application/json; charset=utf-8")
    name = f"{found.questionnaire.slug}-{found.version}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _ask_or_act(
    request: StaffRequest, version: QuestionnaireVersion, what: str, act: Callable[[], None]
) -> HttpResponse:
    """The question on a GET; on a POST do it, and say so or say why not."""
    if request.method != "POST":
        context = _facts(version) | {"what": what, "warning": _warning(what, version)}
        return render(request, "coaching/version_confirm.html", context)
    try:
        act()
    except RefusedError as error:
        messages.error(request, str(error))
        return redirect("coaching:version", version.pk)
    messages.success(request, text(f"manage.questionnaires.{what}.done", version=version.version))
    return redirect("coaching:versions") if what == "delete" else redirect("coaching:version", version.pk)


def _facts(version: QuestionnaireVersion) -> dict[str, object]:
    return {"version": version, "content": version.content}


def _warning(what: str, version: QuestionnaireVersion) -> str:
    """What retiring would come to for rounds; empty when nothing speaks against it."""
    if what != "retire":
        return ""
    if not QuestionnaireVersion.objects.published().exclude(pk=version.pk).exists():
        return text("manage.questionnaires.retire.last")
    planned = version.rounds.filter(state=Round.State.PLANNED).count()
    return text("manage.questionnaires.retire.planned", n=planned, count=planned) if planned else ""
