"""Signing in and choosing a new password: allauth's forms in our own words."""

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm, ResetPasswordKeyForm
from django import forms

from assessment.coaching.accounts import StaffBackend
from assessment.coaching.forms.fields import FormalErrors
from assessment.models import User
from questionnaires.texts import text


class SignInForm(FormalErrors, LoginForm):
    """E-mail address and password."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = text("account.email.label")
        self.fields["login"].widget = forms.EmailInput({"autocomplete": "username"})
        self.fields["password"].label = text("account.password.label")
        self.fields["password"].help_text = ""
        self.fields["password"].widget = forms.PasswordInput({"autocomplete": "current-password"})


class ForgottenPasswordForm(FormalErrors, ResetPasswordForm):
    """Asks for the address; the answer is the same whether it is known or not."""

    users: list[User]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = text("account.email.label")
        self.fields["email"].widget = forms.EmailInput({"autocomplete": "username"})

    def clean_email(self) -> str:
        """Only whoever could sign in gets a mail."""
        email = super().clean_email()
        self.users = [user for user in self.users if StaffBackend().user_can_authenticate(user)]
        return email


class NewPasswordForm(FormalErrors, ResetPasswordKeyForm):
    """The new password, twice."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = text("account.password.new.label")
        self.fields["password1"].help_text = text("account.password.rules")
        self.fields["password2"].label = text("account.password.again.label")
        for name in ("password1", "password2"):
            self.fields[name].widget = forms.PasswordInput({"autocomplete": "new-password"})

    def clean(self) -> dict[str, Any]:
        """As allauth does, but formal: its Dutch says "je"."""
        forms.Form.clean(self)
        cleaned = self.cleaned_data
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", text("account.password.different"))
        return cleaned
