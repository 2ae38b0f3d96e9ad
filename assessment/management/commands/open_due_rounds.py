"""`manage.py open_due_rounds`: opens what was planned for now and mails the invitations."""

from django.core.management.base import BaseCommand

from assessment.actions.opening import open_due_rounds


class Command(BaseCommand):
    help = "Open every planned round whose time has come. The worker does this by itself."

    def handle(self, *args: object, **options: object) -> None:
        for opened in open_due_rounds():
            self.stdout.write(f"opened round {opened.pk}")
