"""Who answers, when, and what it amounts to."""

from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "assessment"

    def ready(self) -> None:
        from assessment import audit  # needs the models, which are ready only now

        audit.register()
