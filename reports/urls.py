"""Addresses of what is told: page and PDF of the same report."""

from django.urls import URLPattern

app_name = "reports"
urlpatterns: list[URLPattern] = []
