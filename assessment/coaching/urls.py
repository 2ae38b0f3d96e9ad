"""Addresses of the coach's desk; the names of account pages are those that allauth asks for."""

from allauth.account import views as allauth
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from assessment.coaching.forms.accounts import ForgottenPasswordForm, NewPasswordForm, SignInForm
from assessment.coaching.views import demo, forums, invitations, member_import, member_list, members, rounds

sign_in = allauth.LoginView.as_view(form_class=SignInForm, template_name="account/sign_in.html")
forgotten = allauth.PasswordResetView.as_view(
    form_class=ForgottenPasswordForm, template_name="account/forgotten.html"
)
forgotten_done = allauth.PasswordResetDoneView.as_view(template_name="account/forgotten_done.html")
new_password = allauth.PasswordResetFromKeyView.as_view(
    form_class=NewPasswordForm, template_name="account/new_password.html"
)
new_password_done = allauth.PasswordResetFromKeyDoneView.as_view(
    template_name="account/new_password_done.html"
)

account_urls = [
    path("aanmelden/", sign_in, name="account_login"),
    path("afmelden/", require_POST(allauth.logout), name="account_logout"),
    path("wachtwoord/vergeten/", never_cache(forgotten), name="account_reset_password"),
    path("wachtwoord/verstuurd/", never_cache(forgotten_done), name="account_reset_password_done"),
    path(
        "wachtwoord/gewijzigd/", never_cache(new_password_done), name="account_reset_password_from_key_done"
    ),
    re_path(
        r"^wachtwoord/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        never_cache(new_password),
        name="account_reset_password_from_key",
    ),
]

round_urls = [
    path("", rounds.show, name="round"),
    path("wijzigen/", rounds.change, name="round_change"),
    path("voorbeeld/", rounds.preview, name="round_preview"),
    path("openen/", rounds.open, name="round_open"),
    path("uitstellen/", rounds.postpone, name="round_postpone"),
    path("annuleren/", rounds.cancel, name="round_cancel"),
    path("sluiten/", rounds.close, name="round_close"),
    path("uitnodigen/<int:member>/", invitations.invite_member, name="invite"),
    path("uitnodigingen/<int:invitation>/opnieuw/", invitations.resend, name="invitation_resend"),
    path("uitnodigingen/<int:invitation>/neemt-niet-deel/", invitations.decline, name="invitation_decline"),
    path("uitnodigingen/<int:invitation>/neemt-deel/", invitations.undo_decline, name="invitation_undo"),
]

forum_urls: list[URLPattern | URLResolver] = [
    path("", forums.show, name="forum"),
    path("leden/", member_list.show, name="members"),
    path("leden/csv/", member_list.csv_file, name="members_csv"),
    path("leden/xlsx/", member_list.xlsx_file, name="members_xlsx"),
    path("leden/importeren/", member_import.import_list, name="members_import"),
    path("leden/importeren/voorbeeld/", member_list.example, name="members_example"),
    path("leden/toevoegen/", members.add, name="member_add"),
    path("leden/<int:member>/", members.change, name="member"),
    path("leden/<int:member>/vervangen/", members.replace, name="member_replace"),
    path("leden/<int:member>/beeindigen/", members.end, name="member_end"),
    path("rondes/plannen/", rounds.plan, name="round_plan"),
    path("rondes/<int:round>/", include(round_urls)),
]

desk_urls: list[URLPattern | URLResolver] = [
    path("fora/", forums.index, name="forums"),
    path("fora/<slug:forum>/", include(forum_urls)),
    path("demo/mails/", demo.mails, name="demo_mails"),
]

urlpatterns = [*account_urls, path("", include((desk_urls, "coaching")))]
