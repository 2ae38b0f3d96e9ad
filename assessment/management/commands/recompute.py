"""`manage.py recompute ROUND`: whether the stored responses still give the frozen result, byte for byte."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessment.management.rounds import WRONG_ROUND, closed_round_with
from assessment.models import Round
from assessment.recomputing import CannotRecomputeError, recompute


class Command(BaseCommand):
    help = (
        "Compute the result of a closed round again and compare it with the frozen one, which stays as it is. "
        "Exit status: 0 equal to the last byte, 1 different, 2 cannot be computed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("round", type=int, metavar="ROUND")

    def handle(self, *args: object, round: int, **options: object) -> None:
        found = closed_round_with(round)
        try:
            again = recompute(found)
        except CannotRecomputeError as error:
            told = f"round {round} cannot be computed again: {error}"
            raise CommandError(told, returncode=WRONG_ROUND) from None
        for note in _versions(found):
            self.stdout.write(note)
        for path, frozen, computed in again.deviations:
            self.stdout.write(f"{path}: frozen {frozen}, computed {computed}")
        if again.deviations:
            codes = f"frozen {found.snapshot.fingerprint}, computed {again.fingerprint}"
            raise CommandError(f"round {round}: {len(again.deviations)} different, fingerprint {codes}")
        self.stdout.write(f"round {round}: equal to the last byte, fingerprint {again.fingerprint}")


def _versions(round_: Round) -> list[str]:
    """What has another version now than when the result was frozen; nothing when all is the same."""
    versions = {
        "software": (round_.snapshot.software_version, settings.SOFTWARE_VERSION),
        "questionnaire": (round_.snapshot.questionnaire_version, round_.version.version),
    }
    return [
        f"{name}: frozen with {frozen}, computed with {now}"
        for name, (frozen, now) in versions.items()
        if frozen != now
    ]
