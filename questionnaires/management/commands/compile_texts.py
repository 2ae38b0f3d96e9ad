"""`manage.py compile_texts`: the catalogues in the form that Django reads."""

import datetime
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = "Compile locale/*/LC_MESSAGES/django.po; Python only, so that no system package is needed."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Write nothing; fail when a .mo is behind.")

    def handle(self, *args: object, check: bool, **options: object) -> None:
        for source in sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po")):
            target = source.with_suffix(".mo")
            compiled = _compiled(source)
            if not check:
                target.write_bytes(compiled)
                self.stdout.write(f"{target.relative_to(settings.BASE_DIR)}: {len(compiled)} bytes")
            elif not target.exists() or target.read_bytes() != compiled:
                raise CommandError(f"{target.relative_to(settings.BASE_DIR)} is behind: make texts")


def _compiled(source: Path) -> bytes:
    from babel.messages import mofile, pofile  # a development package

    with source.open("rb") as file:
        catalogue = pofile.read_po(file)
    # Babel would write the minute of compiling: the file changes when its texts do, and only then.
    catalogue.creation_date = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    compiled = BytesIO()
    mofile.write_mo(compiled, catalogue)
    return compiled.getvalue()
