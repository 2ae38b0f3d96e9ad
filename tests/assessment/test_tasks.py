"""The queue: what it knows, when its mails leave, and that each leaves once."""

import datetime

import pytest
from django.core import mail as outgoing
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessment import mail, tasks
from assessment.actions import cleaning, inviting
from assessment.actions.closing import close_round
from assessment.actions.opening import open_round
from assessment.models import Invitation, Member, Round
from assessment.tasks import invitations
from tests import factories
from tests.assessment.mail_servers import Broken, Post, start
from tests.assessment.working import fast_forward, queued, work_off

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queue")]


@pytest.fixture
def round(forum) -> Round:
    """Open, its eight invitations waiting in the queue."""
    return open_round(round=factories.make_round(forum=forum))


def states(round: Round) -> list[tuple[str, str]]:
    return list(round.invitations.order_by("pk").values_list("mail_state", "mail_reason"))


def broken(settings, monkeypatch, error: BaseException) -> None:
    settings.EMAIL_BACKEND = Broken.PATH
    monkeypatch.setattr(Broken, "error", error)


def brussels(*parts: int) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime(*parts))


def test_every_member_gets_one_mail_with_the_own_link(round, mailoutbox):
    work_off()

    links = {message.to[0]: message.body for message in mailoutbox}
    assert states(round) == [("sent", "")] * 8
    assert len(mailoutbox) == 8
    assert all(each.token in links[each.member.email] for each in factories.invitations_of(round))


def test_queue_knows_ids_alone(round):
    close_round(round=round)
    work_off()

    rows = DBTaskResult.objects.all()
    arguments = [argument for row in rows for argument in row.args_kwargs["args"]]
    assert {type(argument) for argument in arguments} == {int}
    assert {tuple(row.args_kwargs["kwargs"]) for row in rows} == {()}
    assert {row.return_value for row in rows} == {"nothing to send", "sent"}


def test_mail_that_was_sent_is_not_sent_twice(round, mailoutbox):
    work_off()
    for invitation in round.invitations.all():
        assert tasks.send_invitation.call(invitation.pk) == "nothing to send"

    assert len(mailoutbox) == 8


def test_two_workers_never_send_both(round, mailoutbox):
    """The second comes when the first has read the invitation and not yet sent it."""
    invitation = round.invitations.first()
    first = invitations.invitation_with_round(invitation.pk)
    tasks.send_invitation.call(invitation.pk)

    assert invitations._claim(first) is False
    assert len(mailoutbox) == 1


def test_crash_while_sending_shows_as_interrupted_and_sends_nothing_by_itself(round, settings, monkeypatch):
    broken(settings, monkeypatch, KeyboardInterrupt())
    invitation = round.invitations.first()

    with pytest.raises(KeyboardInterrupt):
        tasks.send_invitation.call(invitation.pk)

    invitation.refresh_from_db()
    assert (invitation.mail_state, invitation.mail_reason) == ("failed", "interrupted")
    assert tasks.send_invitation.call(invitation.pk) == "nothing to send"


def test_refused_address_stops_no_other(round, settings):
    post = Post()
    post.refused = {
        "burgemeester.beukerzele@forum.example": "550 no such user",
        "burgemeester.dieplake@forum.example": "451 try later",
    }
    server = start(post)
    try:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        work_off()
        sent = [("sent", "")]
        assert states(round) == [*sent, ("failed", "refused"), ("waiting", "refused"), *sent * 5]
        post.refused = {}
        fast_forward()
        work_off()
    finally:
        server.stop()

    assert states(round) == [*sent, ("failed", "refused"), *sent * 6]
    assert len(post.received) == len(set(post.received)) == 7


def test_mail_server_that_is_away_is_tried_again_with_growing_patience(
    round, settings, monkeypatch, mailoutbox
):
    # Nobody listens on this port.
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    Invitation.objects.exclude(pk=round.invitations.first().pk).delete()

    waits = []
    for _ in tasks.WAITS:
        work_off()
        assert states(round) == [("waiting", "unreachable")]
        [waiting] = queued("send_invitation")
        waits.append((waiting.run_after - timezone.now()).total_seconds() / 60)
        fast_forward()
    work_off()

    assert [int(wait + 0.5) for wait in waits] == [1, 5, 30, 120, 480]
    assert states(round) == [("failed", "unreachable")]
    assert queued("send_invitation") == []


def test_mail_leaves_once_the_server_is_back(round, settings, monkeypatch):
    broken(settings, monkeypatch, ConnectionRefusedError())
    monkeypatch.setattr(Broken, "taken", [])
    work_off()
    monkeypatch.setattr(Broken, "error", None)
    fast_forward()
    work_off()

    assert states(round) == [("sent", "")] * 8
    assert len(Broken.taken) == 8


