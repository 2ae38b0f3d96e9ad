"""`manage.py check_questionnaire FILE`: whether a file could be loaded; nothing is stored."""

import sys

from django.core.management.base import BaseCommand, CommandParser

from questionnaires.loading import QuestionnaireError, check_file
from questionnaires.texts import text


class Command(BaseCommand):
    help = "Check a questionnaire file and tell every fault; nothing is stored."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="The questionnaire, in YAML.")

    def handle(self, *args: object, file: str, **options: object) -> None:
        try:
            content = check_file(file)
        except QuestionnaireError as error:
            for fault in error.faults:
                self.stderr.write(str(fault))
            sys.exit(1)
        self.stdout.write(
            text(
                "questionnaire.checked",
                questionnaire=content.instrument.id,
                version=content.instrument.version,
                statements=content.instrument.n_statements,
                total=len(content.dimensions),
            )
        )
