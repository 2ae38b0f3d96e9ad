"""Pages for requests that went wrong."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say what to do; the reason is for the log alone."""
    return render(request, "error.html", {"kind": "csrf"}, status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What nobody sends by a form of ours; but somebody may paste far too much into one, or tick too many boxes."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return render(request, "error.html", {"kind": "413"}, status=413)
    return render(request, "error.html", {"kind": "404"}, status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "error.html", {"kind": "403"}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "error.html", {"kind": "404"}, status=404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """What the account pages answer to somebody who tries again and again."""
    return render(request, "error.html", {"kind": "429", "minutes": 5}, status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without the request, so without account and database: they may be what went wrong."""
    return HttpResponse(render_to_string("error.html", {"kind": "500"}), status=500)
