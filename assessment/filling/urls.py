"""Addresses of the member's way in; `<token>` is secret and stands in no log."""

from django.urls import URLPattern

app_name = "filling"
urlpatterns: list[URLPattern] = []
