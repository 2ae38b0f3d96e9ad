"""What the background worker does. Arguments are ids: the queue holds no address, no link and no answer.

A task is queued inside the transaction that gives cause for it, so that both exist or neither. The worker takes a
task once and never takes it up again after a crash, hence a mail leaves at most once for every time it was queued.
An invitation is marked `failed`, reason `interrupted`, before it is sent, and `sent` after: a crash in between is
shown to the coach, who may send it again, and never leads to a second mail by itself.
"""

from assessment.tasks.accounts import queue_activation
from assessment.tasks.cleaning import clean_database, clean_expired, queue_cleaning, queue_cleaning_expired
from assessment.tasks.invitations import (
    MAIL_OFF,
    queue_closed,
    queue_invitation,
    send_closed,
    send_invitation,
)
from assessment.tasks.queueing import WAITS, morning_after
from assessment.tasks.reminders import (
    forget_reminders,
    queue_reminder,
    queue_threshold_warning,
    send_reminder,
)
from assessment.tasks.sharing import queue_shared_report, send_shared_report

__all__ = [
    "MAIL_OFF",
    "WAITS",
    "clean_database",
    "clean_expired",
    "forget_reminders",
    "morning_after",
    "queue_activation",
    "queue_cleaning",
    "queue_cleaning_expired",
    "queue_closed",
    "queue_invitation",
    "queue_reminder",
    "queue_shared_report",
    "queue_threshold_warning",
    "send_closed",
    "send_invitation",
    "send_reminder",
    "send_shared_report",
]
