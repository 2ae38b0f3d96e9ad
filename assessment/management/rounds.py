"""ROUND on the command line: the number of a round, which its pages have in their address."""

from django.core.management.base import CommandError

from assessment.models import Round

# The exit status of a command that was given what it cannot work on, as argparse has it.
WRONG_ROUND = 2


def round_with(number: int) -> Round:
    """The round with this number. Raises CommandError."""
    found = Round.objects.select_related("forum").filter(pk=number).first()
    if found is None:
        raise CommandError(f"there is no round {number}", returncode=WRONG_ROUND)
    return found


def closed_round_with(number: int) -> Round:
    """The closed round with this number, its frozen result loaded. Raises CommandError."""
    found = round_with(number)
    if not found.is_closed:
        told = f"round {number} is {found.state}: there is a result only after closing"
        raise CommandError(told, returncode=WRONG_ROUND)
    return (
        Round.objects.select_related("forum", "snapshot", "version").defer("version__document").get(pk=number)
    )
