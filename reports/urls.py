"""Addresses of what is told: page and PDF of the same report, and the own result."""

from django.urls import path

from reports.receipt import receipt

app_name = "reports"
urlpatterns = [
    path("resultaat/<str:token>/", receipt, name="receipt"),
]
