"""The demo tells a story: complete, plausible and fictional."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from django.core.management import call_command
from django.test import Client, override_settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pypdf import PdfReader

from assessment.demo import sharing
from assessment.demo.answers import ROLES
from assessment.demo.names import land_name, municipality_name, municipality_nis
from assessment.filling.since import agreed_since
from assessment.management.commands import load_regions
from assessment.models import (
    Breakthrough,
    Commitment,
    Draft,
    Forum,
    GroupLevel,
    Invitation,
    Member,
    OpenAnswer,
    Priority,
    Region,
    Round,
    Session,
    SharedReport,
    Snapshot,
    Target,
    User,
)
from assessment.queries import response_of
from questionnaires.models import QuestionnaireVersion
from reports.build import build_report
from reports.build.comparison import build_comparison
from reports.chapters import OPTIONAL, chapters_without
from reports.pdf.forum import forum_pdf
from tests.conftest import tasks_by
from tests.emptying import empty_tables

pytestmark = pytest.mark.django_db


class Made(NamedTuple):
    """What the command printed, and where the mails are."""

    printed: dict[str, Any]
    mail_folder: Path


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Made]:
    """One demo for all tests here, which change nothing in it."""
    folder, printed = tmp_path_factory.mktemp("mails"), io.StringIO()
    changed = override_settings(
        EMAIL_BACKEND="django.core.mail.backends.filebased.EmailBackend",
        EMAIL_FILE_PATH=str(folder),
        TASKS=tasks_by("django_tasks_db.DatabaseBackend"),
    )
    with django_db_blocker.unblock(), changed:
        call_command("demo", json=True, stdout=printed)
    yield Made(json.loads(printed.getvalue()), folder)
    with django_db_blocker.unblock():
        empty_tables()


@pytest.fixture
def demo(made) -> dict[str, Any]:
    return made.printed


@pytest.fixture
def mail_folder(made) -> Path:
    return made.mail_folder


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


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_report_of_the_demo_has_more_than_fifteen_pages(demo, language):
    """With all chapters, as a coach sees it who left none out yet."""
    files = [forum_pdf(build_report(each, language=language)) for each in Snapshot.objects.all()]

    lengths = [len(PdfReader(io.BytesIO(file)).pages) for file in files]
    assert len(lengths) == 4
    assert max(lengths) <= 15
