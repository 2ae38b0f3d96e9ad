"""Reminders: when they are due, to whom they go, that each leaves once, and that nobody can tell who got one."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from assessment import mail, tasks
from assessment.actions import inviting, submitting
from assessment.actions.closing import close_round
from assessment.actions.holding import RoundStateError
from assessment.actions.planning import postpone_closing
from assessment.actions.reminding import (
    RemindingError,
    next_reminder_on,
    refusal_of,
    remind_now,
    send_due_reminders,
)
from assessment.models import Invitation, Reminder, ReminderFault, Round
from tests import factories
from tests.assessment.mail_servers import Broken, Post, start
from tests.assessment.working import fast_forward, queued, work_off

# Whatever is due at eight is due now, and no mail waits for the morning.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queue", "day")]

REST = datetime.timedelta(days=2)
REFUSED = "burgemeester.beukerzele@forum.example"
REFUSED_LATER = "burgemeester.dieplake@forum.example"


def make_round(forum, *, opened: int, closes_in: int, **fields) -> Round:
    """A round that opened `opened` days ago at eight; its invitations have left."""
    round = factories.make_open_round(forum=forum, closes_in=closes_in, **fields)
    opens_on = timezone.localdate() - datetime.timedelta(days=opened)
    opened_at = timezone.make_aware(datetime.datetime.combine(opens_on, datetime.time(8)))
    Round.objects.filter(pk=round.pk).update(opens_on=opens_on, opened_at=opened_at)
    round.invitations.update(mail_state="sent", mailed_at=opened_at, times_mailed=1)
    round.refresh_from_db()
    return round


@pytest.fixture
def round(forum) -> Round:
    """Open, half-way today; eight invited: two have submitted, one has begun, one does not take part."""
    round = make_round(forum, opened=7, closes_in=7)
    first, second, begun, declined, *_ = factories.invitations_of(round)
    for invitation in (first, second, begun):
        factories.fill_in(invitation)
    factories.submit(first)
    factories.submit(second)
    Invitation.objects.filter(pk=declined.pk).update(is_declined=True)
    return round


def addresses(mailoutbox) -> list[str]:
    return sorted(message.to[0] for message in mailoutbox)


def left(round: Round) -> list[tuple[str, int, int]]:
    return list(round.reminders.values_list("kind", "sent", "failed"))


def not_submitted(round: Round) -> list[str]:
    return sorted(each.member.email for each in factories.invitations_of(round)[2:] if not each.is_declined)


# --- When ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "opened, closes_in, kinds",
    [
        (6, 8, []),  # the day before the middle
        (7, 7, ["halfway"]),
        (8, 7, ["halfway"]),
        (10, 4, ["halfway"]),  # the worker was away for days
        (11, 3, []),  # too late: the last one leaves tomorrow
        (12, 2, ["last", "threshold"]),
        (13, 1, ["last", "threshold"]),
        (14, 0, ["last", "threshold"]),
        (3, 4, ["halfway"]),  # two days before the last one
        (3, 3, []),  # one day is too short
        (1, 2, ["last", "threshold"]),
        (0, 2, []),  # two days in all: nobody is reminded on the day of the invitation
        (0, 1, []),
    ],
)
def test_each_reminder_has_its_day(forum, opened, closes_in, kinds):
    round = make_round(forum, opened=opened, closes_in=closes_in)

    assert [each.kind for each in send_due_reminders()] == kinds
    assert [each.kind for each in round.reminders.all()] == kinds


def test_nothing_is_due_before_eight(forum, monkeypatch, day):
    make_round(forum, opened=7, closes_in=7)
    monkeypatch.setattr(timezone, "now", lambda: day - datetime.timedelta(hours=2, minutes=1))

    assert send_due_reminders() == []


def test_a_round_whose_time_has_passed_reminds_nobody(forum):
    make_round(forum, opened=12, closes_in=1)
    Round.objects.update(closes_on=timezone.localdate() - datetime.timedelta(days=1))

    assert send_due_reminders() == []


@pytest.mark.parametrize("opened, closes_in, kinds", [(7, 7, []), (12, 2, ["threshold"])])
def test_switched_off_only_the_coach_hears_of_the_threshold(forum, opened, closes_in, kinds):
    make_round(forum, opened=opened, closes_in=closes_in, has_reminders=False)

    assert [each.kind for each in send_due_reminders()] == kinds


def test_the_page_knows_the_next_day(forum):
    round = make_round(forum, opened=3, closes_in=11)
    halfway_on = round.opens_on + datetime.timedelta(days=7)
    assert next_reminder_on(round) == halfway_on

    Reminder.objects.create(round=round, kind="halfway", closes_on=round.closes_on)
    assert next_reminder_on(round) == round.closes_on - REST

    Reminder.objects.create(round=round, kind="last", closes_on=round.closes_on)
    assert next_reminder_on(round) is None


def test_a_later_closing_date_brings_another_last_reminder_and_no_other_halfway(forum):
    round = make_round(forum, opened=12, closes_in=2)
    Reminder.objects.create(round=round, kind="halfway", closes_on=round.closes_on)
    assert [each.kind for each in send_due_reminders()] == ["last", "threshold"]

    postpone_closing(round=round, closes_on=timezone.localdate() + datetime.timedelta(days=30))
    assert send_due_reminders() == []

    Round.objects.update(closes_on=timezone.localdate() + datetime.timedelta(days=1))
    assert [each.kind for each in send_due_reminders()] == ["last", "threshold"]


# --- Once ---------------------------------------------------------------------------------------------------------


def test_asked_again_nothing_leaves_twice(round, mailoutbox):
    for _ in range(3):
        send_due_reminders()
        work_off()

    assert addresses(mailoutbox) == not_submitted(round)
    assert left(round) == [("halfway", 5, 0)]


@pytest.mark.parametrize("kind", ["halfway", "last", "threshold"])
def test_the_database_refuses_the_same_reminder_twice(round, kind):
    Reminder.objects.create(round=round, kind=kind, closes_on=round.closes_on)

    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.create(round=round, kind=kind, closes_on=round.closes_on)


def test_a_round_that_fails_stops_no_other(round, coach, monkeypatch, caplog):
    other = make_round(
        factories.make_forum(name="Zuidoverleg", municipalities=5, coaches=[coach]), opened=7, closes_in=7
    )
    real = tasks.queue_reminder

    def explode(reminder: Reminder, invitations: list[Invitation]) -> None:
        if reminder.round_id == round.pk:
            raise ZeroDivisionError("burgemeester.aldervoorde@forum.example")
        real(reminder, invitations)

    monkeypatch.setattr(tasks, "queue_reminder", explode)

    assert [each.round_id for each in send_due_reminders()] == [other.pk]
    assert left(round) == []
    assert f"reminding in round {round.pk} failed: ZeroDivisionError at test_reminding.py" in caplog.text
    assert "@" not in caplog.text


# --- To whom ------------------------------------------------------------------------------------------------------


def test_only_who_has_not_submitted_and_takes_part_is_reminded(round, mailoutbox):
    send_due_reminders()
    work_off()

    assert addresses(mailoutbox) == not_submitted(round)
    by_address = {each.member.email: each.token for each in factories.invitations_of(round)}
    assert all(by_address[message.to[0]] in message.body for message in mailoutbox)


def test_it_is_decided_when_the_mail_leaves(round, mailoutbox):
    send_due_reminders()
    *_, declines, submits, withdraws = factories.invitations_of(round)
    inviting.decline(invitation=declines)
    for invitation in (submits, withdraws):
        factories.fill_in(invitation)
        submitting.submit(invitation=invitation)
    submitting.withdraw(invitation=withdraws)
    work_off()

    assert submits.member.email not in addresses(mailoutbox)
    assert declines.member.email not in addresses(mailoutbox)
    assert withdraws.member.email in addresses(mailoutbox)


def test_whose_invitation_still_waits_reads_that_first(round, mailoutbox):
    waiting = factories.invitations_of(round)[7]
    Invitation.objects.filter(pk=waiting.pk).update(mail_state="waiting")

    send_due_reminders()
    work_off()

    assert waiting.member.email not in addresses(mailoutbox)


def test_a_round_that_closes_meanwhile_sends_no_reminder(round, mailoutbox):
    send_due_reminders()
    close_round(round=round, is_silent=True)
    work_off()

    assert mailoutbox == []


def test_at_night_it_waits_for_the_morning(forum, settings, monkeypatch, day, mailoutbox):
    settings.DEMO = False
    round = make_round(forum, opened=7, closes_in=7)
    night = day + datetime.timedelta(hours=13)
    monkeypatch.setattr(timezone, "now", lambda: night)

    remind_now(round=round)

    morning = day + datetime.timedelta(hours=22)
    assert {row.run_after for row in queued("send_reminder")} == {morning}


# --- The words ----------------------------------------------------------------------------------------------------


def test_the_last_one_says_that_it_is_the_last(forum, mailoutbox):
    round = make_round(forum, opened=12, closes_in=2)
    send_due_reminders()
    work_off()

    to_members = [message for message in mailoutbox if message.to[0].endswith("@forum.example")]
    assert len(to_members) == 8
    assert all(
        message.subject.startswith("Laatste herinnering: vragenlijst van het") for message in to_members
    )
    assert all("Dit is de laatste herinnering." in message.body.splitlines() for message in to_members)
    assert all("om 23.59 uur" in message.body for message in to_members)
    assert left(round) == [("last", 8, 0), ("threshold", 1, 0)]


def test_a_reminder_speaks_the_language_of_the_member(round, mailoutbox):
    round.forum.members.update(language="en")
    send_due_reminders()
    work_off()

    assert {message.subject.partition(" (")[0] for message in mailoutbox} == {
        "Reminder: your view of the Burgemeestersoverleg Noordrand"
    }


# --- The coach and the threshold ----------------------------------------------------------------------------------


def test_coaches_hear_once_that_too_few_have_submitted(forum, coach, mailoutbox):
    second = factories.make_coach("begeleider.zuid@programma.example", name="Begeleider Zuid")
    gone = factories.make_coach("vroeger@programma.example", is_active=False)
    forum.coaches.add(second, gone)
    round = make_round(forum, opened=12, closes_in=2, has_reminders=False)
    for _ in range(2):
        send_due_reminders()
        work_off()

    assert addresses(mailoutbox) == [coach.email, second.email]
    assert (
        mailoutbox[0].subject == "Burgemeestersoverleg Noordrand: nog te weinig antwoorden voor een resultaat"
    )
    assert "Nog geen vijf leden uit drie gemeenten dienden in." in mailoutbox[0].body
    assert left(round) == [("threshold", 2, 0)]


def test_coaches_hear_nothing_when_the_threshold_is_met(forum, mailoutbox):
    round = make_round(forum, opened=12, closes_in=2, has_reminders=False)
    for invitation in factories.invitations_of(round)[:5]:
        factories.fill_in(invitation)
        factories.submit(invitation)
    send_due_reminders()
    work_off()

    assert mailoutbox == []


def test_news_of_the_threshold_is_tried_again(forum, coach, settings, monkeypatch):
    make_round(forum, opened=12, closes_in=2, has_reminders=False)
    settings.EMAIL_BACKEND = Broken.PATH
    monkeypatch.setattr(Broken, "taken", [])
    monkeypatch.setattr(Broken, "error", ConnectionRefusedError())
    send_due_reminders()
    work_off()
    monkeypatch.setattr(Broken, "error", None)
    fast_forward()
    work_off()

    assert [message.to for message in Broken.taken] == [[coach.email]]


# --- Because the coach asks ---------------------------------------------------------------------------------------


def test_the_coach_reminds_and_then_has_to_wait(forum, mailoutbox, monkeypatch, day):
    round = make_round(forum, opened=3, closes_in=11)
    remind_now(round=round)
    work_off()
    assert len(mailoutbox) == 8
    assert left(round) == [("by_hand", 8, 0)]

    with pytest.raises(RemindingError) as refused:
        remind_now(round=round)
    assert (refused.value.key, refused.value.values) == (
        "response.remind.recent",
        {"date": timezone.localdate()},
    )

    Reminder.objects.update(started_at=timezone.now() - REST)
    remind_now(round=round)
    work_off()
    assert len(mailoutbox) == 16


def test_the_invitation_is_given_two_days(forum):
    round = make_round(forum, opened=1, closes_in=13)

    with pytest.raises(RemindingError) as refused:
        remind_now(round=round)

    assert refused.value.key == "response.remind.just_opened"


def test_after_the_last_one_there_is_no_other_until_the_date_moves(forum):
    round = make_round(forum, opened=14, closes_in=0)
    Reminder.objects.create(
        round=round, kind="last", closes_on=round.closes_on, started_at=timezone.now() - REST
    )
    refusal = refusal_of(round)
    assert refusal is not None
    assert refusal.key == "response.remind.was_last"

    later = postpone_closing(round=round, closes_on=timezone.localdate() + datetime.timedelta(days=5))
    assert refusal_of(later) is None


def test_when_everybody_has_submitted_there_is_nobody_to_remind(round):
    Invitation.objects.filter(pk__in=[each.pk for each in factories.invitations_of(round)[2:]]).update(
        is_declined=True
    )

    with pytest.raises(RemindingError) as refused:
        remind_now(round=round)

    assert refused.value.key == "response.remind.nobody"


@pytest.mark.parametrize("state", ["planned", "closed"])
def test_only_an_open_round_is_reminded_of(forum, state):
    times = {} if state == "planned" else {"opened_at": timezone.now(), "closed_at": timezone.now()}
    round = factories.make_round(forum=forum, state=state, **times)

    with pytest.raises(RoundStateError):
        remind_now(round=round)


def test_the_halfway_reminder_waits_for_two_days_after_the_coachs(round):
    Reminder.objects.create(
        round=round, kind="by_hand", closes_on=round.closes_on, started_at=timezone.now() - REST / 2
    )
    assert send_due_reminders() == []
    assert next_reminder_on(round) == timezone.localdate() + REST / 2

    Reminder.objects.update(started_at=timezone.now() - REST)
    assert [each.kind for each in send_due_reminders()] == ["halfway"]


# --- What fails ---------------------------------------------------------------------------------------------------


def faults() -> dict[str, str]:
    return dict(ReminderFault.objects.values_list("invitation__member__email", "reason"))


def test_a_refused_address_stops_no_other(forum, settings):
    round = make_round(forum, opened=7, closes_in=7)
    post = Post()
    post.refused = {REFUSED: "550 no such user", REFUSED_LATER: "451 try later"}
    server = start(post)
    try:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        send_due_reminders()
        work_off()
        assert faults() == {REFUSED: "refused", REFUSED_LATER: "refused"}
        assert left(round) == [("halfway", 6, 1)]
        post.refused = {}
        fast_forward()
        work_off()
    finally:
        server.stop()

    assert faults() == {REFUSED: "refused"}
    assert left(round) == [("halfway", 7, 1)]
    assert len(post.received) == len(set(post.received)) == 7


def test_a_mail_server_that_is_away_is_tried_again_and_nothing_leaves_twice(round, settings, monkeypatch):
    settings.EMAIL_BACKEND = Broken.PATH
    monkeypatch.setattr(Broken, "taken", [])
    monkeypatch.setattr(Broken, "error", ConnectionRefusedError())
    send_due_reminders()
    work_off()
    assert set(faults().values()) == {"unreachable"}
    assert len(queued("send_reminder")) == 5
    monkeypatch.setattr(Broken, "error", None)
    fast_forward()
    work_off()

    assert addresses(Broken.taken) == not_submitted(round)
    assert (faults(), left(round)) == ({}, [("halfway", 5, 0)])


def test_a_mail_that_is_given_up_counts_as_failed(round, settings, monkeypatch):
    settings.EMAIL_BACKEND = Broken.PATH
    monkeypatch.setattr(Broken, "error", ConnectionRefusedError())
    [reminder] = send_due_reminders()
    invitation = factories.invitations_of(round)[7]

    tasks.send_reminder.call(reminder.pk, invitation.pk, len(tasks.WAITS))

    assert left(round) == [("halfway", 0, 1)]
    assert faults() == {invitation.member.email: "unreachable"}


def test_a_new_link_forgets_that_the_old_address_failed(round):
    invitation = factories.invitations_of(round)[7]
    ReminderFault.objects.create(invitation=invitation, reason="refused")

    inviting.renew_link(invitation=invitation)

    assert faults() == {}


# --- Nobody can tell who got one ----------------------------------------------------------------------------------


def test_the_queue_has_a_task_for_who_has_submitted_too(round):
    send_due_reminders()

    asked = {row.args_kwargs["args"][1] for row in queued("send_reminder")}
    assert asked == set(round.invitations.filter(is_declined=False).values_list("pk", flat=True))


def test_a_reminder_that_was_sent_or_not_leaves_no_row(round):
    send_due_reminders()
    work_off()

    assert not DBTaskResult.objects.filter(task_path=tasks.send_reminder.module_path).exists()


def test_a_reminder_that_broke_leaves_no_row(round, monkeypatch, caplog):
    monkeypatch.setattr(mail, "reminder_mail", lambda *args, **kwargs: 1 / 0)
    send_due_reminders()
    work_off()

    assert not DBTaskResult.objects.filter(task_path=tasks.send_reminder.module_path).exists()
    assert "@" not in caplog.text


def test_closing_forgets_what_waits_and_what_failed(round, settings, monkeypatch):
    settings.EMAIL_BACKEND = Broken.PATH
    monkeypatch.setattr(Broken, "error", ConnectionRefusedError())
    send_due_reminders()
    work_off()
    dead = queued("send_reminder")[0]
    DBTaskResult.objects.filter(pk=dead.pk).update(
        status="RUNNING", started_at=timezone.now() - datetime.timedelta(hours=1)
    )

    close_round(round=round, is_silent=True)

    assert not DBTaskResult.objects.filter(task_path=tasks.send_reminder.module_path).exists()
    assert ReminderFault.objects.count() == 0


def test_closing_one_round_leaves_the_reminders_of_another(round, coach):
    other = make_round(
        factories.make_forum(name="Zuidoverleg", municipalities=5, coaches=[coach]), opened=7, closes_in=7
    )
    send_due_reminders()

    close_round(round=round, is_silent=True)

    waiting = {row.args_kwargs["args"][1] for row in queued("send_reminder")}
    assert waiting == set(other.invitations.values_list("pk", flat=True))
