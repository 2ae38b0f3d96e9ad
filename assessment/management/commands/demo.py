"""`manage.py demo`: fictional forums to look at and to try, with accounts and personal links."""

import io
import json
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from assessment.demo.answers import role_of
from assessment.demo.cast import ACCOUNTS, CASTS, make_accounts, make_forum
from assessment.demo.story import tell
from assessment.models import Draft, Forum, Invitation, Region, Round
from questionnaires.models import QuestionnaireVersion
from questionnaires.texts import lower, text

QUESTIONNAIRE = settings.BASE_DIR / "questionnaires" / "files" / "burgemeestersforum-1.yaml"


class Command(BaseCommand):
    help = "Make the demo: fictional forums, closed rounds with results, one open round. A second run adds nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="Print accounts, links and rounds as JSON.")
        parser.add_argument(
            "--forums",
            type=int,
            default=len(CASTS),
            metavar="N",
            help="Number of forums in all, 3 by default.",
        )
        parser.add_argument("--seed", type=int, default=1, help="Other answers for another number.")

    def handle(self, *args: object, json: bool, forums: int, seed: int, **options: object) -> None:
        if not settings.DEMO:
            raise CommandError("this is no demo installation: nothing was made")
        if forums < 1:
            raise CommandError("a demo has one forum at least")
        _load_what_is_absent()
        coaches = make_accounts()
        made = [make_forum(number, coaches) for number in range(forums)]
        for number, forum in enumerate(made):
            # A pile of mails of more forums of the same kinds would only be in the way.
            tell(forum, number, seed=seed, is_silent=number >= len(CASTS))
        described = _description(made)
        self.stdout.write(_as_json(described) if json else _in_words(described))


def _load_what_is_absent() -> None:
    if not Region.objects.exists():
        call_command("load_regions", verbosity=0)
    if not QuestionnaireVersion.objects.published().exists():
        call_command("load_questionnaire", str(QUESTIONNAIRE), stdout=io.StringIO())


def _description(forums: list[Forum]) -> dict[str, list[Any]]:
    """What there is to try: accounts, the links of who has not submitted, and the rounds."""
    rounds = Round.objects.filter(forum__in=forums).order_by("pk")
    return {
        "accounts": [
            {"kind": each.kind, "email": each.email, "password": each.password} for each in ACCOUNTS
        ],
        "links": [_link(each) for each in _without_submission(rounds.open())],
        "open_rounds": list(rounds.open().values_list("pk", flat=True)),
        "closed_rounds": list(rounds.closed().values_list("pk", flat=True)),
    }


def _without_submission(rounds: Any) -> list[Invitation]:
    submitted = Draft.objects.filter(submitted_at__isnull=False).values("invitation")
    found = Invitation.objects.filter(round__in=rounds, is_declined=False).exclude(pk__in=submitted)
    return list(found.select_related("member", "round__forum").order_by("pk"))


def _link(invitation: Invitation) -> dict[str, str]:
    return {
        "forum": invitation.round.forum.name,
        "role": role_of(invitation),
        "url": _url("filling:landing", invitation.token),
    }


def _url(view: str, *args: str) -> str:
    return settings.BASE_URL.rstrip("/") + reverse(view, args=args)


def _as_json(described: dict[str, list[Any]]) -> str:
    return json.dumps(described, indent=2, ensure_ascii=False)


def _in_words(described: dict[str, list[Any]]) -> str:
    lines = [text("demo.ready.title"), "", text("demo.ready.sign_in", url=_url("account_login"))]
    for account in described["accounts"]:
        kind = text(f"demo.ready.kind.{account['kind']}")
        lines.append(f"  {text('demo.ready.account', **(account | {'kind': kind}))}")
    if described["links"]:
        link = described["links"][0]
        forum = Forum.objects.get(name=link["forum"], is_demo=True)
        content = Round.objects.open().get(forum=forum).content
        role = lower(str(content.role(link["role"])))
        lines += ["", text("demo.ready.link", role=role, forum=forum.in_sentence("nl")), f"  {link['url']}"]
    return "\n".join(lines)
