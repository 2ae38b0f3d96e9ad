"""`manage.py close_round ROUND`: closes a round for good, before its time if need be."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessment.actions.closing import close_round
from assessment.actions.refusals import RefusedError
from assessment.management.rounds import round_with


class Command(BaseCommand):
    help = "Close an open round now. Closing is final."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("round", type=int, metavar="ROUND")

    def handle(self, *args: object, round: int, **options: object) -> None:
        found = round_with(round)
        if not found.is_open:
            raise CommandError(f"round {round} is {found.state}, not open")
        try:
            snapshot = close_round(round=found)
        except RefusedError as error:
            raise CommandError(f"round {round} stays open: {error}") from None
        told = (
            "with a result"
            if snapshot.result["published"]
            else f"without a result: {snapshot.result['reason']}"
        )
        self.stdout.write(f"closed round {round}, {told}, fingerprint {snapshot.fingerprint}")
