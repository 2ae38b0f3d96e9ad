"""Addresses of the preview; the round and the role stand in them, since nothing is stored."""

from django.urls import path

from assessment.filling import preview
from assessment.filling.steps import ROLE

app_name = "preview"
urlpatterns = [
    path("", preview.begin, name="begin"),
    path("telefoon/", preview.phone, name="phone"),
    path("<slug:kind>/einde/", preview.end, name="end"),
    path(f"<slug:kind>/{ROLE}/", preview.step, {"step": ROLE}, name="role"),
    path("<slug:kind>/<slug:role>/<slug:step>/", preview.step, name="step"),
]
