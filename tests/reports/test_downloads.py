"""Files of a result: how they leave, and that it is noted which bytes left and nothing else."""

import hashlib
import re

import pytest
from auditlog.models import LogEntry
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from assessment.actions.issuing import issue
from assessment.models import IssuedFile, Round
from reports.downloads import FORMS
from tests import factories
from tests.reports.cast import close, large_result
from tests.reports.exported import document

FILES = {
    "reports:forum_pdf": ("application/pdf", "pdf"),
    "reports:figures_xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "reports:figures_csv": ("text/csv; charset=utf-8", "csv"),
    "reports:figures_json": ("application/json", "json"),
}


# Session, user, round, coach, targets, earlier rounds, words of the coach, levels, actions, and that it was handed out.
QUERIES = 12


@pytest.fixture
def closed_round(forum) -> Round:
    return close(factories.make_open_round(forum=forum))


def address(name: str, round: Round) -> str:
    return reverse(name, args=[round.forum.slug, round.pk])


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_every_form_of_a_report_can_be_downloaded():
    assert len(FORMS) == len(FILES)


@pytest.mark.parametrize("name", FILES)
def test_file_is_named_after_forum_round_and_day_and_kept_by_no_browser(name, closed_round, coach_client):
    response = coach_client.post(address(name, closed_round))

    content_type, extension = FILES[name]
    assert response["Content-Type"] == content_type
    assert response["Content-Disposition"] == (
        f'attachment; filename="regiospiegel-burgemeestersoverleg-noordrand-nulmeting-2026-03-03.{extension}"'
    )
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("name", FILES)
def test_looking_at_the_address_of_a_file_leads_to_the_page(name, closed_round, coach_client):
    response = coach_client.get(address(name, closed_round))

    assert response["Location"] == address("reports:result", closed_round)
    assert not IssuedFile.objects.exists()


@pytest.mark.parametrize("name", FILES)
def test_handed_out_bytes_are_noted_once_and_nobody_with_them(name, closed_round, coach_client):
    entries = LogEntry.objects.count()

    first, second = (coach_client.post(address(name, closed_round)).content for _ in range(2))

    assert first == second
    assert LogEntry.objects.count() == entries
    [issued] = IssuedFile.objects.all()
    assert (issued.sha256, issued.snapshot) == (sha256(first), closed_round.snapshot)
    assert {field.name for field in IssuedFile._meta.get_fields()} == {
        "id",
        "snapshot",
        "kind",
        "sha256",
        "software_version",
    }


@pytest.mark.parametrize("name", FILES)
def test_file_asks_the_database_as_often_for_a_large_result(
    name, forum, coach_client, django_assert_max_num_queries
):
    round = close(factories.make_open_round(forum=forum), large_result())

    with django_assert_max_num_queries(QUERIES):
        coach_client.post(address(name, round))


def test_page_has_a_button_for_every_file_and_leads_to_what_describes_them(closed_round, coach_client):
    page = coach_client.get(address("reports:result", closed_round)).content.decode()

    asked = re.findall(r'(?:form)?action="([^"]*/(?:rapport|cijfers)\.[a-z]+)"', page)
    assert sorted(asked) == sorted(address(name, closed_round) for name in FILES)
    assert ('href="/cijfers/codeboek.csv"' in page, 'href="/cijfers/schema.json"' in page) == (True, True)


def test_file_speaks_the_language_of_the_interface(closed_round, coach_client, settings):
    coach_client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    told = document(coach_client.post(address("reports:figures_json", closed_round)).content)

    assert (told["about"]["language"], told["profile"][1]["dimension"]) == ("en", "Trust and commitment")


def test_what_the_command_writes_is_noted_too(closed_round, tmp_path):
    call_command("report", closed_round.pk, output=tmp_path / "rapport.pdf")

    assert IssuedFile.objects.get().sha256 == sha256((tmp_path / "rapport.pdf").read_bytes())


def test_file_that_left_before_another_version_keeps_the_version_that_made_it(closed_round, settings):
    issue(snapshot=closed_round.snapshot, kind=IssuedFile.Kind.REPORT_PDF, data=b"bytes")
    settings.SOFTWARE_VERSION = "9.0.0"
    issue(snapshot=closed_round.snapshot, kind=IssuedFile.Kind.REPORT_PDF, data=b"bytes")

    assert IssuedFile.objects.get().software_version == "0.1.0"


def test_database_refuses_an_unknown_kind(closed_round):
    with pytest.raises(IntegrityError), transaction.atomic():
        IssuedFile.objects.create(snapshot=closed_round.snapshot, kind="letter", sha256="a" * 64)


def test_issued_files_go_with_their_result(closed_round):
    issue(snapshot=closed_round.snapshot, kind=IssuedFile.Kind.REPORT_PDF, data=b"bytes")

    closed_round.snapshot.delete()

    assert not IssuedFile.objects.exists()
