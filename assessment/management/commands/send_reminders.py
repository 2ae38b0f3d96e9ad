"""`manage.py send_reminders`: has the reminders mailed whose time has come."""

from django.core.management.base import BaseCommand

from assessment.actions.reminding import send_due_reminders


class Command(BaseCommand):
    help = "Queue every reminder that is due; each once. The worker does this by itself, and mails what is queued."

    def handle(self, *args: object, **options: object) -> None:
        for reminder in send_due_reminders():
            self.stdout.write(f"reminder {reminder.kind} of round {reminder.round_id}")
