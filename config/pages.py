"""Pages without records: start, privacy, accessibility, cookies, help, and the health check."""

from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from config import statements
from questionnaires.models import QuestionnaireVersion
from questionnaires.texts import text

PRIVACY_BODIES = ("what", "round", "small", "share", "keep", "rights")
WATCHERS = ("you", "members", "coach", "manager", "technician")
MEMBER_QUESTIONS = (
    "time",
    "phone",
    "device",
    "lost",
    "secretary",
    "skip",
    "change",
    "see",
    "receipt",
    "refuse",
    "new",
)
COACH_QUESTIONS = ("when", "response", "peek", "reopen", "five", "margin", "compare", "merge", "list")
USUAL_MINUTES = 10


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/start.html", {"minutes": _minutes()})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The notice: its long texts with the organisation's values, and the table of who sees what."""
    values = statements.privacy_values()
    context = values | {
        "is_complete": statements.is_privacy_complete(),
        "short": [text(f"privacy.short.{number}") for number in range(1, 6)],
        "bodies": [text(f"privacy.{name}.body", **values) for name in PRIVACY_BODIES],
        "watchers": [
            [text(f"privacy.sees.{who}.{column}") for column in ("who", "open", "closed")] for who in WATCHERS
        ],
    }
    return render(request, "pages/privacy.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    context = {"body": text("a11y.body", **statements.accessibility_values())}
    return render(request, "pages/accessibility.html", context)


@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    """Every cookie that this site can set, under the name that a browser shows."""
    day = 24 * 60 * 60
    context = {
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "csrf_days": settings.CSRF_COOKIE_AGE // day,
        "language_cookie": settings.LANGUAGE_COOKIE_NAME,
        "language_days": settings.LANGUAGE_COOKIE_AGE // day,
    }
    return render(request, "pages/cookies.html", context)


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    minutes = _minutes()
    context = {
        "for_members": [_question(f"help.m.{name}", minutes=minutes) for name in MEMBER_QUESTIONS],
        "for_coaches": [_question(f"help.c.{name}") for name in COACH_QUESTIONS],
    }
    return render(request, "pages/help.html", context)


def _question(key: str, **values: Any) -> tuple[str, str]:
    return text(f"{key}.q"), text(f"{key}.a", **values)


def _minutes() -> int:
    """How long the questionnaire in use takes, as its makers estimate."""
    version = QuestionnaireVersion.objects.published().newest()
    return version.content.instrument.estimated_minutes if version else USUAL_MINUTES


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Remember the chosen language in a cookie and go back to the page where it was chosen."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        target = "/"
    response = redirect(target)
    language = request.POST.get("language")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,  # type: ignore[arg-type]  # read as any str
        )
    return response


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """For a monitor: the version, and whether the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok", "version": settings.SOFTWARE_VERSION})
