"""What left for a round and what failed: of invitations for each member, of the rest totals. Never what was said."""

from django.db.models import Count, Q

from assessment.coaching.forms.finding_invitations import FindMailForm
from assessment.coaching.listed_invitations import FEW, found_invitations
from assessment.models import Invitation, Round


def mail_log(round_: Round, find: FindMailForm, *, has_names: bool) -> dict[str, object]:
    """Counts of the invitations and the reminders, the oldest first; with names the invitations looked for."""
    invitations = round_.invitations.select_related("member__seat__municipality")
    counts = _counts(round_)
    return {
        "has_names": has_names,
        "counts": counts,
        "invitations": found_invitations(invitations, **find.question) if has_names else [],
        "find": find,
        "has_search": has_names and (find.is_asked or sum(counts.values()) > FEW),
        "reminders": round_.reminders.all(),
        "sharings": round_.shared_reports.exclude(shared_at=None).defer("document")
        if round_.is_closed
        else [],
    }


def _counts(round_: Round) -> dict[str, int]:
    states = Invitation.MailState.values
    counts = {state: Count("pk", filter=Q(mail_state=state)) for state in states}
    return round_.invitations.aggregate(**counts)
