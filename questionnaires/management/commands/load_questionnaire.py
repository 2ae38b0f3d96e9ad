"""`manage.py load_questionnaire FILE...`: each file becomes one version, or nothing is stored at all."""

import sys

from django.core.management.base import BaseCommand, CommandParser

from questionnaires.loading import QuestionnaireError, load_questionnaires
from questionnaires.texts import text


class Command(BaseCommand):
    help = "Load questionnaire files as published versions; with a fault in one of them nothing is stored."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="file", help="A questionnaire, in YAML.")
        parser.add_argument(
            "--draft", action="store_true", help="Keep as a draft, which may still be replaced."
        )

    def handle(self, *args: object, files: list[str], draft: bool, **options: object) -> None:
        try:
            loaded = load_questionnaires(files, draft=draft)
        except QuestionnaireError as error:
            for fault in error.faults:
                self.stderr.write(str(fault))
            sys.exit(1)
        for version, is_stored in loaded:
            self.stdout.write(
                text(
                    "questionnaire.loaded" if is_stored else "questionnaire.unchanged",
                    questionnaire=version.questionnaire.slug,
                    version=version.version,
                    state=text(f"questionnaire.state.{version.state}"),
                )
            )
