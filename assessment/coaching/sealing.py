"""Sealing what a second step is made of, so that who reads the database alone can make no code.

The key is derived from SECRET_KEY. What was sealed with an earlier key opens while that key is in
SECRET_KEY_FALLBACKS; `seal_anew` then seals it with the present one.
"""

import base64
from functools import cache

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction

PURPOSE = b"second step"
# Where allauth keeps them, by type: the key of an app, and what recovery codes are computed from.
PLACES = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


def sealed(secret: str) -> str:
    return _box().encrypt(secret.encode()).decode()


def opened(seal: str) -> str:
    """What was sealed; where no key fits, something nobody knows, so that no code fits either."""
    try:
        return _box().decrypt(seal).decode()
    except InvalidToken:
        return generate_totp_secret()


@transaction.atomic
def seal_anew() -> tuple[int, int]:
    """Seal everything with the present key. Returns how many it did, and how many no key opens."""
    done, lost = 0, 0
    for each in Authenticator.objects.select_for_update(no_key=True).filter(type__in=PLACES).order_by("pk"):
        place = PLACES[Authenticator.Type(each.type)]
        try:
            each.data[place] = _box().rotate(each.data[place].encode()).decode()
        except InvalidToken:
            lost += 1
        else:
            each.save(update_fields=["data"])
            done += 1
    return done, lost


def _box() -> MultiFernet:
    return MultiFernet([_key(each) for each in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


@cache
def _key(secret_key: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret_key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
