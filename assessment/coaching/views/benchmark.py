"""Reference values over forums that agreed, for programme managers alone: the page, and freezing them anew."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from assessment.access import forums_for
from assessment.actions.benchmarking import agreed_results, due_values, freeze_benchmarks
from assessment.coaching.reference_values import reference_values
from assessment.coaching.views.guards import StaffRequest, manager_page
from questionnaires.texts import text


@manager_page("GET")
def show(request: StaffRequest) -> HttpResponse:
    """The same values for every programme manager, without the name of any forum."""
    forums, agreed = forums_for(request.user), agreed_results(by=request.user)
    context = {
        "groups": reference_values(agreed),
        "forums_total": forums.count(),
        "forums_agreed": forums.filter(has_benchmark_consent=True).count(),
        "is_due": bool(due_values(agreed)),
    }
    return render(request, "coaching/benchmark.html", context)


@manager_page("POST")
def freeze(request: StaffRequest) -> HttpResponse:
    """Freeze what may be frozen now, and say how much that was."""
    frozen = freeze_benchmarks(by=request.user)
    if frozen:
        messages.success(request, text("manage.benchmark.frozen", n=frozen, count=frozen))
    else:
        messages.info(request, text("manage.benchmark.nothing_new"))
    return redirect("coaching:benchmark")
