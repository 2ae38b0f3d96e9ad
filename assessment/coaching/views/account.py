"""My account: details, where I am signed in, the codes for when there is no app; and a first password."""

from allauth.account.decorators import reauthentication_required
from allauth.account.signals import password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.flows import can_generate_recovery_codes, generate_recovery_codes
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from assessment.coaching.accounts import StaffBackend
from assessment.coaching.forms.accounts import NewPasswordForm, OwnDetailsForm
from assessment.coaching.second_step import SecondStepAdapter, has_second_step
from assessment.coaching.views.guards import StaffRequest, desk_page
from assessment.models import User
from questionnaires.texts import text


@desk_page("GET", "POST")
def show(request: StaffRequest) -> HttpResponse:
    """The own details, and the way to everything else about the account."""
    user = request.user
    form = OwnDetailsForm(request.POST or None, initial={"name": user.name, "phone": user.phone})
    if form.is_valid():
        user.name, user.phone = form.cleaned_data["name"], form.cleaned_data["phone"]
        user.save(update_fields=["name", "phone"])
        messages.success(request, text("msg.saved"))
        return redirect("account")
    context = {
        "form": form,
        "has_second_step": has_second_step(user),
        "browsers": user.browsers.filter(expire_date__gt=timezone.now()),
        "this_browser": request.session.session_key,
    }
    return render(request, "account/account.html", context)


@desk_page("POST")
def sign_out_elsewhere(request: StaffRequest) -> HttpResponse:
    """End the own sessions but for this one."""
    request.user.browsers.exclude(session_key=request.session.session_key).delete()
    messages.success(request, text("account.browsers.ended"))
    return redirect("account")


@desk_page("GET", "POST")
@reauthentication_required(app="allauth.mfa")
def recovery_codes(request: StaffRequest) -> HttpResponse:
    """The codes that are left; a POST makes new ones, and the old ones end."""
    if request.method == "POST":
        if can_generate_recovery_codes(request.user):
            generate_recovery_codes(request)
        return redirect("mfa_view_recovery_codes")
    return render(request, "mfa/recovery_codes.html", {"codes": _codes(request.user)})


@desk_page("GET")
@reauthentication_required(app="allauth.mfa")
def download_recovery_codes(request: StaffRequest) -> HttpResponse:
    """The same codes as a file of plain text."""
    lines = [text("account.mfa.backup.file"), text("account.mfa.backup.body"), "", *_codes(request.user), ""]
    response = HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="regiospiegel-reservecodes.txt"'
    return response


@sensitive_post_parameters("password1", "password2")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def activate(request: HttpRequest, token: str) -> HttpResponse:
    """The first password of somebody who was invited; the link is worth nothing after it."""
    user = User.objects.with_activation_token(token)
    if user is None or not StaffBackend().user_can_authenticate(user):
        return render(request, "account/activate_ended.html", status=404)
    form = NewPasswordForm(request.POST or None, user=user)
    if form.is_valid():
        form.save()
        password_reset.send(sender=User, request=request, user=user)
        messages.success(request, text("account.activated"))
        return redirect("account_login")
    return render(request, "account/activate.html", {"form": form, "account": user})


class RemovePasskeyView(RemoveWebAuthnView):
    """Take a passkey away, unless it is the last key that a rule asks for."""

    template_name = "mfa/remove_passkey.html"
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Form) -> HttpResponse:
        if not SecondStepAdapter().can_delete_authenticator(self.get_object()):
            messages.error(self.request, text("account.mfa.remove.last"))
            return redirect("mfa_index")
        return super().form_valid(form)


def _codes(user: User) -> list[str]:
    found = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    if found is None:
        raise Http404
    return found.wrap().get_unused_codes()
