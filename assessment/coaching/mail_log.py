"""What left for a round and what failed: of invitations for each member, of the rest totals. Never what was said."""

from django.db.models import Count, Q
from django.db.models.functions import Lower

from assessment.models import Invitation, Round


def mail_log(round_: Round, *, has_names: bool) -> dict[str, object]:
    """Counts of the invitations and the reminders, the oldest first; the invitations themselves with names."""
    invitations = round_.invitations.select_related("member__seat__municipality")
    return {
        "has_names": has_names,
        "counts": _counts(round_),
        "invitations": invitations.order_by(Lower("member__name"), "pk") if has_names else [],
        "reminders": round_.reminders.all(),
        "sharings": round_.shared_reports.exclude(shared_at=None).defer("document")
        if round_.is_closed
        else [],
    }


def _counts(round_: Round) -> dict[str, int]:
    states = Invitation.MailState.values
    counts = {state: Count("pk", filter=Q(mail_state=state)) for state in states}
    return round_.invitations.aggregate(**counts)
