"""`manage.py close_due_rounds`: closes what should have been closed by now."""

from django.core.management.base import BaseCommand

from assessment.actions.closing import close_due_rounds


class Command(BaseCommand):
    help = "Close every open round whose last minute has passed. The worker does this by itself."

    def handle(self, *args: object, **options: object) -> None:
        for closed in close_due_rounds():
            self.stdout.write(f"closed round {closed.pk}")
