"""Codes and passkeys: allauth's forms in our own words."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.exceptions import InvalidSignature
from django import forms

from assessment.coaching.forms.fields import FormalErrors
from assessment.models import User
from questionnaires.texts import text

# What a browser, or whoever imitates one, can send that is no answer to what was asked.
NO_ANSWER = (forms.ValidationError, InvalidSignature, AttributeError, LookupError, TypeError, ValueError)


class CodeField:
    """The code of an app, or one of the codes that were kept for when there is no app."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = text("account.mfa.code.label")
        self.fields["code"].widget = forms.TextInput(
            {"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": "20"}
        )


class AppOrKeptCode(CodeField):
    """Whoever has a passkey and no app can only type one of the codes that were kept."""

    user: User

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.has_app = Authenticator.objects.filter(user=self.user, type=Authenticator.Type.TOTP).exists()
        if not self.has_app:
            self.fields["code"].label = text("account.mfa.backup.label")


class SignInCodeForm(AppOrKeptCode, FormalErrors, AuthenticateForm):
    """After the password."""


class ConfirmCodeForm(AppOrKeptCode, FormalErrors, ReauthenticateForm):
    """Once more, before something that matters."""


class SetUpAppForm(CodeField, FormalErrors, ActivateTOTPForm):
    """Proves that the app took over the key."""


class PasskeyField:
    """What the browser's passkey answered, out of sight; whatever is wrong with it gets one sentence."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        wrong = text("account.passkey.error")
        self.fields["credential"].error_messages = {"required": wrong, "invalid": wrong}


class PasskeyAnswer(PasskeyField):
    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()  # type: ignore[misc]  # of the form that is mixed in
        except NO_ANSWER:
            raise forms.ValidationError(text("account.passkey.error")) from None


class SignInPasskeyForm(PasskeyAnswer, AuthenticateWebAuthnForm):
    """After the password."""


class PasskeyAloneForm(PasskeyAnswer, LoginWebAuthnForm):
    """In the place of the password: the device itself asked who it is."""


class ConfirmPasskeyForm(PasskeyAnswer, ReauthenticateWebAuthnForm):
    """Once more, before something that matters."""


class AddPasskeyForm(PasskeyField, FormalErrors, AddWebAuthnForm):
    """A passkey and the name by which its owner will know it."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)
        self.fields["name"] = forms.CharField(
            label=text("account.passkey.name.label"), max_length=60, required=False
        )
        self.fields["name"].error_messages["max_length"] = text("form.error.too_long", count=60)
        self.order_fields(["name", "credential"])

    order_fields: Any

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()  # type: ignore[misc]  # of the form that is mixed in
        except NO_ANSWER:
            self.cleaned_data.pop("credential", None)
            raise forms.ValidationError(text("account.passkey.error")) from None

    cleaned_data: dict[str, Any]
