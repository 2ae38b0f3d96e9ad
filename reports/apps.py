"""What is told."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
