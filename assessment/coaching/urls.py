"""Addresses of the coach's desk; the names of account pages are those that allauth asks for."""

from allauth.account import views as allauth
from allauth.mfa.base import views as second_step
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from assessment.coaching import elsewhere
from assessment.coaching.forms.accounts import (
    ConfirmForm,
    ForgottenPasswordForm,
    NewPasswordForm,
    OtherPasswordForm,
    SignInForm,
)
from assessment.coaching.forms.second_step import (
    AddPasskeyForm,
    ConfirmCodeForm,
    ConfirmPasskeyForm,
    PasskeyAloneForm,
    SetUpAppForm,
    SignInCodeForm,
    SignInPasskeyForm,
)
from assessment.coaching.views import (
    account,
    benchmark,
    calendars,
    commitments,
    demo,
    earlier_rounds,
    forums,
    invitations,
    mails,
    member_import,
    member_list,
    members,
    rounds,
    seats,
    sessions,
    trail,
    users,
    versions,
)

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
other_password = allauth.PasswordChangeView.as_view(
    form_class=OtherPasswordForm, template_name="account/other_password.html"
)
confirm = allauth.ReauthenticateView.as_view(form_class=ConfirmForm, template_name="account/confirm.html")

take_second_step = second_step.AuthenticateView.as_view(
    form_class=SignInCodeForm,
    webauthn_form_class=SignInPasskeyForm,
    template_name="mfa/sign_in.html",
)
passkey_alone = passkeys.LoginWebAuthnView.as_view(form_class=PasskeyAloneForm)
confirm_code = second_step.ReauthenticateView.as_view(
    form_class=ConfirmCodeForm, template_name="mfa/confirm_code.html"
)
confirm_passkey = passkeys.ReauthenticateWebAuthnView.as_view(
    form_class=ConfirmPasskeyForm, template_name="mfa/confirm_passkey.html"
)
overview = second_step.IndexView.as_view(template_name="mfa/index.html")
set_up_app = app.ActivateTOTPView.as_view(form_class=SetUpAppForm, template_name="mfa/set_up_app.html")
remove_app = app.DeactivateTOTPView.as_view(template_name="mfa/remove_app.html")
add_passkey = passkeys.AddWebAuthnView.as_view(
    form_class=AddPasskeyForm, template_name="mfa/add_passkey.html"
)
remove_passkey = account.RemovePasskeyView.as_view()

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
    path("welkom/<str:token>/", account.activate, name="account_activate"),
    path("aanmelden/organisatie/", elsewhere.begin, name="oidc_begin"),
    path("aanmelden/organisatie/terug/", elsewhere.come_back, name="oidc_return"),
]

