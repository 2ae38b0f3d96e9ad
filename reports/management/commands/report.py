"""`manage.py report ROUND --output FILE.pdf`: the forum report of a closed round."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessment.actions.issuing import issue
from assessment.models import IssuedFile, Snapshot
from reports.build import build_report


class Command(BaseCommand):
    help = "Write the forum report of a closed round as a tagged PDF."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "round", type=int, help="number of the round, as `demo --json` and the address tell"
        )
        parser.add_argument("--output", type=Path, required=True, help="file to write")
        parser.add_argument("--language", choices=("nl", "en"), default="nl")

    def handle(self, *args: object, round: int, output: Path, language: str, **options: object) -> None:
        from reports.pdf.forum import forum_pdf  # loads reportlab, which --help has no use for

        snapshot = (
            Snapshot.objects.select_related("round__forum", "round__version").filter(round=round).first()
        )
        if snapshot is None:
            raise CommandError(f"Round {round} has no result: it does not exist or is not closed yet.")
        data = forum_pdf(build_report(snapshot, language=language))
        try:
            output.write_bytes(data)
        except OSError as error:
            raise CommandError(f"Cannot write {output}: {error.strerror}") from error
        issue(snapshot=snapshot, kind=IssuedFile.Kind.REPORT_PDF, data=data)
        self.stdout.write(str(output))
