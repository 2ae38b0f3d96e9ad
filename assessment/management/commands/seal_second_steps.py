"""`manage.py seal_second_steps`: after another SECRET_KEY, while the earlier one is in SECRET_KEY_FALLBACKS."""

from django.core.management.base import BaseCommand

from assessment.coaching.sealing import seal_anew


class Command(BaseCommand):
    help = (
        "Seal the keys of apps and recovery codes with the present SECRET_KEY, so that an earlier one may go."
    )

    def handle(self, *args: object, **options: object) -> None:
        done, lost = seal_anew()
        self.stdout.write(f"sealed {done}, not opened by any key {lost}")
