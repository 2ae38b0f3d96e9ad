"""The page that says whether a file or a code comes from here."""

import hashlib
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from assessment.actions.issuing import issue
from assessment.models import IssuedFile, Round
from tests import factories
from tests.browser.fixtures import PHONE
from tests.reports.cast import close

ISSUED = b"the report as it left"
PAGE = "/rapport-nakijken/"
YES = "Ja, dit bestand komt van hier"
FROZEN = "Ja, deze controlecode bestaat hier"
UNKNOWN_FILE = "Dit bestand kennen we niet"
UNKNOWN_CODE = "Deze controlecode kennen we niet"


@pytest.fixture
def closed_round(forum) -> Round:
    round = close(factories.make_open_round(forum=forum))
    issue(snapshot=round.snapshot, kind=IssuedFile.Kind.REPORT_PDF, data=ISSUED)
    return round


def asked(client, code: str = "", file: bytes | None = None, name: str = "rapport.pdf"):
    data = {"code": code} | ({} if file is None else {"file": SimpleUploadedFile(name, file)})
    return client.post(PAGE, data)


def answers(response) -> list[str]:
    return re.findall(r'<div class="notice[^"]*"><h2>([^<]*)</h2>', response.content.decode())


def errors(response) -> dict[str, list[str]]:
    return response.context["form"].errors


def test_page_asks_nothing_of_the_database_and_is_kept_by_no_browser(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get(PAGE)

    assert (response.status_code, answers(response)) == (200, [])
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("file, answer", [(ISSUED, YES), (ISSUED + b" ", UNKNOWN_FILE), (b"", UNKNOWN_FILE)])
def test_file_is_known_by_its_bytes(closed_round, client, file, answer):
    assert answers(asked(client, file=file)) == [answer]


def test_checksum_is_known_however_it_is_copied(closed_round, client):
    checksum = hashlib.sha256(ISSUED).hexdigest()

    for code in (checksum, checksum.upper(), f" SHA256:{checksum}", re.sub("(..)", r"\1 ", checksum)):
        assert answers(asked(client, code)) == [YES]
    assert answers(asked(client, "0" * 64)) == [UNKNOWN_FILE]


@pytest.mark.parametrize(
    "code, answer",
    [
        ("0123456789ab", FROZEN),
        ("0123 4567 89AB.", FROZEN),
        ("Controlecode 0123456789ab", FROZEN),
        ("verification code: 0123456789ab", FROZEN),
        ("ffffffffffff", UNKNOWN_CODE),
    ],
)
def test_verification_code_is_known_by_the_frozen_result(closed_round, client, code, answer):
    assert answers(asked(client, code)) == [answer]


def test_file_and_code_are_both_answered(closed_round, client):
    assert answers(asked(client, "0123456789ab", b"another file")) == [UNKNOWN_FILE, FROZEN]


def test_yes_looks_like_one_and_no_says_which_files_are_not_known(closed_round, client):
    page = asked(client, "0123456789ab", b"another file").content.decode()

    assert re.findall(r'<div class="(notice[^"]*)">', page) == ["notice warn", "notice good"]
    assert "Een persoonlijk rapport en een voorbeeld kunt u hier niet nakijken." in page


def test_answer_says_what_kind_of_file_and_nothing_of_the_forum(closed_round, client):
    page = asked(client, file=ISSUED).content.decode()

    assert "Het is een forumrapport in pdf" in page
    assert [word for word in ("Noordrand", "0123456789ab", "nulmeting", "2026") if word in page] == []


def test_nothing_is_kept_of_what_was_asked(closed_round, client, caplog, monkeypatch):
    caplog.set_level("INFO")
    written = []
    monkeypatch.setattr("tempfile.NamedTemporaryFile", lambda *a, **k: written.append(a))

    with connection.execute_wrapper(lambda execute, sql, *rest: written.append(sql) or execute(sql, *rest)):
        asked(client, "0123456789ab", ISSUED, name="geheim.pdf")

    assert [sql.split()[0] for sql in written] == ["SELECT", "SELECT"]
    assert "geheim" not in caplog.text


@pytest.mark.parametrize("code", ["abc", "0123456789ag", "0" * 63, "0" * 201])
def test_code_that_cannot_be_one_is_told_and_kept_in_its_field(db, client, code):
    response = asked(client, code)

    assert list(errors(response)) == ["code"]
    assert f'value="{code}"' in response.content.decode()


def test_nothing_to_check_is_told(db, client):
    assert errors(asked(client)) == {"file": ["Kies een bestand of typ een code."]}


def test_file_beyond_the_limit_is_let_go_and_told(db, client, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 2000

    assert errors(asked(client, file=b"x" * 3000)) == {"file": ["Dit bestand is te groot."]}


def test_who_guesses_is_stopped_and_who_knows_is_not(closed_round, client, settings):
    settings.FAILED_LOOKUPS = 2

    statuses = [asked(client, f"{number:012x}").status_code for number in range(4)]

    assert statuses == [200, 200, 429, 429]
    assert answers(asked(client, "0123456789ab")) == [FROZEN]


def test_demo_is_unknown_where_real_people_work(closed_round, client, settings):
    closed_round.forum.is_demo = True
    closed_round.forum.save()
    outcomes = []
    for settings.DEMO in (True, False):
        outcomes.append(answers(asked(client, "0123456789ab", ISSUED)))

    assert outcomes == [[YES, FROZEN], [UNKNOWN_FILE, UNKNOWN_CODE]]


def test_every_page_leads_here(client, db):
    assert f'href="{reverse("reports:check")}"' in client.get(PAGE).content.decode()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_answer_bars_nobody(visitors, barriers, coach):
    round = close(factories.make_open_round(forum=factories.make_forum(coaches=[coach])))
    issue(snapshot=round.snapshot, kind=IssuedFile.Kind.REPORT_PDF, data=ISSUED)
    page = visitors.arrive(size=PHONE, language="nl")
    page.goto(PAGE)

    page.set_input_files("[name=file]", {"name": "rapport.pdf", "mimeType": "", "buffer": ISSUED})
    page.fill("[name=code]", "ffff ffff ffff")
    page.locator("main form button.btn").click()

    assert page.locator(".notice h2").all_inner_texts() == [YES, UNKNOWN_CODE]
    assert barriers(page) == []
