"""Where somebody is signed in: a session knows its account, so that `user.browsers` can be listed and ended.

Django's own sessions in the database, with two columns more. What a browser calls itself is reduced to a family
and a system before it is kept, and no address is kept at all.
"""

import datetime
from typing import Any, cast

from allauth.account.signals import password_changed, password_reset
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from assessment.models import BrowserSession, User

DEVICE, SIGNED_IN_AT = "device", "signed_in_at"

# The first that a browser's own description holds; Edge and Opera call themselves Chrome too, and Chrome Safari.
FAMILIES = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


class SessionStore(DatabaseStore):
    """Django's store over `BrowserSession`."""

    @classmethod
    def get_model_class(cls) -> type[BrowserSession]:
        return BrowserSession

    def create_model_instance(self, data: dict[str, Any]) -> BrowserSession:
        session = cast(BrowserSession, super().create_model_instance(data))
        session.user_id = data.get(SESSION_KEY)
        session.device = data.get(DEVICE, "")
        if moment := data.get(SIGNED_IN_AT):
            session.signed_in_at = datetime.datetime.fromisoformat(moment)
        return session


@receiver(user_logged_in)
def note_browser(request: HttpRequest, **kwargs: Any) -> None:
    """Keep when and on what kind of device somebody signed in, in the session that begins."""
    request.session[DEVICE] = device_of(request.META.get("HTTP_USER_AGENT", ""))
    request.session[SIGNED_IN_AT] = timezone.now().isoformat()


@receiver([password_changed, password_reset])
def forget_other_browsers(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """A new password has signed everybody else out already; take them from the list too."""
    user.browsers.exclude(session_key=request.session.session_key).delete()


def device_of(description: str) -> str:
    """ "Firefox, Windows" of a browser's own description; what is not recognised is left out."""
    found = (
        next((name for sign, name in names if sign in description), None) for names in (FAMILIES, SYSTEMS)
    )
    return ", ".join(name for name in found if name)
