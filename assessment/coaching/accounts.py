"""Accounts of staff on top of allauth: who may sign in, that nobody signs up, and what it says and mails."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.http import HttpRequest
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
        _send(security_notice_mail(user))

    @property
    def error_messages(self) -> dict[str, str]:
        wrong = text("account.sign_in.error")
        return super().error_messages | {
            "email_password_mismatch": wrong,
            "username_password_mismatch": wrong,
            "too_many_login_attempts": text("account.sign_in.locked", minutes=5),
        }


def _send(message: EmailMessage) -> None:
    """A mail server that is down must not tell which addresses are known, so nothing of it reaches the page."""
    try:
        send(message)
    except MailError as error:
        logger.error("account mail not sent: %s", error.reason)
