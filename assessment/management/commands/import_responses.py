"""`manage.py import_responses FORUM KIND FILE --closed-on DATE --members N`: enters a round of before Regiospiegel."""

import datetime
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessment.actions.importing import MAX_SHOWN, Problem, check_round, import_round, read_round
from assessment.actions.refusals import RefusedError
from assessment.management.naming import forum_with, kind_named, version_numbered
from assessment.models import Forum, Municipality, Round
from questionnaires.models import QuestionnaireVersion
from questionnaires.texts import text


class Command(BaseCommand):
    help = (
        "Enter the answers of an earlier self-assessment as a closed round; with one fault nothing is stored."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "forum", metavar="FORUM", help="The slug that stands in the address of the forum."
        )
        parser.add_argument("kind", metavar="KIND", help="baseline, interim or final, or the Dutch name.")
        parser.add_argument("file", metavar="FILE", help="CSV or XLSX, as docs/importing.md describes it.")
        parser.add_argument(
            "--closed-on", required=True, type=datetime.date.fromisoformat, metavar="DATE", help="2024-11-30"
        )
        parser.add_argument(
            "--members", required=True, type=int, metavar="N", help="Municipalities that the forum had then."
        )
        parser.add_argument("--check", action="store_true", help="Only tell what is wrong; store nothing.")
        # In the place of Django's own option, which tells the version of Django.
        parser.add_argument(
            "--version", metavar="1.0.0", help="Of the questionnaire; the newest one if not given."
        )

    def handle(self, *args: object, forum: str, kind: str, file: str, check: bool, **options: Any) -> None:
        found = forum_with(forum)
        try:
            version = version_numbered(options["version"])
            named = kind_named(kind, version.content)
            place: dict[str, Any] = {"forum": found, "kind": named} | {
                each: options[each] for each in ("closed_on", "members")
            }
            check_round(**place)
            answers, problems = self._read(file, found, version, named, options["members"])
            if problems:
                self._tell(problems)
                sys.exit(1)
            if check:
                self.stdout.write(
                    f"nothing wrong with {answers['response'].nunique()} rows; nothing was stored"
                )
                return
            self.stdout.write(_told(import_round(answers=answers, version=version, **place)))
        except RefusedError as error:
            raise CommandError(str(error)) from None

    def _read(
        self, file: str, forum: Forum, version: QuestionnaireVersion, kind: str, members: int
    ) -> tuple[Any, list[Problem]]:
        path, content = Path(file), version.content
        try:
            with path.open("rb") as opened:
                return read_round(
                    opened,
                    path.name,
                    content=content,
                    municipalities=Municipality.objects.filter(seats__forum=forum).distinct(),
                    asks_change=content.round(kind).asks_change,
                    members=members,
                )
        except OSError as error:
            raise CommandError(f"{file} cannot be opened: {error.strerror}") from None

    def _tell(self, problems: list[Problem]) -> None:
        self.stderr.write(text("import_round.failed", count=len(problems)))
        if len(problems) > MAX_SHOWN:
            self.stderr.write(text("import_round.shown", count=MAX_SHOWN))
        for problem in problems[:MAX_SHOWN]:
            self.stderr.write(str(problem))


def _told(round_: Round) -> str:
    snapshot, response = round_.snapshot, round_.snapshot.result["response"]
    counts = "{responses} members of {delegations} of {members} municipalities, {others} others".format(
        **response
    )
    ending = (
        "with a result" if snapshot.result["published"] else f"without a result: {snapshot.result['reason']}"
    )
    return f"entered round {round_.pk}: {counts}, {ending}, fingerprint {snapshot.fingerprint}"
