"""`manage.py results ROUND`: the frozen result of a closed round as JSON, unrounded, for the operator."""

import json

from django.core.management.base import BaseCommand, CommandParser

from assessment.management.rounds import closed_round_with


class Command(BaseCommand):
    help = "Print the frozen result of a closed round as JSON, just as it was stored."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("round", type=int, metavar="ROUND")
        parser.add_argument("--indent", type=int, help="Spaces to indent by, for reading.")

    def handle(self, *args: object, round: int, indent: int | None, **options: object) -> None:
        snapshot = closed_round_with(round).snapshot
        if indent is None:
            self.stdout.write(snapshot.document)
        else:
            self.stdout.write(json.dumps(snapshot.result, indent=indent, ensure_ascii=False))
