"""`manage.py round_template KIND --output FILE.csv`: an empty file for `import_responses`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessment.actions.importing import column_names
from assessment.actions.refusals import RefusedError
from assessment.management.naming import kind_named, version_numbered


class Command(BaseCommand):
    help = "Write a CSV file with the columns that import_responses expects, for a spreadsheet to fill in."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", metavar="KIND", help="baseline, interim or final, or the Dutch name.")
        parser.add_argument("--output", type=Path, required=True, metavar="FILE.csv")
        # In the place of Django's own option, which tells the version of Django.
        parser.add_argument(
            "--version", metavar="1.0.0", help="Of the questionnaire; the newest one if not given."
        )

    def handle(self, *args: object, kind: str, output: Path, **options: Any) -> None:
        try:
            content = version_numbered(options["version"]).content
        except RefusedError as error:
            raise CommandError(str(error)) from None
        asks_change = content.round(kind_named(kind, content)).asks_change
        header = ";".join(column_names(content, asks_change=asks_change))
        try:
            # With a byte order mark a spreadsheet knows that it is UTF-8, and keeps it so.
            output.write_text(f"{header}\r\n", encoding="utf-8-sig", newline="")
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}") from None
        self.stdout.write(str(output))
