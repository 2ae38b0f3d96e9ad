"""Accounts of staff on top of allauth: who may sign in, that nobody signs up, and what it says and mails."""

import logging
import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from assessment.mail import MailError, password_reset_mail, security_notice_mail, send
from assessment.models import User
from questionnaires.texts import text

logger = logging.getLogger(__name__)

# Django's reasons for refusing a password, and our texts; "similar" would name a field in English.
PASSWORD_FAULTS = {
    "password_too_short": "account.password.rules",
    "password_too_common": "account.password.common",
    "password_too_similar": "account.password.similar",
}

WAYS_TO_CONFIRM = {
    "reauthenticate": "account.confirm.password",
    "mfa_reauthenticate": "account.confirm.by_code",
    "mfa_reauthenticate:webauthn": "account.confirm.by_passkey",
}


class StaffBackend(AuthenticationBackend):
    """Signs in by e-mail address; demo accounts work in demo mode only."""

    def user_can_authenticate(self, user: User) -> bool:
        return user.is_active and (settings.DEMO or not user.is_demo)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the programme manager, and the messages speak formal Dutch."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: str) -> User | None:
        """allauth would tell the owner of an ended account so; here it is an address that does not fit."""
        user = super().authenticate(request, **credentials)
        return user if user and StaffBackend().user_can_authenticate(user) else None

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse | None:
        """The same for whoever comes by another way than a password."""
        if StaffBackend().user_can_authenticate(user):
            return None
        request.session.flush()
        messages.error(request, text("account.sign_in.error"))
        return redirect("account_login")

    def get_login_stages(self) -> list[str]:
        return ["assessment.coaching.second_step.SecondStepStage"]

    def reauthenticate(self, user: User, password: str) -> bool:
        return user.check_password(password)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever signed in or confirmed a moment ago need not do it once more."""
        records = get_authentication_records(self.request, self.request.user)
        newest = max((record["at"] for record in records), default=0)
        return time.time() - newest > app_settings.REAUTHENTICATION_TIMEOUT

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Whoever has a second step confirms with that: the password alone may be what somebody else has.

        A code comes before a passkey for whoever has an app, and after it for whoever has kept codes only.
        """
        methods = super().get_reauthentication_methods(user)
        stronger = [each for each in methods if each["id"] != "reauthenticate"]
        if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
            stronger.reverse()
        return [each | {"description": text(WAYS_TO_CONFIRM[each["id"]])} for each in stronger or methods]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def clean_password(self, password: str, user: User | None = None) -> str:
        try:
            validate_password(password, user)
        except ValidationError as error:
            keys = {PASSWORD_FAULTS[str(each.code)] for each in error.error_list}
            raise ValidationError([text(key) for key in sorted(keys)]) from None
        return password

    def get_reset_password_from_key_url(self, key: str) -> str:
        """On the address of the installation: a forged Host header must not reach a mail."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.BASE_URL.rstrip("/") + path.replace("UID-KEY", key)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        _send(password_reset_mail(user, context["password_reset_url"]))

    def send_notification_mail(self, template_prefix: str, user: User, *args: Any, **kwargs: Any) -> None:
        """Whatever changed in the account, its owner hears of it."""
        tell_owner(user)

    @property
    def error_messages(self) -> dict[str, str]:
        wrong = text("account.sign_in.error")
        return super().error_messages | {
            "email_password_mismatch": wrong,
            "username_password_mismatch": wrong,
            "too_many_login_attempts": text("account.sign_in.locked", minutes=5),
            "rate_limited": text("account.sign_in.locked", minutes=5),
            "incorrect_password": text("account.password.wrong"),
            "enter_current_password": text("account.password.wrong"),
        }


def tell_owner(user: User) -> None:
    """Mail that something in the account changed."""
    _send(security_notice_mail(user))


def _send(message: EmailMessage) -> None:
    """A mail server that is down must not tell which addresses are known, so nothing of it reaches the page."""
    try:
        send(message)
    except MailError as error:
        logger.error("account mail not sent: %s", error.reason)
