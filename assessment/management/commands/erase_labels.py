"""`manage.py erase_labels ROUND` or `--all`: what ERASE_DELEGATION_LABELS does, for rounds that are closed already."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from assessment.actions.cleaning import CleaningError
from assessment.actions.erasing import erase_labels
from assessment.actions.faults import told_briefly
from assessment.management.rounds import closed_round_with
from assessment.models import Round


class Command(BaseCommand):
    help = "Erase the delegation labels of a closed round, or of all. Final: `recompute` can do nothing afterwards."

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("round", type=int, nargs="?", metavar="ROUND")
        which.add_argument("--all", action="store_true", help="Every closed round.")

    def handle(self, *args: object, round: int | None, **options: object) -> None:
        rounds = Round.objects.closed() if round is None else [closed_round_with(round)]
        try:
            erased = erase_labels(rounds=rounds)
        except (CleaningError, DatabaseError) as error:
            told = (
                f"the labels are not erased, or may still lie in the files: {told_briefly(error)}; try again"
            )
            raise CommandError(told) from None
        self.stdout.write(f"erased the labels of {erased} responses")
