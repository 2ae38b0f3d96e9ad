"""The words, the headers and the failures of the mails to members."""

import datetime
import smtplib

import pytest

from assessment import mail
from assessment.actions.closing import close_round
from assessment.models import Invitation, Member, Round
from tests import factories
from tests.assessment.mail_servers import Broken

pytestmark = pytest.mark.django_db

INVITATION_NL = """\
Beste burgemeester van Aldervoorde,

De leden van het Westoverleg kijken samen naar de werking van hun forum. Dit is de nulmeting van het \
ontwikkeltraject met Regiohuis. Uw kijk telt mee.

Tot maandag.
Breng {{koffie}} mee.

Wilt u de vragenlijst invullen tot en met dinsdag 3 maart 2026? Dat duurt ongeveer 10 minuten en kan op uw telefoon \
of computer:

http://localhost:8000/vragenlijst/{token}/

Goed om te weten:
- U kunt stoppen en later verdergaan met dezelfde link, ook op een ander toestel.
- Uw antwoorden zijn vertrouwelijk. Niemand ziet wat u persoonlijk antwoordt.
- Na het sluiten maken we uw antwoorden voorgoed los van uw naam en gemeente.
- Deze link is persoonlijk. Wie hem heeft, kan uw antwoorden zien. Stuur de mail dus niet door.

Vragen? Antwoord op deze mail of bel 02 123 45 67.

Met vriendelijke groeten
Begeleider Noord
Regiohuis

Regiospiegel is een instrument van Regiohuis.
U krijgt deze mail omdat u lid bent van het Westoverleg. Klopt dat niet? Antwoord dan op deze mail.
"""


@pytest.fixture
def coach():
    return factories.make_coach(phone="02 123 45 67")


@pytest.fixture
def forum(coach):
    return factories.make_forum(name="Westoverleg", article="het", coaches=[coach])


@pytest.fixture
def invitation(forum) -> Invitation:
    round = factories.make_open_round(forum=forum, message="  Tot maandag.\nBreng {koffie} mee.\n")
    Round.objects.filter(pk=round.pk).update(
        opens_on=datetime.date(2026, 2, 10), closes_on=datetime.date(2026, 3, 3)
    )
    return _anew(round.invitations.order_by("pk").first())


def _anew(invitation: Invitation) -> Invitation:
    return Invitation.objects.select_related("member", "round__forum", "round__version").get(pk=invitation.pk)


def _in_english(invitation: Invitation) -> Invitation:
    Member.objects.filter(pk=invitation.member_id).update(language="en")
    return _anew(invitation)


def test_invitation_says_all_of_this_and_nothing_else(invitation, settings):
    settings.ORGANISATION_NAME = "Regiohuis"

    message = mail.invitation_mail(invitation)

    assert message.body == INVITATION_NL.format(token=invitation.token)
    assert message.subject == (
        "Persoonlijke uitnodiging: uw kijk op het Westoverleg (10 minuten, tot dinsdag 3 maart 2026)"
    )
    assert (message.to, message.cc, message.bcc) == (["burgemeester.aldervoorde@forum.example"], [], [])
    assert message.reply_to == ["begeleider.noord@programma.example"]
    assert message.from_email == settings.DEFAULT_FROM_EMAIL
    assert message.message()["Auto-Submitted"] == "auto-generated"
    assert message.message().get_content_type() == "text/plain"


def test_invitation_speaks_the_language_of_the_member(invitation, settings):
    settings.ORGANISATION_NAME = "Regiohuis"

    message = mail.invitation_mail(_in_english(invitation))

    assert message.subject == (
        "Personal invitation: your view of the Westoverleg (10 minutes, until Tuesday 3 March 2026)"
    )
    lines = message.body.splitlines()
    assert lines[0] == "Dear burgemeester van Aldervoorde,"
    assert "Questions? Reply to this e-mail or call 02 123 45 67." in lines
    assert lines[-2] == "Regiospiegel is a tool of Regiohuis."


def test_without_organisation_no_line_claims_one(invitation, settings):
    settings.ORGANISATION_NAME = ""

    lines = mail.invitation_mail(invitation).body.splitlines()

    assert lines[-4:] == [
        "Met vriendelijke groeten",
        "Begeleider Noord",
        "",
        "U krijgt deze mail omdat u lid bent van het Westoverleg. Klopt dat niet? Antwoord dan op deze mail.",
    ]
    assert lines[2].endswith("het ontwikkeltraject met het programmateam. Uw kijk telt mee.")


def test_without_organisation_the_signature_of_the_product_stands_alone(invitation, settings):
    settings.ORGANISATION_NAME = ""

    lines = mail.receipt_mail(invitation, "abc").body.splitlines()

    assert lines[-4:-1] == ["Met vriendelijke groeten", "Regiospiegel", ""]


def test_without_words_of_the_coach_their_paragraph_falls_away(invitation):
    Round.objects.filter(pk=invitation.round_id).update(message=" \n ")

    paragraphs = mail.invitation_mail(_anew(invitation)).body.split("\n\n")

    assert [p.split()[0] for p in paragraphs[:3]] == ["Beste", "De", "Wilt"]
    assert "" not in [paragraph.strip() for paragraph in paragraphs]


def test_coach_without_phone_is_reached_by_mail_alone(invitation, coach):
    coach.phone = ""
    coach.save()

    lines = mail.invitation_mail(invitation).body.splitlines()

    assert "Vragen? Antwoord op deze mail." in lines


