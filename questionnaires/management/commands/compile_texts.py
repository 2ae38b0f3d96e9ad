"""`manage.py compile_texts`: the catalogues in the form that Django reads."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Compile locale/*/LC_MESSAGES/django.po; Python only, so that no system package is needed."

    def handle(self, *args: object, **options: object) -> None:
        from babel.messages import mofile, pofile  # a development package

        for source in sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po")):
            with source.open("rb") as file:
                catalogue = pofile.read_po(file)
            with source.with_suffix(".mo").open("wb") as file:
                mofile.write_mo(file, catalogue)
            self.stdout.write(f"{source.relative_to(settings.BASE_DIR)}: {len(catalogue)}")
