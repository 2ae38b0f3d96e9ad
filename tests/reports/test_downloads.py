"""Files of a result: how they leave, and that it is noted which bytes left and nothing else."""

import hashlib

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from assessment.actions.issuing import issue
from assessment.models import IssuedFile, Round
from tests import factories
from tests.reports.cast import close

FILES = {"reports:forum_pdf": ("application/pdf", "pdf")}


@pytest.fixture
def closed_round(forum) -> Round:
    return close(factories.make_open_round(forum=forum))


def address(name: str, round: Round) -> str:
    return reverse(name, args=[round.forum.slug, round.pk])


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


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
    first, second = (coach_client.post(address(name, closed_round)).content for _ in range(2))

    assert first == second
    [issued] = IssuedFile.objects.all()
    assert (issued.sha256, issued.snapshot) == (sha256(first), closed_round.snapshot)
    assert {field.name for field in IssuedFile._meta.get_fields()} == {
        "id",
        "snapshot",
        "kind",
        "sha256",
        "software_version",
    }


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
