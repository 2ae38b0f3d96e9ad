"""`manage.py erase_expired`: what the worker does once a day about retention periods."""

from django.core.management.base import BaseCommand, CommandParser

from assessment.actions.keeping import erase_expired


class Command(BaseCommand):
    help = "Erase what is past its retention period, for good. The worker does this by itself, once a day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Count what would go; erase nothing.")

    def handle(self, *args: object, dry_run: bool, **options: object) -> None:
        erased = erase_expired(is_trial=dry_run)
        self.stdout.write(f"{'would erase' if dry_run else 'erased'}: {erased.told}")
