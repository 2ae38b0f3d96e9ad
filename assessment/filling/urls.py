"""Addresses of the member's way in; `<token>` is secret and stands in no log."""

from django.urls import path

from assessment.filling import mailing, views

app_name = "filling"
urlpatterns = [
    path("uitnodiging-opnieuw/", mailing.resend, name="resend"),
    path("uitnodiging-opnieuw/verstuurd/", mailing.resent, name="resent"),
    path("vragenlijst/<str:token>/", views.landing, name="landing"),
    path("vragenlijst/<str:token>/later/", views.left, name="left"),
    path("vragenlijst/<str:token>/intrekken/", views.withdraw, name="withdraw"),
    path("vragenlijst/<str:token>/niet-deelnemen/", mailing.decline, name="decline"),
    path("vragenlijst/<str:token>/nieuwe-link/", views.new_receipt, name="new_receipt"),
    path("vragenlijst/<str:token>/link-mailen/", mailing.mail_receipt, name="mail_receipt"),
    path("vragenlijst/<str:token>/<slug:step>/", views.step, name="step"),
    path("vragenlijst/<str:token>/<slug:step>/bewaren/", views.autosave, name="autosave"),
]
