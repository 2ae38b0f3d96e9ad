"""The audit trail, for programme managers."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from assessment.access import trail_for
from assessment.coaching.forms.trail import TrailForm
from assessment.coaching.trail import ACTIONS, MODELS, told
from assessment.coaching.views.guards import StaffRequest, manager_page

PAGE = 50


@manager_page("GET")
def index(request: StaffRequest) -> HttpResponse:
    """Who did what and when, the newest first."""
    form = TrailForm(request.GET, by=request.user)
    form.is_valid()
    shown = trail_for(request.user).filter(content_type__model__in=MODELS, action__in=ACTIONS)
    found = form.narrow(shown).order_by("-timestamp", "-pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("pagina"))
    asked = request.GET.copy()
    asked.pop("pagina", None)
    context = {
        "form": form,
        "page": page,
        "entries": told(page.object_list),
        "asked": asked.urlencode(),
        "months": settings.KEEP_MONTHS["trail"],
    }
    return render(request, "coaching/trail.html", context)