second_step_urls = [
    path("aanmelden/tweede-stap/", take_second_step, name="mfa_authenticate"),
    path("aanmelden/passkey/", never_cache(passkey_alone), name="mfa_login_webauthn"),
    path("aanmelden/bevestigen/", never_cache(confirm), name="account_reauthenticate"),
    path("aanmelden/bevestigen/code/", never_cache(confirm_code), name="mfa_reauthenticate"),
    path("aanmelden/bevestigen/passkey/", never_cache(confirm_passkey), name="mfa_reauthenticate_webauthn"),
    path("account/tweede-stap/", never_cache(overview), name="mfa_index"),
    path("account/tweede-stap/app/", never_cache(set_up_app), name="mfa_activate_totp"),
    path("account/tweede-stap/app/verwijderen/", never_cache(remove_app), name="mfa_deactivate_totp"),
    path("account/tweede-stap/passkey/", never_cache(add_passkey), name="mfa_add_webauthn"),
    path(
        "account/tweede-stap/passkey/<int:pk>/verwijderen/",
        never_cache(remove_passkey),
        name="mfa_remove_webauthn",
    ),
    path("account/tweede-stap/reservecodes/", account.recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "account/tweede-stap/reservecodes/bestand/",
        account.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]

own_account_urls = [
    path("account/", account.show, name="account"),
    path("account/wachtwoord/", never_cache(other_password), name="account_change_password"),
    # Whoever never chose a password asks for a link first, like somebody who forgot it.
    path("wachtwoord/vergeten/", never_cache(forgotten), name="account_set_password"),
    path("account/agendalink/", calendars.of_coach, name="account_calendar"),
    path("account/agendalink/vernieuwen/", calendars.replace_of_coach, name="account_calendar_replace"),
    path("account/elders-afmelden/", account.sign_out_elsewhere, name="account_sign_out_elsewhere"),
]

round_urls = [
    path("", rounds.show, name="round"),
    path("wijzigen/", rounds.change, name="round_change"),
    path("voorbeeld/", rounds.preview, name="round_preview"),
    path("openen/", rounds.open, name="round_open"),
    path("uitstellen/", rounds.postpone, name="round_postpone"),
    path("annuleren/", rounds.cancel, name="round_cancel"),
    path("sluiten/", rounds.close, name="round_close"),
    path("herinneren/", mails.remind, name="round_remind"),
    path("mails/", mails.log, name="round_mails"),
    path("voorbeeld/mailen/", mails.send_me_an_example, name="round_example"),
    path("uitnodiging-kwijt/", mails.lost_link, name="round_lost_link"),
    path("uitnodigen/<int:member>/", invitations.invite_member, name="invite"),
    path("uitnodigingen/<int:invitation>/opnieuw/", invitations.resend, name="invitation_resend"),
    path("uitnodigingen/<int:invitation>/neemt-niet-deel/", invitations.decline, name="invitation_decline"),
    path("uitnodigingen/<int:invitation>/neemt-deel/", invitations.undo_decline, name="invitation_undo"),
]

seat_urls: list[URLPattern | URLResolver] = [
    path("", seats.index, name="seats"),
    path("toevoegen/", seats.add, name="seat_add"),
    path("regio/", seats.add_of_region, name="seats_of_region"),
    path("<int:seat>/verwijderen/", seats.remove, name="seat_remove"),
    path("<int:seat>/samenvoegen/", seats.combine, name="seat_combine"),
]

commitment_urls: list[URLPattern | URLResolver] = [
    path("<int:commitment>/", commitments.change, name="commitment"),
    path("<int:commitment>/verwijderen/", commitments.remove, name="commitment_remove"),
]

session_urls: list[URLPattern | URLResolver] = [
    path("", sessions.index, name="sessions"),
    path("plannen/", sessions.plan, name="session_plan"),
    path("agendalink/", calendars.of_forum, name="calendar"),
    path("agendalink/vernieuwen/", calendars.replace_of_forum, name="calendar_replace"),
    path("<int:session>/", sessions.show, name="session"),
    path("<int:session>/wijzigen/", sessions.change, name="session_change"),
    path("<int:session>/verwijderen/", sessions.remove, name="session_remove"),
    path("<int:session>/verslag/", sessions.write, name="session_write"),
    path("<int:session>/afspraken/", include(commitment_urls)),
]

forum_urls: list[URLPattern | URLResolver] = [
    path("", forums.show, name="forum"),
    path("gegevens/", forums.change, name="forum_change"),
    path("archiveren/", forums.archive, name="forum_archive"),
    path("terughalen/", forums.restore, name="forum_restore"),
    path("zetels/", include(seat_urls)),
    path("leden/", member_list.show, name="members"),
    path("leden/csv/", member_list.csv_file, name="members_csv"),
    path("leden/xlsx/", member_list.xlsx_file, name="members_xlsx"),
    path("leden/importeren/", member_import.import_list, name="members_import"),
    path("leden/importeren/voorbeeld/", member_list.example, name="members_example"),
    path("leden/toevoegen/", members.add, name="member_add"),
    path("leden/<int:member>/", members.change, name="member"),
    path("leden/<int:member>/vervangen/", members.replace, name="member_replace"),
    path("leden/<int:member>/beeindigen/", members.end, name="member_end"),
    path("sessies/", include(session_urls)),
    path("rondes/plannen/", rounds.plan, name="round_plan"),
    path("rondes/invoeren/", earlier_rounds.enter, name="earlier_round"),
    path("rondes/invoeren/voorbeeld/", earlier_rounds.example, name="earlier_round_example"),
    path("rondes/<int:round>/", include(round_urls)),
]

# Accounts of staff, for programme managers.
user_urls: list[URLPattern | URLResolver] = [
    path("", users.index, name="users"),
    path("uitnodigen/", users.invite, name="user_invite"),
    path("<int:user>/", users.change, name="user"),
    path("<int:user>/opnieuw-uitnodigen/", users.invite_again, name="user_invite_again"),
    path("<int:user>/toegang-stopzetten/", users.end_access, name="user_end"),
    path("<int:user>/toegang-teruggeven/", users.restore_access, name="user_restore"),
    path("<int:user>/tweede-stap/", users.reset_second_step, name="user_reset"),
]

# Questionnaires, for programme managers; what a preview shows lives where members fill in.
version_urls: list[URLPattern | URLResolver] = [
    path("", versions.index, name="versions"),
    path("opladen/", versions.upload, name="version_upload"),
    path("<int:version>/", versions.show, name="version"),
    path("<int:version>/publiceren/", versions.publish, name="version_publish"),
    path("<int:version>/uit-gebruik-nemen/", versions.retire, name="version_retire"),
    path("<int:version>/opnieuw-gebruiken/", versions.restore, name="version_restore"),
    path("<int:version>/verwijderen/", versions.delete, name="version_delete"),
    path("<int:version>/bestand/", versions.download, name="version_download"),
]

desk_urls: list[URLPattern | URLResolver] = [
    path("fora/", forums.index, name="forums"),
    path("fora/<slug:forum>/", include(forum_urls)),
    path("demo/mails/", demo.mails, name="demo_mails"),
    path("beheer/fora/toevoegen/", forums.add, name="forum_add"),
    path("beheer/gebruikers/", include(user_urls)),
    path("beheer/vragenlijsten/", include(version_urls)),
    path("beheer/referentiewaarden/", benchmark.show, name="benchmark"),
    path("beheer/referentiewaarden/vastleggen/", benchmark.freeze, name="benchmark_freeze"),
    path("beheer/logboek/", trail.index, name="trail"),
]

urlpatterns = [
    *account_urls,
    *second_step_urls,
    *own_account_urls,
    path("", include((desk_urls, "coaching"))),
]