def test_first_active_coach_by_name_signs_and_gets_the_replies(invitation, forum):
    forum.coaches.add(factories.make_coach("gone@programma.example", name="Aa", is_active=False))
    forum.coaches.add(factories.make_coach("first@programma.example", name="achterste Coach"))

    message = mail.invitation_mail(invitation)

    assert message.reply_to == ["first@programma.example"]
    assert "achterste Coach" in message.body.splitlines()


def test_forum_without_coach_gets_replies_in_the_mailbox_of_the_programme(invitation, forum, settings):
    forum.coaches.clear()

    message = mail.invitation_mail(invitation)

    assert message.reply_to == [settings.PROGRAMME_EMAIL]
    assert "Vragen? Antwoord op deze mail." in message.body.splitlines()


def test_line_break_in_a_name_makes_no_header(invitation, forum):
    forum.name = "West\r\nBcc: ander@elders.example\r\n\r\noverleg"
    forum.save()

    headers = mail.invitation_mail(_anew(invitation)).message()

    assert headers["Bcc"] is None
    assert "West Bcc: ander@elders.example overleg" in headers["Subject"].replace("\n", "")


def test_closed_mail_counts_who_answered_when_there_is_a_result(forum):
    round = factories.make_answered_round(forum=forum)
    close_round(round=round)

    message = mail.closed_mail(_anew(round.invitations.order_by("pk").first()))

    assert message.subject == "Westoverleg: de nulmeting is gesloten"
    assert message.body.splitlines()[2] == (
        "De nulmeting van het Westoverleg is gesloten. 8 leden uit 8 gemeenten antwoordden. "
        "Er is een groepsresultaat."
    )
    assert "http" not in message.body


def test_closed_mail_without_result_tells_no_count(forum):
    round = factories.make_open_round(forum=forum)
    for invitation in factories.invitations_of(round)[:4]:
        factories.fill_in(invitation)
        factories.submit(invitation)
    close_round(round=round)

    message = mail.closed_mail(_in_english(round.invitations.first()))

    assert message.subject == "Westoverleg: the baseline is closed, without a group result"
    assert "4" not in message.body


def test_receipt_goes_to_the_own_address_at_once_and_nowhere_else(
    invitation, mailoutbox, caplog, queue, django_assert_num_queries
):
    with caplog.at_level("DEBUG"):
        is_sent = mail.send_receipt(invitation=invitation, receipt="zEcReT")

    from django_tasks_db.models import DBTaskResult

    assert is_sent
    assert [message.to for message in mailoutbox] == [["burgemeester.aldervoorde@forum.example"]]
    assert mailoutbox[0].subject == "Uw persoonlijke link naar uw resultaat (Westoverleg)"
    assert "http://localhost:8000/resultaat/zEcReT/" in mailoutbox[0].body.splitlines()
    assert not DBTaskResult.objects.exists()
    assert "zEcReT" not in caplog.text
    assert Invitation.objects.get(pk=invitation.pk).mail_state == Invitation.MailState.WAITING


def test_receipt_that_cannot_leave_is_told_and_nothing_is_logged(invitation, settings, monkeypatch, caplog):
    settings.EMAIL_BACKEND = Broken.PATH
    monkeypatch.setattr(Broken, "error", ConnectionRefusedError("zEcReT"))

    with caplog.at_level("DEBUG"):
        assert mail.send_receipt(invitation=invitation, receipt="zEcReT") is False

    assert caplog.text == ""


ADDRESS = "burgemeester.aldervoorde@forum.example"


@pytest.mark.parametrize(
    "error, reason, is_temporary",
    [
        (smtplib.SMTPRecipientsRefused({ADDRESS: (550, b"no such user")}), "refused", False),
        (smtplib.SMTPRecipientsRefused({ADDRESS: (451, b"try later")}), "refused", True),
        (smtplib.SMTPDataError(554, ADDRESS), "refused", False),
        (smtplib.SMTPSenderRefused(553, b"who are you", "x@y.example"), "rejected_sender", True),
        (smtplib.SMTPAuthenticationError(535, b"wrong password"), "rejected_sender", True),
        (smtplib.SMTPConnectError(421, "busy"), "unreachable", True),
        (smtplib.SMTPServerDisconnected(ADDRESS), "unreachable", True),
        (ConnectionRefusedError(ADDRESS), "unreachable", True),
        (TimeoutError(), "unreachable", True),
        (smtplib.SMTPNotSupportedError(ADDRESS), "other", False),
        (UnicodeError(ADDRESS), "other", False),
    ],
)
def test_failure_is_told_by_its_reason_alone(invitation, settings, monkeypatch, error, reason, is_temporary):
    settings.EMAIL_BACKEND = Broken.PATH
    monkeypatch.setattr(Broken, "error", error)

    with pytest.raises(mail.MailError) as raised:
        mail.send(mail.invitation_mail(invitation))

    assert (raised.value.reason, raised.value.is_temporary, str(raised.value)) == (
        reason,
        is_temporary,
        reason,
    )
    assert raised.value.__suppress_context__


def test_server_that_says_no_goodbye_has_taken_the_mail(invitation, settings, monkeypatch):
    settings.EMAIL_BACKEND = Broken.PATH
    monkeypatch.setattr(Broken, "taken", [])
    monkeypatch.setattr(Broken, "farewell", TimeoutError())

    mail.send(mail.invitation_mail(invitation))

    assert len(Broken.taken) == 1
