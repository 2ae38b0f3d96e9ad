"""The demo: complete, plausible, fictional, the same every time, and only in demo mode."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessment.actions.keeping import erase_expired
from assessment.demo import sharing
from assessment.demo.answers import ROLES
from assessment.demo.names import land_name, municipality_name, municipality_nis
from assessment.filling.since import agreed_since
from assessment.management.commands import load_regions
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
    OpenAnswer,
    Priority,
    Quote,
    Region,
    Round,
    Seat,
    Session,
    SharedReport,
    Snapshot,
    Target,
    Theme,
    User,
)
from assessment.queries import response_of
from questionnaires.models import QuestionnaireVersion
from reports.build.comparison import build_comparison
from reports.chapters import OPTIONAL, chapters_without

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


def test_demo_prints_accounts_links_and_rounds_and_nothing_else(demo):
    assert set(demo) == {"accounts", "links", "open_rounds", "closed_rounds"}
    assert [each["kind"] for each in demo["accounts"]] == ["coach", "coach", "programme_manager"]
    assert {frozenset(each) for each in demo["accounts"]} == {frozenset({"kind", "email", "password"})}
    assert {frozenset(each) for each in demo["links"]} == {frozenset({"forum", "role", "url"})}
    assert (len(demo["open_rounds"]), len(demo["closed_rounds"])) == (1, 4)


def test_demo_loads_what_it_needs(demo):
    assert Region.objects.count() == 15
    assert QuestionnaireVersion.objects.published().count() == 1


def test_demo_has_the_forums_of_the_story(demo):
    sizes = {
        forum.seats.exclude(municipality=None).count(): [
            (each.kind, each.state) for each in forum.rounds.order_by("opens_on")
        ]
        for forum in Forum.objects.all()
    }

    assert sizes == {
        8: [("baseline", "closed"), ("interim", "planned")],
        13: [("baseline", "closed"), ("interim", "closed")],
        24: [("baseline", "closed"), ("interim", "open")],
    }
    assert all(forum.is_demo and forum.coaches.count() == 1 for forum in Forum.objects.all())


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


def test_results_are_worth_talking_about(demo):
    results = [snapshot.result for snapshot in Snapshot.objects.all()]
    dimensions = [entry for result in results for entry in result["dimensions"].values()]

    assert all(result["published"] for result in results)
    assert {"agreed", "mostly_agreed", "divided"} <= {entry.get("agreement") for entry in dimensions}
    for result in results:
        assert len({each["level"] for each in result["dimensions"].values() if each["published"]}) >= 3
    assert any(entry["low_visibility"] for entry in dimensions)
    assert all(len(result["priorities"]) == 3 for result in results)
    assert OpenAnswer.objects.count() > 10
    first, second = Snapshot.objects.filter(round__forum=Forum.objects.order_by("pk").first()).order_by("pk")
    told = build_comparison(first, second, language="nl")
    assert len({change.verdict for change in told.changes}) >= 3
    assert sum(bool(change.actions) for change in told.changes) >= 3


def test_one_forum_has_talked_about_its_results(demo):
    [forum] = {each.round.forum for each in GroupLevel.objects.select_related("round__forum")}

    for round in forum.rounds.all():
        assert [each.title for each in round.themes.all()] == [
            "Openheid aan tafel",
            "Opvolging van afspraken",
        ]
        assert (round.group_levels.count(), round.quotes.get().theme) == (3, round.themes.first())
        assert all(each.recorded_on > round.closes_on for each in round.group_levels.all())


def test_every_forum_has_agreed_on_something(demo):
    for forum in Forum.objects.all():
        track = forum.tracks.get()
        assert {each.status for each in track.actions.all()} == {"todo", "doing", "done", "stopped"}
    history = Target.objects.filter(replaced_on__isnull=False)
    assert {each.track.forum.tracks.get().rounds.closed().count() for each in history} == {2}
    assert Breakthrough.objects.filter(decision="granted").count() == 3
    assert Priority.objects.exclude(reason="").exists()


def test_members_of_the_open_round_read_what_was_agreed(demo):
    [round] = Round.objects.open()

    assert [each.status for each in agreed_since(round)] == ["done", "doing", "stopped"]


def test_small_forum_has_the_wider_margins(demo):
    def margin(municipalities: int) -> float:
        snapshots = Snapshot.objects.filter(round__kind="baseline")
        [result] = [s.result for s in snapshots if s.result["response"]["members"] == municipalities]
        margins = [each["margin"] for each in result["dimensions"].values() if each["published"]]
        return sum(margins) / len(margins)

    assert margin(8) > margin(13) > margin(24)


def test_rounds_lie_where_the_story_puts_them(demo):
    today = timezone.localdate()
    for round in Round.objects.closed().select_related("snapshot", "track"):
        assert round.opens_on < round.closes_on < today
        assert timezone.localdate(round.closed_at) == round.closes_on
        assert round.snapshot.closed_at == round.closed_at
        assert round.opened_at < round.closed_at
        assert round.track.starts_on <= round.opens_on <= round.track.ends_on
    planned = Round.objects.planned().get()
    running = Round.objects.open().get()
    assert planned.opens_on > today
    assert running.opens_on < today < running.closes_on
    assert running.takes_answers


def test_open_round_is_half_answered(demo):
    response = response_of(Round.objects.open().get())

    assert 0.35 <= response.members / response.members_total <= 0.6
    assert response.is_publishable
    assert response.municipalities_total == 24
    assert Draft.objects.filter(submitted_at=None).count() == 2
    assert Invitation.objects.filter(is_declined=True).count() == 1


def test_only_the_open_round_wrote_mails(demo, mail_folder):
    mails = "".join(path.read_text() for path in mail_folder.iterdir())
    running = Round.objects.open().get()

    assert mails.count("\nSubject: ") == running.invitations.filter(is_declined=False).count()
    assert mails.count("/vragenlijst/") == mails.count("\nSubject: ")
    assert not DBTaskResult.objects.exists()
    assert not Invitation.objects.exclude(round=running).exclude(mail_state="sent").exists()


def test_links_lead_to_who_has_not_submitted(demo):
    response = response_of(Round.objects.open().get())
    not_yet = response.members_total + response.others_total - response.members - response.others

    assert len(demo["links"]) == not_yet - 1  # one declined
    assert {each["role"] for each in demo["links"]} >= {"mayor", "alderman", "support"}
    for each in demo["links"][:3]:
        page = Client().get(each["url"].removeprefix("http://localhost:8000"))
        assert page.status_code == 200


def test_accounts_sign_in(demo):
    for account in demo["accounts"]:
        user = User.objects.get(email=account["email"])
        assert (user.kind, user.is_demo) == (account["kind"], True)
        assert user.check_password(account["password"])


def test_people_are_functions_and_addresses_lead_nowhere(demo):
    functions = {name.partition(" van ")[0] for name in Member.objects.values_list("name", flat=True)}

    assert functions == set(ROLES)
    assert all(email.endswith(".example") for email in Member.objects.values_list("email", flat=True))
    assert all(email.endswith(".example") for email in User.objects.values_list("email", flat=True))


def test_places_do_not_exist():
    regions = yaml.safe_load((load_regions.DATA / "regions.yaml").read_text(encoding="utf-8"))["regions"]
    mergers = yaml.safe_load((load_regions.DATA / "mergers-2025.yaml").read_text(encoding="utf-8"))["mergers"]
    groups = [*(region["municipalities"] for region in regions), *mergers.values()]
    real = {name.casefold() for group in groups for name in group.values()}
    real |= {region["name"].casefold() for region in regions}
    names = [municipality_name(number) for number in range(4500)]
    lands = [land_name(number) for number in range(300)]

    assert not real & {name.casefold() for name in names + lands}
    assert (len(set(names)), len(set(lands))) == (4500, 300)
    assert not any(municipality_nis(number).isdigit() for number in range(4500))
    assert {len(municipality_nis(number)) for number in range(4500)} == {5}


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


def test_demo_has_sessions_of_before_and_to_come_with_an_agreement_on_the_track(demo):
    first = Forum.objects.get(pk=Round.objects.order_by("pk").first().forum_id)

    assert (first.sessions.held().count(), first.sessions.ahead().count()) == (2, 1)
    agreed = Commitment.objects.filter(session__forum=first)
    assert {each.what: each.action and each.action.what for each in agreed} == {
        "Stel een netwerkteam samen en leg zijn taken vast": "Stel een netwerkteam samen en leg zijn taken vast",
        "Bespreek het resultaat in elk college": None,
        "Nodig per thema de vakschepenen uit": None,
    }
    assert Session.objects.ahead().count() == 2


def test_demo_shares_one_report_with_its_members(demo, mail_folder):
    shared = SharedReport.objects.current().get()

    page = Client().get(f"/rapport/{shared.token}/").content.decode()

    assert "Lees eerst de samenvatting" in page
    assert chapters_without(sharing.LEFT_OUT) == sharing.CHAPTERS
    assert {*sharing.LEFT_OUT} < {*OPTIONAL}
    assert "/rapport/" not in "".join(path.read_text() for path in mail_folder.iterdir())
