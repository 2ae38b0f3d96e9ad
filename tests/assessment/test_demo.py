"""Making the demo: the same every time, once, and only in demo mode."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django_tasks_db.models import DBTaskResult

from assessment.actions.keeping import erase_expired
from assessment.models import (
    Action,
    ActionMove,
    Breakthrough,
    Commitment,
    Draft,
    Forum,
    GroupLevel,
    Invitation,
    Member,
    Municipality,
    Priority,
    Quote,
    Round,
    Seat,
    Session,
    SharedReport,
    Snapshot,
    Target,
    Theme,
    User,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queue")]


@pytest.fixture(autouse=True)
def mail_folder(settings, tmp_path) -> Path:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    return tmp_path


@pytest.fixture
def demo(capsys) -> dict[str, Any]:
    call_command("demo", json=True)
    return json.loads(capsys.readouterr().out)


def again(capsys, **options: object) -> dict[str, Any]:
    call_command("demo", json=True, **options)
    return json.loads(capsys.readouterr().out)


def everything() -> dict[str, int]:
    models = (User, Forum, Seat, Member, Municipality, Round, Invitation, Draft, Snapshot, DBTaskResult)
    models += (GroupLevel, Theme, Quote, Target, Priority, Action, ActionMove, Breakthrough)
    models += (Session, Commitment, SharedReport)
    return {model.__name__: model.objects.count() for model in models}


def test_second_run_adds_nothing_and_prints_the_same(demo, capsys, mail_folder):
    before = everything(), len(list(mail_folder.iterdir()))

    assert again(capsys) == demo
    assert (everything(), len(list(mail_folder.iterdir()))) == before


def test_of_the_demo_only_lists_of_invitations_are_past_their_period(demo, capsys):
    """What the worker erases on the first day comes back by no second run."""
    erased = erase_expired()
    before = everything()

    assert erased.invitations > 0
    assert {name for name, count in erased._asdict().items() if count} == {"invitations"}
    assert again(capsys)["closed_rounds"] == demo["closed_rounds"]
    assert everything() == before


def test_answers_are_the_same_every_time(demo, capsys):
    results = [_scores(snapshot) for snapshot in Snapshot.objects.order_by("pk")]
    call_command("flush", interactive=False, verbosity=0)

    again(capsys)

    assert [_scores(snapshot) for snapshot in Snapshot.objects.order_by("pk")] == results


def test_another_seed_gives_other_answers(demo, capsys):
    results = [_scores(snapshot) for snapshot in Snapshot.objects.order_by("pk")]
    call_command("flush", interactive=False, verbosity=0)

    again(capsys, seed=2)

    assert [_scores(snapshot) for snapshot in Snapshot.objects.order_by("pk")] != results


def _scores(snapshot: Snapshot) -> dict[str, int | None]:
    return {code: each.get("display") for code, each in snapshot.result["dimensions"].items()}


def test_more_forums_can_be_asked_for_and_the_first_stay(demo, capsys, mail_folder):
    mails = len(list(mail_folder.iterdir()))

    larger = again(capsys, forums=6)

    assert Forum.objects.count() == 6
    assert (len(larger["open_rounds"]), len(larger["closed_rounds"])) == (2, 8)
    assert set(demo["closed_rounds"]) < set(larger["closed_rounds"])
    assert len(list(mail_folder.iterdir())) == mails
    assert again(capsys, forums=6) == larger


def test_demo_that_was_broken_off_goes_on(capsys, monkeypatch):
    from assessment.demo import story

    def break_off(**options: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as context:
        context.setattr(story, "close_round", break_off)
        with pytest.raises(KeyboardInterrupt):
            call_command("demo")

    assert len(again(capsys)["closed_rounds"]) == 4


def test_outside_demo_mode_nothing_is_made(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="no demo installation"):
        call_command("demo")

    assert not User.objects.exists()


def test_without_json_it_says_in_dutch_where_to_begin(capsys):
    call_command("demo")

    lines = capsys.readouterr().out.splitlines()
    assert lines[2] == "Meld u aan op http://localhost:8000/aanmelden/ met een van deze accounts:"
    assert lines[3] == "  Begeleider: begeleider.noord@programma.example, wachtwoord wulp-kiezel-brug-74"
    assert lines[-1].startswith("  http://localhost:8000/vragenlijst/")
