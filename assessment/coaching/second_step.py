"""The second step of signing in: what allauth asks of us about it, and whether a session has taken it."""

from typing import Any, cast
from urllib.parse import urlsplit

import segno
from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString, mark_safe

from assessment.coaching.sealing import opened, sealed
from assessment.models import User
from questionnaires.texts import text

# Set in a session in which the second step was set up: whoever did that just proved to have it.
SET_UP_HERE = "second_step_of"
# Pages that ask for no account, and the way out.
OPEN_PAGES = {
    "start",
    "privacy",
    "accessibility",
    "cookies",
    "help",
    "health",
    "house_style",
    "set_language",
    "reports:receipt",
    "account_logout",
}
SET_UP_PAGES = {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"}
CONFIRM_PAGES = {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
KEYS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class SecondStepAdapter(DefaultMFAAdapter):
    """Our name and host for app and passkey, our words for what goes wrong, and a picture without styles."""

    @property
    def error_messages(self) -> dict[str, str]:
        return super().error_messages | {
            "incorrect_code": text("account.mfa.error"),
            "cannot_delete_authenticator": text("account.mfa.remove.last"),
        }

    def encrypt(self, text: str) -> str:
        return sealed(text)

    def decrypt(self, encrypted_text: str) -> str:
        return opened(encrypted_text)

    def get_totp_issuer(self) -> str:
        return self._get_site_name()

    def build_totp_svg(self, url: str) -> SafeString:
        """The QR code as SVG that may stand in the page: attributes only, no style, no script."""
        code = segno.make(url, error="m")
        return mark_safe(code.svg_inline(scale=5, border=4, dark="#000", light="#fff", omitsize=True))  # noqa: S308

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last key stays where a second step is required; another one can be added first."""
        if not settings.MFA_REQUIRED or authenticator.type not in KEYS:
            return True
        others = Authenticator.objects.filter(user=authenticator.user, type__in=KEYS)
        return others.exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return text("account.passkey.name", number=number)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys belong to the host name of the installation, whatever host this request names."""
        return {"id": urlsplit(settings.BASE_URL).hostname or "", "name": self._get_site_name()}

    def _get_site_name(self) -> str:
        return text("app.name")


class SecondStepStage(AuthenticateStage):
    """Asks whoever has a second step for it, except after a provider that is trusted to have asked."""

    def _should_handle(self, request: HttpRequest) -> bool:
        return super()._should_handle(request) and not _is_trusted_elsewhere(request, self.login.user)


def detour(request: HttpRequest) -> HttpResponse | None:
    """Where a signed-in account has to go first; None when this page may be shown.

    A page that is not named here is closed, so that a page somebody adds later is too.
    """
    match = request.resolver_match
    if match is None or match.view_name in OPEN_PAGES or "filling" in match.namespaces:
        return None
    if not needs_second_step(request):
        return None
    if has_second_step(cast(User, request.user)):
        if match.view_name in CONFIRM_PAGES:
            return None
        wanted = request.get_full_path() if request.method == "GET" else ""
        return redirect_to_login(wanted, get_adapter().get_reauthentication_methods(request.user)[0]["url"])
    return None if match.view_name in SET_UP_PAGES else redirect("mfa_index")


def needs_second_step(request: HttpRequest) -> bool:
    """Whether somebody is signed in who still owes this session a second step."""
    user: Any = request.user
    if not settings.MFA_REQUIRED or not user.is_authenticated or _is_trusted_elsewhere(request, user):
        return False
    if request.session.get(SET_UP_HERE) == user.pk:
        return False
    return all(record.get("method") != "mfa" for record in get_authentication_records(request, user))


def has_second_step(user: User) -> bool:
    """Whether an app or a passkey is set up; codes alone are no second step."""
    return Authenticator.objects.filter(user=user, type__in=KEYS).exists()


@receiver(authenticator_added)
def note_set_up(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    if authenticator.type in KEYS:
        request.session[SET_UP_HERE] = user.pk


def _is_trusted_elsewhere(request: HttpRequest, user: User | None) -> bool:
    if not settings.OIDC_SATISFIES_MFA or user is None:
        return False
    records = get_authentication_records(request, user)
    return any(record.get("method") == "socialaccount" for record in records)
