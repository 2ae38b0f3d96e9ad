"""Mailing somebody of staff the link to a first password."""

from django_tasks import task

from assessment import mail
from assessment.models import User
from assessment.tasks.queueing import WAITS, discreet, queue, retry


def queue_activation(user: User) -> None:
    """Have the link to a first password mailed."""
    queue(send_activation, user.pk)


@task
@discreet
def send_activation(user_id: int, attempt: int = 0) -> str:
    """Mail somebody of staff the link to a first password, made only now. Returns what became of it."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or user.has_begun:
        return "nothing to send"
    fault, result = "", "sent"
    try:
        mail.send(mail.activation_mail(user))
    except mail.MailError as error:
        fault = result = error.reason.value
        if error.is_temporary and attempt < len(WAITS):
            result = retry(send_activation, attempt, user_id)
    User.objects.filter(pk=user_id).update(mail_fault=fault)
    return result
