"""The page that shows the mails of a demo, so that a newcomer can follow a personal link."""

import os

import pytest
from django.core.mail import EmailMessage, get_connection

PATH = "/demo/mails/"


@pytest.fixture
def folder(settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path
    return tmp_path


def write(*subjects: str) -> None:
    """What one connection of Django's file backend leaves: one file, however many mails."""
    connection = get_connection("django.core.mail.backends.filebased.EmailBackend")
    link = "http://localhost:8000/vragenlijst/x/"
    connection.send_messages(
        [
            EmailMessage(subject, f"Beste lid van {subject},\n\n{link}", to=["lid@forum.example"])
            for subject in subjects
        ]
    )
    connection.close()


def test_mails_are_read_back_the_newest_first(client, db, folder):
    write("een", "twee")
    os.utime(next(folder.iterdir()), (0, 0))
    write("drie: zetel in Rœulx, coördinator")

    mails = client.get(PATH).context["mails"]

    assert [(mail.subject, mail.to) for mail in mails] == [
        ("drie: zetel in Rœulx, coördinator", "lid@forum.example"),
        ("twee", "lid@forum.example"),
        ("een", "lid@forum.example"),
    ]
    assert mails[0].body.startswith("Beste lid van drie: zetel in Rœulx, coördinator,")


def test_a_link_can_be_followed(client, db, folder):
    write("een")

    assert '<a href="http://localhost:8000/vragenlijst/x/"' in client.get(PATH).content.decode()


def test_a_mail_is_never_markup(client, db, folder):
    write("<script>alert(1)</script>")

    page = client.get(PATH).content.decode()

    assert ("<script>alert" in page, "&lt;script&gt;alert" in page) == (False, True)


@pytest.mark.parametrize("is_there", [True, False])
def test_without_mails_the_page_says_so(client, db, settings, tmp_path, is_there):
    settings.EMAIL_FILE_PATH = tmp_path if is_there else tmp_path / "nergens"

    assert "Er zijn nog geen mails." in client.get(PATH).content.decode()


def test_outside_the_demo_there_is_no_such_page(client, db, settings, folder):
    settings.DEMO = False

    assert client.get(PATH).status_code == 404


def test_the_page_is_only_looked_at(client, db, folder):
    assert client.post(PATH).status_code == 405
    assert "no-store" in client.get(PATH)["Cache-Control"]
