"""Middleware of the whole site."""

from collections.abc import Callable

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation

from assessment.coaching.second_step import detour
from assessment.filling.links import chosen_language


def language(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Dutch unless the visitor chose otherwise: the browser's own language never decides."""

    def middleware(request: HttpRequest) -> HttpResponse:
        # A view may activate the language of a member; the next request of this thread must not inherit either.
        with translation.override(chosen_language(request) or settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            response = get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
        return response

    return middleware


class SteadyPolicy(CSPMiddleware):
    """The content security policy: the same on every page but those that say otherwise, so put together once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        super().__init__(get_response)
        self._made_of: object = None
        self._policy = ""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if settings.DEBUG or any(name.startswith("_csp") for name in vars(response)):
            return super().process_response(request, response)
        if self._made_of is not settings.CONTENT_SECURITY_POLICY:  # once, but in tests that change it
            self._made_of, self._policy = settings.CONTENT_SECURITY_POLICY, build_policy()
        response.headers.setdefault(HEADER, self._policy)
        return response


def second_step(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Keep whoever still owes the second step of signing in to the pages where it is taken."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, *args: object) -> HttpResponse | None:
        return detour(request)

    middleware.process_view = process_view  # type: ignore[attr-defined]  # where Django looks for it
    return middleware