def test_address_never_reaches_the_queue_or_the_log(round, monkeypatch, caplog):
    def explode(invitation: Invitation) -> None:
        raise ValueError(f"{invitation.member.email} {invitation.token}")

    monkeypatch.setattr(mail, "invitation_mail", explode)
    with caplog.at_level("DEBUG"):
        work_off()

    told = caplog.text + "".join(str(row) for row in DBTaskResult.objects.values_list())
    assert DBTaskResult.objects.failed().count() == 8
    assert "TaskError: ValueError at test_tasks.py" in told
    for invitation in factories.invitations_of(round):
        assert invitation.member.email not in told
        assert invitation.token not in told


def test_only_the_newest_link_is_mailed(round, mailoutbox):
    invitation = round.invitations.first()
    old = invitation.token
    renewed = inviting.renew_link(invitation=invitation)

    work_off()

    bodies = [message.body for message in mailoutbox if message.to == [renewed.member.email]]
    assert len(bodies) == 1
    assert renewed.token in bodies[0]
    assert old not in bodies[0]


def test_revoked_or_closed_round_sends_no_invitation(round, mailoutbox):
    inviting.revoke(invitation=round.invitations.first())
    Round.objects.filter(pk=round.pk).update(
        opens_on=timezone.localdate() - datetime.timedelta(days=9),
        closes_on=timezone.localdate() - datetime.timedelta(days=1),
    )
    for row in queued("send_invitation"):
        tasks.send_invitation.call(*row.args_kwargs["args"])

    assert mailoutbox == []


def test_news_of_the_closing_goes_to_all_but_who_declined(round, mailoutbox):
    work_off()
    declined = round.invitations.first()
    inviting.decline(invitation=declined)
    mailoutbox.clear()

    close_round(round=round)
    work_off()

    others = Member.objects.exclude(pk=declined.member_id).values_list("email", flat=True)
    assert sorted(message.to[0] for message in mailoutbox) == sorted(others)


def test_news_of_the_closing_is_tried_again_and_given_up_with_a_reason_in_the_log(
    round, settings, monkeypatch, caplog
):
    close_round(round=round)
    broken(settings, monkeypatch, ConnectionRefusedError())
    invitation = round.invitations.first()

    assert tasks.send_closed.call(invitation.pk) == "tried again later"
    assert tasks.send_closed.call(invitation.pk, len(tasks.WAITS)) == "unreachable"
    assert "did not reach one member: unreachable" in caplog.text
    assert invitation.member.email not in caplog.text


@pytest.mark.parametrize(
    "moment, leaves",
    [
        ((2026, 3, 3, 7, 59), (2026, 3, 3, 8, 0)),
        ((2026, 3, 3, 8, 0), None),
        ((2026, 3, 3, 21, 59), None),
        ((2026, 3, 3, 22, 0), (2026, 3, 4, 8, 0)),
        ((2026, 3, 3, 23, 59), (2026, 3, 4, 8, 0)),
        ((2026, 3, 29, 1, 30), (2026, 3, 29, 8, 0)),  # the clock goes forward that night
    ],
)
def test_mail_due_at_night_leaves_in_the_morning(settings, moment, leaves):
    settings.DEMO = False

    assert tasks.morning_after(brussels(*moment)) == (leaves and brussels(*leaves))


def test_demo_never_sleeps():
    assert tasks.morning_after(brussels(2026, 3, 3, 3, 0)) is None


def test_at_night_only_who_asks_is_answered_at_once(round, settings, monkeypatch, mailoutbox):
    work_off()
    mailoutbox.clear()
    settings.DEMO = False
    monkeypatch.setattr(
        invitations, "morning_after", lambda moment: timezone.now() + datetime.timedelta(hours=5)
    )
    Invitation.objects.update(mailed_at=timezone.now() - datetime.timedelta(hours=1))
    sent_by_coach, asked_for = round.invitations.order_by("pk")[:2]

    inviting.send_again(invitation=sent_by_coach)
    inviting.send_again_to(email=asked_for.member.email)
    work_off()

    assert [message.to for message in outgoing.outbox] == [[asked_for.member.email]]
    fast_forward()
    work_off()
    assert [message.to for message in outgoing.outbox] == [
        [asked_for.member.email],
        [sent_by_coach.member.email],
    ]


def test_cleaning_is_tried_again_and_given_up_as_failed(monkeypatch):
    def busy() -> None:
        raise cleaning.CleaningError("busy")

    monkeypatch.setattr(cleaning, "clean_up", busy)
    tasks.queue_cleaning()
    for _ in range(len(tasks.WAITS) + 1):
        fast_forward()
        work_off()

    assert queued("clean_database") == []
    assert DBTaskResult.objects.failed().count() == 1


def test_cleaning_succeeds_outside_a_transaction():
    assert tasks.clean_database.call() == "clean"
