"""Mailing members the link to a report that was shared with them."""

from collections.abc import Iterable

from django.db.models import F
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from assessment import mail
from assessment.models import Invitation, Member, SharedReport
from assessment.tasks.invitations import invitation_with_round
from assessment.tasks.queueing import WAITS, discreet, morning_after, queue, retry


def queue_shared_report(shared: SharedReport, invitations: Iterable[Invitation]) -> None:
    """Have these members mailed the link; at night in the morning."""
    run_after = morning_after(timezone.now())
    for invitation in invitations:
        queue(send_shared_report, shared.pk, invitation.pk, shared.mailing, run_after=run_after)


def mails_on_their_way(shared: SharedReport) -> int:
    """How many mails with the link still wait to leave: for the morning, for the worker, or to be tried again."""
    rows = DBTaskResult.objects.filter(
        task_path=send_shared_report.module_path, args_kwargs__args__0=shared.pk
    )
    return rows.filter(status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING]).count()


@task
@discreet
def send_shared_report(shared_id: int, invitation_id: int, mailing: int, attempt: int = 0) -> str:
    """Mail one member the link, unless it ended or was mailed anew meanwhile. Returns what became of it."""
    shared = SharedReport.objects.current().filter(pk=shared_id, mailing=mailing).first()
    invitation = invitation_with_round(invitation_id)
    if shared is None or not shared.can_be_shown or invitation is None or not _is_to_be_told(invitation):
        return "nothing to send"
    try:
        mail.send(mail.report_mail(invitation, shared))
    except mail.MailError as error:
        if error.is_temporary and attempt < len(WAITS):
            return retry(send_shared_report, attempt, shared_id, invitation_id, mailing, is_for_day=True)
        _count(shared, "mails_failed")
        return error.reason.value
    _count(shared, "mails_sent")
    return "sent"


def _is_to_be_told(invitation: Invitation) -> bool:
    sits = Member.objects.current().filter(pk=invitation.member_id).exists()
    return sits and not invitation.is_declined


def _count(shared: SharedReport, what: str) -> None:
    """Of this mailing, which another one may have followed meanwhile."""
    SharedReport.objects.filter(pk=shared.pk, mailing=shared.mailing).update(**{what: F(what) + 1})
