"""What the tests know of a second step: an app that shows codes, and signing in with one."""

import time

from allauth.mfa.totp.internal import auth
from django.core.cache import cache
from django.test import Client

from assessment.models import User
from tests import factories


def code_of(secret: str, *, later: int = 0) -> str:
    """The six digits that an app shows now, or so many half minutes later."""
    return auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30 + later))


def make_app(user: User) -> str:
    """Set an app up for the account, without a page. Returns its key."""
    secret = auth.generate_totp_secret()
    auth.TOTP.activate(user, secret)
    return secret


def sign_in_fully(client: Client, user: User, secret: str) -> None:
    """Password and code; the code may be used again, as half a minute later."""
    client.post("/aanmelden/", {"login": user.email, "password": factories.PASSWORD})
    client.post("/aanmelden/tweede-stap/", {"code": code_of(secret)})
    cache.clear()
