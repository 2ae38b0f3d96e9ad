"""Signing in at the organisation's own OpenID Connect provider: for accounts that exist, and for nobody else."""

import hashlib
import logging
from typing import Any

from allauth.account.signals import user_logged_in
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from assessment.actions.accounts import bind_elsewhere
from assessment.actions.faults import told_briefly
from assessment.coaching.accounts import StaffBackend
from assessment.models import User
from questionnaires.texts import text

logger = logging.getLogger(__name__)

PROVIDER = "oidc"  # the one that the settings know

# What a provider that is down, or that is not what it says it is, leads to.
FAULTS = (OAuth2Error, RequestException, LookupError, TypeError, ValueError)


class ElsewhereAdapter(DefaultSocialAccountAdapter):
    """Ties what the provider says to an account: the first time by its verified address, from then on by its `sub`.

    An address may pass to somebody else at the organisation; a `sub` never does.
    """

    def get_provider(self, *args: Any, **kwargs: Any) -> Any:
        provider = super().get_provider(*args, **kwargs)
        provider.oauth2_adapter_class = ProviderAdapter
        return provider

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.is_existing:
            return  # whether this account still has access is asked of every way in
        verified = [each.email for each in sociallogin.email_addresses if each.verified is True]
        user = _staff_with(verified)
        if user is None:
            raise ImmediateHttpResponse(_refused(request, "account.elsewhere.unknown"))
        if SocialAccount.objects.filter(user=user, provider=PROVIDER).exists():
            raise ImmediateHttpResponse(_refused(request, "account.elsewhere.taken"))
        sociallogin.user = user

    def on_authentication_error(
        self, request: HttpRequest, *args: Any, exception: Exception | None = None, **kwargs: Any
    ) -> None:
        raise ImmediateHttpResponse(_failed(request, exception))


class ProviderAdapter(OpenIDConnectOAuth2Adapter):
    """allauth's client, which here checks who signed every token and comes back to our own address."""

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        return settings.BASE_URL.rstrip("/") + reverse("oidc_return")

    def complete_login(self, *args: Any, **kwargs: Any) -> SocialLogin:
        """What is stored of this account is one digest: a `sub` means somebody at its own issuer only."""
        login = super().complete_login(*args, **kwargs)
        whose = f"{settings.OIDC_ISSUER} {login.account.uid}"
        login.account.uid, login.account.extra_data = hashlib.sha256(whose.encode()).hexdigest(), {}
        return login

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        issuer = self.openid_config["issuer"]
        if issuer.rstrip("/") != settings.OIDC_ISSUER:
            raise OAuth2Error("another issuer than the one of the settings")
        return jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=issuer,
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )

    def _fetch_user_info(self, access_token: str) -> dict[str, Any]:
        """What is not signed is not asked for, also when there is no token to check."""
        raise OAuth2Error("no id_token")


@never_cache
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """To the provider, with a challenge that only this browser can answer."""
    _check_is_offered()
    try:
        provider = ElsewhereAdapter(request).get_provider(request, PROVIDER)
        return provider.redirect(request, AuthProcess.LOGIN, next_url=get_next_redirect_url(request))
    except FAULTS as error:
        return _failed(request, error)


@never_cache
@require_safe
def come_back(request: HttpRequest) -> HttpResponse:
    """From the provider, with a code that is exchanged for a signed token."""
    _check_is_offered()
    try:
        return OAuth2CallbackView.adapter_view(ProviderAdapter(request, PROVIDER))(request)
    except FAULTS as error:
        return _failed(request, error)


@receiver(user_logged_in)
def _bind(user: User, sociallogin: SocialLogin | None = None, **kwargs: Any) -> None:
    """After the first time, with its second step taken: from now on the account goes by the `sub`."""
    if sociallogin is not None and sociallogin.account.pk is None:
        bind_elsewhere(user=user, provider=PROVIDER, uid=sociallogin.account.uid)


def _check_is_offered() -> None:
    if not settings.OIDC_ISSUER:
        raise Http404


def _staff_with(addresses: list[str]) -> User | None:
    users = (User.objects.filter(email__iexact=address).first() for address in addresses)
    return next((user for user in users if user and StaffBackend().user_can_authenticate(user)), None)


def _failed(request: HttpRequest, error: Exception | None) -> HttpResponse:
    """The kind of error is for the log; its words may hold what was exchanged."""
    if error is not None:
        logger.warning("signing in elsewhere failed: %s", told_briefly(error))
    return _refused(request, "account.elsewhere.failed")


def _refused(request: HttpRequest, key: str) -> HttpResponse:
    messages.error(request, text(key))
    return redirect("account_login")
