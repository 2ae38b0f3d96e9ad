"""Signing in, choosing a new password and the own details: allauth's forms in our own words."""

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from django import forms

from assessment.coaching.accounts import StaffBackend
from assessment.coaching.forms.fields import DeskForm, FormalErrors
from assessment.coaching.forms.fields import lazy_text as text_later
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


class TwicePassword:
    """A new password, twice; in formal words, where allauth's Dutch says "je"."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = text("account.password.new.label")
        self.fields["password1"].help_text = text("account.password.rules")
        self.fields["password2"].label = text("account.password.again.label")
        for name in ("password1", "password2"):
            self.fields[name].widget = forms.PasswordInput({"autocomplete": "new-password"})

    def clean(self: Any) -> dict[str, Any]:
        forms.Form.clean(self)
        cleaned = self.cleaned_data
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", text("account.password.different"))
        return cleaned


class NewPasswordForm(TwicePassword, FormalErrors, ResetPasswordKeyForm):
    """A password for whoever came by a link."""


class OtherPasswordForm(TwicePassword, FormalErrors, ChangePasswordForm):
    """Another password for whoever is signed in and knows the present one."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = text("account.password.present.label")
        self.fields["oldpassword"].widget = forms.PasswordInput({"autocomplete": "current-password"})
        self.fields["oldpassword"].help_text = ""


class ConfirmForm(FormalErrors, ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = text("account.password.label")
        self.fields["password"].help_text = ""
        self.fields["password"].widget = forms.PasswordInput({"autocomplete": "current-password"})


class OwnDetailsForm(DeskForm):
    """What members see of a coach."""

    name = forms.CharField(
        label=text_later("account.name.label"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=text_later("account.phone.label"),
        help_text=text_later("account.phone.hint"),
        max_length=40,
        required=False,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
    )
