"""Accounts of staff on top of allauth: who may sign in, and that nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.http import HttpRequest

from assessment.models import User
from questionnaires.texts import text


class StaffBackend(AuthenticationBackend):
    """Signs in by e-mail address; demo accounts work in demo mode only."""

    def user_can_authenticate(self, user: User) -> bool:
        return user.is_active and (settings.DEMO or not user.is_demo)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the programme manager, and the messages speak formal Dutch."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    @property
    def error_messages(self) -> dict[str, str]:
        wrong = text("account.sign_in.error")
        return super().error_messages | {
            "email_password_mismatch": wrong,
            "username_password_mismatch": wrong,
            "too_many_login_attempts": text("account.sign_in.locked", minutes=5),
        }
