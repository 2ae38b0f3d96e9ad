"""Personal links: from the secret in an address to the record behind it.

Failed look-ups are counted per address, in the database cache, so over all workers; a link that works is never
refused, because a forum in one room shares one address.
"""

import hashlib
import hmac
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache

from assessment.filling.looking_up import look_up
from assessment.models import Draft, Invitation, Response
from assessment.models.rounds import token_hash

WINDOW_MINUTES = 10
LANGUAGES = {code for code, _ in settings.LANGUAGES}


def find_invitation(token: str) -> Invitation | None:
    """The invitation behind a link with round, member, seat and draft, in one query; None when there is none."""
    found = look_up(token_hash(token))
    return None if found and found.round.forum.is_demo and not settings.DEMO else found


def find_receipt(token: str) -> Draft | Response | None:
    """What a receipt leads to: the submitted draft while the round is open, the response after closing."""
    found = token_hash(token)
    demo = {} if settings.DEMO else {"round__forum__is_demo": False}
    responses = Response.objects.select_related("round__forum", "round__version", "round__snapshot")
    response = responses.defer("round__version__document").filter(receipt_hash=found, **demo).first()
    if response is not None:
        return response
    demo = {f"invitation__{field}": value for field, value in demo.items()}
    drafts = Draft.objects.select_related("invitation__round__forum", "invitation__member")
    return drafts.filter(receipt_hash=found, **demo).first()


def personal_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page behind an invitation link: never cached, in the member's language, 404 for any other link."""

    @never_cache
    @wraps(view)
    def page(request: HttpRequest, token: str, **kwargs: object) -> HttpResponse:
        invitation = find_invitation(token)
        if invitation is None:
            return link_not_found(request)
        speak(request, invitation.member.language)
        return view(request, invitation, **kwargs)

    return page


def speak(request: HttpRequest, language: str) -> None:
    """Use the language of the member unless the visitor chose one."""
    if chosen_language(request) is None:
        translation.activate(language)
        request.LANGUAGE_CODE = language


def chosen_language(request: HttpRequest) -> str | None:
    """What the visitor chose on this site, kept in a cookie; None for a visitor who chose nothing."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return chosen if chosen in LANGUAGES else None


def link_not_found(request: HttpRequest, template: str = "filling/link_invalid.html") -> HttpResponse:
    """One page for every link that does not work, without a hint whether it ever did."""
    if _count_failure(request) > settings.FAILED_LOOKUPS:
        return render(request, "error.html", {"kind": "429", "minutes": WINDOW_MINUTES}, status=429)
    return render(request, template, status=404)


def is_busy(request: HttpRequest, purpose: str, limit: int) -> bool:
    """Count one attempt of this visitor at `purpose` and say whether there were too many."""
    return _count(request, purpose) > limit


def _count_failure(request: HttpRequest) -> int:
    return _count(request, "link")


def _count(request: HttpRequest, purpose: str) -> int:
    # The address itself is not kept: only a keyed hash of it, for ten minutes.
    address = hmac.new(settings.SECRET_KEY.encode(), _address(request).encode(), hashlib.sha256).hexdigest()
    key = f"attempts:{purpose}:{address}"
    cache.add(key, 0, timeout=WINDOW_MINUTES * 60)
    try:
        return cache.incr(key)
    except ValueError:  # expired between the two calls
        cache.set(key, 1, timeout=WINDOW_MINUTES * 60)
        return 1


def _address(request: HttpRequest) -> str:
    """The visitor's address: behind n trusted proxies it is the n-th from the right of X-Forwarded-For."""
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    if settings.TRUSTED_PROXIES and len(forwarded) >= settings.TRUSTED_PROXIES:
        return forwarded[-settings.TRUSTED_PROXIES].strip()
    return request.META.get("REMOTE_ADDR", "")
